/// Which of Shadertoy's inputs are cubes or volumes, told from how a text reads them.
///
/// On Shadertoy the choice is made outside of the text. A text that reads `iChannel0` by three numbers does not compile
/// with a flat picture, so that its uses tell. Cubes and volumes are read alike; where nothing else tells, it is a cube.
struct ChannelTypes {
    private let outline: SourceOutline
    /// Types of functions and variables by their names, wherever they are declared.
    private var types: [String: Set<String>] = [:]

    init(_ outline: SourceOutline) {
        self.outline = outline
        for index in outline.items.indices.dropFirst()
        where outline.items[index - 1].kind == .type && outline.items[index].kind != .punctuation {
            let type = outline.text(outline.items[index - 1])
            types[outline.text(outline.items[index]), default: []].insert(type)
            guard !outline.item(index + 1, is: "(") else { continue }
            // `vec3 a = …, b = …;`: the others of the list.
            for name in listed(after: index) { types[name, default: []].insert(type) }
        }
    }

    /// The types of the channels that are not flat, by their names.
    var special: [String: String] {
        var found: [String: String] = [:]
        for channel in Words.channels where outline.mentions(channel) {
            if let type = type(of: channel) { found[channel] = type }
        }
        return found
    }

    /// The channels that are read by the numbers of keys: `texelFetch(iChannel1, ivec2(KEY_LEFT, 0), 0)`.
    var keyboards: Set<String> {
        Set(
            Words.channels.filter { channel in
                outline.items.indices.contains { index in
                    guard index >= 2, outline.item(index - 1, is: "("),
                        outline.text(outline.items[index]) == channel
                    else { return false }
                    return argument(index + 2).contains {
                        outline.items[$0].kind != .number
                            && outline.text(outline.items[$0]).lowercased().hasPrefix("key")
                    }
                }
            })
    }

