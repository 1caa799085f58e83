/// Which of Shadertoy's inputs are cubes or volumes, told from how a text reads them.
///
/// On Shadertoy the choice is made outside of the text. A text that reads `iChannel0` by three numbers does not compile
/// with a flat picture, so that its uses tell. Cubes and volumes are read alike; where nothing else tells, it is a cube.
///
/// Macros are looked through (`ExpandedCode`): `#define SKY(d) texture(iChannel1, d)` is told from what it is called with.
struct ChannelTypes {
    let outline: SourceOutline
    /// The code, macros put in place.
    let items: [SourceOutline.Item]
    /// Types of functions and variables by their names, wherever they are declared; `vec3[]` for an array.
    private(set) var types: [String: Set<String>] = [:]
    /// The types of structures' members, by the structures' names.
    private(set) var structures: [String: [String: Set<String>]] = [:]

    /// Shadertoy's four, and what a text has beyond them in lines of an editor.
    private let channels: [String]

    init(_ outline: SourceOutline) {
        self.outline = outline
        channels = Words.channels + ChannelDirective.more(in: outline)
        guard channels.contains(where: outline.mentions) else {
            items = []
            return
        }
        items = ExpandedCode(outline).items
        readStructures()
        readTypes()
    }

    /// The types of the channels that are not flat, by their names.
    var special: [String: String] {
        var found: [String: String] = [:]
        for channel in channels {
            if let type = type(of: channel) { found[channel] = type }
        }
        return found
    }

    /// The channels that are read by the numbers of keys: `texelFetch(iChannel1, ivec2(KEY_LEFT, 0), 0)`.
    var keyboards: Set<String> {
        Set(
            Words.channels.filter { channel in
                items.indices.contains { index in
                    index >= 2 && item(index - 1, is: "(") && text(index) == channel
                        && isKey(argument(index + 2))
                }
            })
    }

    /// Whether a channel is read by numbers of its texels, `texture(iChannel0, (p + 0.5) / 256.0)`, as noise is.
    func isReadByTexels(_ channel: String) -> Bool {
        items.indices.dropFirst(2).contains { index in
            text(index) == channel && item(index - 1, is: "(")
                && argument(index + 2).contains {
                    items[$0].kind == .number && text($0).hasPrefix("256")
                }
        }
    }

    /// The channels of which smaller copies are read: `textureLod(iChannel0, p, 3.0)`, `texture(iChannel0, p, bias)`.
    var levelled: Set<String> {
        Set(
            channels.filter { channel in
                items.indices.contains { index in
                    guard index >= 2, text(index) == channel, item(index - 1, is: "("),
                        Self.levelReaders.contains(text(index - 2))
                    else { return false }
                    let place = argument(index + 2).upperBound
                    return item(place, is: ",")
                        && asksForLevel(
                            argument(place + 1), fetches: text(index - 2) == "texelFetch")
                }
            })
    }

    private static let levelReaders: Set = [
        "texture", "textureLod", "texelFetch", "texture2D", "texture2DLod", "texture2DLodEXT",
    ]

    /// Whether a level is more than the picture itself.
    ///
    /// 0 is that, and so is a number below, by which old sources make sure of it. A pixel is mostly fetched at 0, whatever
    /// that is called.
    private func asksForLevel(_ range: Range<Int>, fetches: Bool) -> Bool {
        guard let first = range.first, let last = range.last else { return false }
        if range.count == 1 {
            if items[first].kind == .number { return !isZero(first) }
            return constant(text(first)).map { !isZero($0) } ?? !fetches
        }
        if item(first, is: "-"), range.count == 2, items[last].kind == .number { return false }
        // `int(0)`, `min(0, iFrame)`
        if ["int", "float", "min"].contains(text(first)), item(first + 1, is: "("),
            (first + 2..<last).contains(where: isZero)
        {
            return false
        }
        return !fetches
    }

    private func isZero(_ index: Int) -> Bool {
        items[index].kind == .number && text(index).allSatisfy { "0.fF".contains($0) }
    }

    /// The item of the number that a constant is: `const int NAME = 0;`.
    private func constant(_ name: String) -> Int? {
        items.indices.dropFirst(2).first {
            text($0) == name && items[$0 - 1].kind == .type && text($0 - 2) == "const"
                && item($0 + 1, is: "=") && items.indices.contains($0 + 2)
                && items[$0 + 2].kind == .number
        }.map { $0 + 2 }
    }

    /// Whether an expression is the place of a key.
    ///
    /// Something in it is called like a key, and is a constant (`KEY_LEFT`), one of two whole numbers, or parted by the
    /// keyboard's width. `keyUV` alone is none.
    private func isKey(_ range: Range<Int>) -> Bool {
        var (isCalledSo, isPlace) = (false, false)
        for index in range {
            let word = text(index)
            if items[index].kind == .number {
                if word.hasPrefix("256") || word.hasPrefix("255") { isPlace = true }
            } else if word.lowercased().hasPrefix("key") {
                isCalledSo = true
                if word.hasPrefix("KEY") || word.hasPrefix("Key_") { isPlace = true }
            } else if word == "ivec2", item(index + 1, is: "(") {
                let first = argument(index + 2)
                if item(first.upperBound, is: ",") { isPlace = true }
            }
        }
        return isCalledSo && isPlace
    }