    private func type(of channel: String) -> String? {
        var flat = 0
        var deep = 0
        for index in outline.items.indices
        where outline.text(outline.items[index]) == channel && outline.item(index - 1, is: "(") {
            guard index >= 2 else { continue }
            let function = outline.text(outline.items[index - 2])
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
        for index in outline.items.indices where outline.text(outline.items[index]) == channel {
            guard let (function, place) = call(around: index) else { continue }
            for definition in outline.items.indices.dropFirst()
            where outline.items[definition - 1].kind == .type
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
            if outline.item(cursor, is: ")") { depth += 1 }
            if outline.item(cursor, is: "(") {
                if depth == 0 {
                    let before = outline.items[cursor - 1]
                    guard before.kind == .function else { return nil }
                    return (outline.text(before), place)
                }
                depth -= 1
            }
            if depth == 0, outline.item(cursor, is: ",") { place += 1 }
            if outline.item(cursor, is: ";") || outline.item(cursor, is: "{") { return nil }
            cursor -= 1
        }
        return nil
    }

    // MARK: How many numbers an expression has

    /// The items of the argument that begins at an index, up to a comma or the call's end.
    private func argument(_ start: Int) -> Range<Int> {
        var depth = 0
        var index = start
        while index < outline.items.count, index - start < 256 {
            if outline.item(index, is: "(") || outline.item(index, is: "[") { depth += 1 }
            if outline.item(index, is: ")") || outline.item(index, is: "]") {
                if depth == 0 { break }
                depth -= 1
            }
            if depth == 0, outline.item(index, is: ",") || outline.item(index, is: ";") { break }
            index += 1
        }
        return min(start, index)..<index
    }

    /// How many numbers an expression has, as far as can be told; nil where nothing tells.
    ///
    /// Of the operands of an operator the largest counts: `p * 0.1 + q` has as many as `p`.
    private func numbers(_ range: Range<Int>, depth: Int = 0) -> Int? {
        guard !range.isEmpty, depth < 8 else { return nil }
        var best: Int?
        var start = range.lowerBound
        var index = start
        func take(_ end: Int) {
            guard start < end else { return }
            if let count = operand(start..<end, depth: depth) { best = max(best ?? 0, count) }
        }
        while index < range.upperBound {
            let item = outline.items[index]
            if outline.item(item, is: "(") || outline.item(item, is: "[") {
                index = close(index, range.upperBound) + 1
                continue
            }
            if item.kind == .operator, !outline.item(item, is: ".") {
                take(index)
                start = index + 1
            }
            index += 1
        }
        take(range.upperBound)
        return best
    }

    private func close(_ open: Int, _ end: Int) -> Int {
        var depth = 0
        for index in open..<end {
            if outline.item(index, is: "(") || outline.item(index, is: "[") { depth += 1 }
            if outline.item(index, is: ")") || outline.item(index, is: "]") { depth -= 1 }
            if depth == 0 { return index }
        }
        return end - 1
    }

    private func operand(_ range: Range<Int>, depth: Int) -> Int? {
        let last = range.upperBound - 1
        // A swizzle at the end: `p.xzy`.
        if last > range.lowerBound, outline.item(last - 1, is: "."),
            outline.items[last].kind != .number
        {
            let field = outline.text(outline.items[last])
            return field.utf8.allSatisfy { "xyzwrgbastpq".utf8.contains($0) }
                ? field.utf8.count : nil
        }
        let first = outline.items[range.lowerBound]
        if first.kind == .number { return 1 }
        if outline.item(first, is: "(") {
            return numbers(
                range.lowerBound + 1..<max(range.lowerBound + 1, last), depth: depth + 1)
        }
        let name = outline.text(first)
        if range.count == 1 { return Self.numbers(ofOneIn: types[name] ?? Self.known(name)) }
        guard outline.item(range.lowerBound + 1, is: "(") else { return nil }
        if let count = Self.numbers(of: name) { return count }
        if Self.likeTheirArgument.contains(name) {
            return numbers(argument(range.lowerBound + 2), depth: depth + 1)
        }
        return Self.numbers(ofOneIn: types[name] ?? [])
    }

    private static func known(_ name: String) -> Set<String> {
        BuiltinUniform.table.first { $0.name == name }.map { [$0.type] } ?? []
    }

    /// How many numbers a type has; nil for what is no vector.
    private static func numbers(of type: String) -> Int? {
        switch type {
        case "float", "int", "uint": 1
        case "vec2", "ivec2", "uvec2": 2
        case "vec3", "ivec3", "uvec3": 3
        case "vec4", "ivec4", "uvec4": 4
        default: nil
        }
    }

    /// The same for a name that is declared more than once: nil unless all agree.
    private static func numbers(ofOneIn types: Set<String>) -> Int? {
        let counts = Set(types.map { numbers(of: $0) })
        return counts.count == 1 ? counts.first ?? nil : nil
    }

    private static let likeTheirArgument: Set<String> = [
        "normalize", "reflect", "refract", "abs", "sin", "cos", "fract", "floor", "mod", "mix",
        "clamp", "max", "min", "pow", "sign", "ceil", "round", "sqrt", "exp", "faceforward",
        "cross",
    ]

    /// The names that a declaration declares behind its first.
    private func listed(after first: Int) -> [String] {
        var names: [String] = []
        var depth = 0
        var index = first + 1
        while index < outline.items.count, index - first < 512 {
            if outline.item(index, is: "(") || outline.item(index, is: "[") { depth += 1 }
            if outline.item(index, is: ")") || outline.item(index, is: "]") {
                depth -= 1
                if depth < 0 { break }
            }
            if outline.item(index, is: ";") || outline.item(index, is: "{") { break }
            if depth == 0, outline.item(index, is: ","), index + 1 < outline.items.count {
                if outline.items[index + 1].kind == .type
                    || outline.items[index + 1].kind == .keyword
                {
                    break
                }
                names.append(outline.text(outline.items[index + 1]))
            }
            index += 1
        }
        return names
    }
}