    private func type(of channel: String) -> String? {
        var flat = 0
        var deep = 0
        for index in items.indices.dropFirst(2)
        where text(index) == channel && item(index - 1, is: "(") {
            let function = text(index - 2)
            switch function {
            case "textureCube", "textureCubeLod", "textureCubeLodEXT": return "samplerCube"
            case "texture3D", "texture3DLod": return "sampler3D"
            case "texelFetch", "texelFetchOffset":
                if numbers(argument(index + 2)) == 3 { return "sampler3D" }
                flat += 1
            case "texture", "textureLod", "textureGrad":
                switch numbers(argument(index + 2)) {
                case 3: deep += 1
                case 2: flat += 1
                default: break
                }
            case "texture2D", "texture2DLod", "texture2DLodEXT", "textureProj": flat += 1
            default: break
            }
        }
        if let type = parameterType(of: channel) { return type == "sampler2D" ? nil : type }
        return deep > flat ? "samplerCube" : nil
    }

    /// The type of the parameter for which a function of the text takes the channel.
    private func parameterType(of channel: String) -> String? {
        for index in items.indices where text(index) == channel {
            guard let (function, place) = call(around: index) else { continue }
            for definition in outline.items.indices.dropFirst()
            where [.type, .identifier].contains(outline.items[definition - 1].kind)
                && outline.item(definition + 1, is: "(")
                && outline.text(outline.items[definition]) == function
            {
                let all = outline.parameterTypes(definition)
                if place < all.count, all[place].hasPrefix("sampler") { return all[place] }
            }
        }
        return nil
    }

    /// The function whose argument stands at an index, and which argument it is.
    private func call(around index: Int) -> (function: String, place: Int)? {
        var (depth, place, cursor) = (0, 0, index - 1)
        while cursor > 0, index - cursor < 256 {
            if item(cursor, is: ")") { depth += 1 }
            if item(cursor, is: "(") {
                if depth == 0 {
                    let before = items[cursor - 1]
                    guard before.kind == .function else { return nil }
                    return (outline.text(before), place)
                }
                depth -= 1
            }
            if depth == 0, item(cursor, is: ",") { place += 1 }
            if item(cursor, is: ";") || item(cursor, is: "{") { return nil }
            cursor -= 1
        }
        return nil
    }

    // MARK: Items

    func text(_ index: Int) -> String { outline.text(items[index]) }

    func item(_ index: Int, is text: StaticString) -> Bool {
        items.indices.contains(index) && outline.item(items[index], is: text)
    }

    // MARK: Declarations

    private mutating func readStructures() {
        for index in items.indices where item(index, is: "struct") && item(index + 2, is: "{") {
            var members: [String: Set<String>] = [:]
            var cursor = index + 3
            while cursor < items.count, !item(cursor, is: "}"), cursor - index < 1024 {
                // `highp vec3 o, d;`
                guard let name = declared(cursor) else {
                    cursor += 1
                    continue
                }
                for (name, type) in list(name, of: text(cursor)) {
                    members[name, default: []].insert(type)
                }
                while cursor < items.count, !item(cursor, is: ";"), !item(cursor, is: "}") {
                    cursor += 1
                }
            }
            structures[text(index + 1)] = members
            // `struct Ray { … } ray;`
            if cursor + 1 < items.count, items[cursor + 1].kind == .identifier {
                types[text(cursor + 1), default: []].insert(text(index + 1))
            }
        }
    }

    private mutating func readTypes() {
        for index in items.indices {
            guard let name = declared(index) else { continue }
            for (name, type) in list(name, of: text(index)) {
                types[name, default: []].insert(type)
            }
        }
    }

    /// The index of the name that a declaration which begins with a type at an index declares first; nil for none.
    private func declared(_ index: Int) -> Int? {
        let isType =
            items[index].kind == .type
            || (items[index].kind == .identifier && structures[text(index)] != nil)
        guard isType else { return nil }
        var next = index + 1
        // `vec3[3] dirs`, `vec3[](…)`
        if item(next, is: "[") { next = close(next, items.count) + 1 }
        guard next < items.count, ![.punctuation, .operator, .number].contains(items[next].kind)
        else { return nil }
        return next
    }

    /// The names that a declaration declares, `vec3 a = …, b[2];`, each with its type.
    private func list(_ first: Int, of type: String) -> [(String, String)] {
        let isArray = item(first - 1, is: "]")
        var found: [(String, String)] = []
        func take(_ index: Int) {
            let isOwn = item(index + 1, is: "[")
            found.append((text(index), type + (isArray || isOwn ? "[]" : "")))
        }
        take(first)
        guard !item(first + 1, is: "(") else { return found }
        var (depth, index) = (0, first + 1)
        while index < items.count, index - first < 256 {
            if item(index, is: "(") || item(index, is: "[") || item(index, is: "{") { depth += 1 }
            if item(index, is: ")") || item(index, is: "]") || item(index, is: "}") {
                depth -= 1
                if depth < 0 { break }
            }
            if item(index, is: ";") { break }
            if depth == 0, item(index, is: ","), index + 1 < items.count {
                // Parameters of a function have types of their own.
                guard
                    [.identifier, .builtinVariable, .builtinUniform, .builtinFunction]
                        .contains(items[index + 1].kind), structures[text(index + 1)] == nil
                else { break }
                take(index + 1)
            }
            index += 1
        }
        return found
    }
}
