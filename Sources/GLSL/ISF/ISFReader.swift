/// Reads the object at the head of an ISF.
///
/// What hosts pass over is passed over with a notice; an error is only what no program can be made of.
struct ISFReader {
    private(set) var header = ISFHeader()
    private(set) var errors: [JSONMistake] = []
    private(set) var notices: [JSONMistake] = []
    /// Names that are taken, with what has them.
    private var names: [String: String] = [:]

    /// The most passes, as the specification's schema has it, twice over.
    static let mostPasses = 32

    init(_ value: JSONValue) {
        guard let members = value.members else {
            errors.append(
                JSONMistake(at: value.place, "an ISF's comment must hold an object: { … }"))
            return
        }
        for member in members where !ISFHeader.knownKeys.contains(member.key) {
            unknown(member, among: ISFHeader.knownKeys)
        }
        readInputs(value["INPUTS"])
        let old = oldBuffers(value["PERSISTENT_BUFFERS"])
        readPasses(value["PASSES"], old: old)
        readImports(value["IMPORTED"])
    }

    // MARK: Mistakes

    mutating func error(_ place: JSONPlace, _ message: String) {
        errors.append(JSONMistake(at: place, message))
    }

    mutating func notice(_ place: JSONPlace, _ message: String) {
        guard notices.count < JSONReader.mostMistakes else { return }
        notices.append(JSONMistake(at: place, message, isHarmless: true))
    }

    /// Tells of a key that is nearly one that we know.
    ///
    /// Hosts and collections have others, which mean nothing to the picture.
    mutating func unknown(_ member: JSONMember, among known: Set<String>) {
        let upper = member.key.uppercased()
        let start = "ISF has no key \"\(member.key.shortened)\" here"
        if known.contains(upper) {
            notice(member.keyPlace, "\(start): write \(upper)")
        } else if let near = Nearest.match(member.key, among: known.sorted()) {
            notice(member.keyPlace, "\(start): did you mean \(near)?")
        }
    }

    /// Takes a name for something; false, and an error, where it cannot be one or is taken.
    private mutating func take(_ name: String, for use: String, at place: JSONPlace) -> Bool {
        let bytes = Array(name.utf8)
        guard let first = bytes.first, Byte.isLetter(first), bytes.allSatisfy(Byte.isNamePart),
            !name.hasPrefix("gl_")
        else {
            error(
                place,
                "\"\(name.shortened)\" cannot be a name in GLSL: use letters, digits and '_', and begin with a letter"
            )
            return false
        }
        if let other = names[name] {
            notice(place, "\"\(name)\" is \(other) already: this one is left out")
            return false
        }
        names[name] = use
        return true
    }

    /// Whether a flag is set: true, a number above 0, or a text that says so.
    private func isSet(_ value: JSONValue?) -> Bool {
        switch value?.content {
        case .bool(let bool): bool
        case .number(let number): number > 0
        case .string(let text): ["1", "true", "yes", "y"].contains(text.lowercased())
        default: false
        }
    }

    // MARK: Inputs

    private mutating func readInputs(_ value: JSONValue?) {
        guard let value, value.content != .null else { return }
        guard let list = value.values else {
            return error(value.place, "INPUTS must be a list: [ { … } ], not \(value.kindName)")
        }
        for entry in list {
            guard entry.members != nil else {
                notice(
                    entry.place, "an input must be an object, not \(entry.kindName): it is left out"
                )
                continue
            }
            guard let name = entry["NAME"]?.string else {
                notice(entry.place, "an input without a NAME: it is left out")
                continue
            }
            guard let typeValue = entry["TYPE"], let type = typeValue.string else {
                notice(entry.place, "the input \"\(name.shortened)\" has no TYPE: it is left out")
                continue
            }
            guard take(name, for: "an input", at: entry["NAME"]?.place ?? entry.place) else {
                continue
            }
            guard let kind = kind(of: entry, name: name, type: type, at: typeValue.place) else {
                names[name] = nil
                continue
            }
            if case .value = kind, valueCount >= ValuePlan.limit {
                error(entry.place, "more than \(ValuePlan.limit) inputs that are values")
                return
            }
            header.inputs.append(ISFInput(name: name, kind: kind, place: entry.place))
        }
    }

    private var valueCount: Int {
        header.inputs.count { if case .value = $0.kind { true } else { false } }
    }

    // MARK: Passes

    private struct Buffer {
        var isFloat = false
        var size = SizePlan()
        var place: JSONPlace
    }

    /// The buffers that 1.0 names apart from the passes: a list of names, or an object by them.
    private mutating func oldBuffers(_ value: JSONValue?) -> [(name: String, buffer: Buffer)] {
        guard let value, value.content != .null else { return [] }
        var result: [(name: String, buffer: Buffer)] = []
        if let list = value.values {
            for entry in list {
                guard let name = entry.string else {
                    notice(
                        entry.place,
                        "a buffer's name must be a text, not \(entry.kindName): it is left out")
                    continue
                }
                result.append((name, Buffer(place: entry.place)))
            }
        } else if let members = value.members {
            for member in members {
                for inner in member.value.members ?? []
                where !["FLOAT", "WIDTH", "HEIGHT", "DESCRIPTION"].contains(inner.key) {
                    unknown(inner, among: ["FLOAT", "WIDTH", "HEIGHT"])
                }
                result.append(
                    (
                        member.key,
                        Buffer(
                            isFloat: isSet(member.value["FLOAT"]), size: size(of: member.value),
                            place: member.keyPlace)
                    ))
            }
        } else {
            error(
                value.place,
                "PERSISTENT_BUFFERS must be a list of names or an object by them, not \(value.kindName)"
            )
        }
        return result
    }

    private static let passKeys: Set<String> = [
        "TARGET", "PERSISTENT", "FLOAT", "WIDTH", "HEIGHT", "DESCRIPTION",
    ]

    private mutating func readPasses(
        _ value: JSONValue?, old: [(name: String, buffer: Buffer)]
    ) {
        let buffers = Dictionary(old.map { ($0.name, $0.buffer) }, uniquingKeysWith: { $1 })
        var entries: [JSONValue] = []
        if let value, value.content != .null {
            if let list = value.values {
                entries = list
            } else {
                error(value.place, "PASSES must be a list: [ { … } ], not \(value.kindName)")
            }
            if entries.count > Self.mostPasses {
                error(value.place, "\(entries.count) passes: there may be \(Self.mostPasses)")
                return
            }
        }
        for entry in entries { readPass(entry, buffers: buffers) }
        if header.passes.isEmpty {
            header.passes = [ISFPass(place: value?.place ?? JSONPlace(line: 1, column: 1))]
        }
        let drawn = Set(header.passes.compactMap(\.target))
        for (name, buffer) in old where !drawn.contains(name) {
            if take(name, for: "a buffer", at: buffer.place) {
                header.unusedBuffers.append(name)
                notice(buffer.place, "no pass draws into \"\(name)\": it stays black")
            }
        }
    }

    /// A pass's flag; the web editor that makes 2.0 out of 1.0 writes these in small letters.
    private func flag(_ key: String, of entry: JSONValue) -> Bool {
        isSet(entry[key] ?? entry[key.lowercased()])
    }

    private mutating func readPass(_ entry: JSONValue, buffers: [String: Buffer]) {
        guard let members = entry.members else {
            return error(entry.place, "a pass must be an object: { … }, not \(entry.kindName)")
        }
        let small = ["persistent", "float"]
        for member in members
        where !Self.passKeys.contains(member.key) && !small.contains(member.key) {
            unknown(member, among: Self.passKeys)
        }
        var pass = ISFPass(place: entry.place)
        if let value = entry["TARGET"], value.content != .null {
            guard let target = value.string else {
                return error(value.place, "TARGET must be a text, not \(value.kindName)")
            }
            if !target.isEmpty { pass.target = target }
        }
        guard let target = pass.target else {
            // What is shown has the picture's own size and kind, whatever the pass says.
            return header.passes.append(pass)
        }
        if names[target] != "a pass's picture",
            !take(target, for: "a pass's picture", at: entry["TARGET"]?.place ?? entry.place)
        {
            if names[target] != nil {
                error(entry.place, "a pass cannot draw into \"\(target)\", which is an input")
            }
            return
        }
        pass.isFloat = flag("FLOAT", of: entry)
        pass.isPersistent = flag("PERSISTENT", of: entry)
        pass.size = size(of: entry)
        if let buffer = buffers[target] {
            pass.isPersistent = true
            pass.isFloat = pass.isFloat || buffer.isFloat
            if entry["WIDTH"] == nil { pass.size.width = buffer.size.width }
            if entry["HEIGHT"] == nil { pass.size.height = buffer.size.height }
        } else if let earlier = header.passes.last(where: { $0.target == target }) {
            // A picture that is drawn twice is one picture: what the first pass says of it holds.
            pass.isPersistent = pass.isPersistent || earlier.isPersistent
            pass.isFloat = pass.isFloat || earlier.isFloat
            if entry["WIDTH"] == nil { pass.size.width = earlier.size.width }
            if entry["HEIGHT"] == nil { pass.size.height = earlier.size.height }
        }
        header.passes.append(pass)
    }

    private mutating func size(of entry: JSONValue) -> SizePlan {
        SizePlan(
            width: side(entry["WIDTH"]) ?? .pictureWidth,
            height: side(entry["HEIGHT"]) ?? .pictureHeight)
    }

    private mutating func side(_ value: JSONValue?) -> SizeExpression? {
        switch value?.content {
        case nil, .null: return nil
        case .number(let number): return .number(number)
        case .string(let text) where text.allSatisfy(\.isWhitespace): return nil
        case .string(let text):
            do throws(SizeMistake) {
                let names = header.inputs.compactMap {
                    if case .value(let plan, _) = $0.kind, plan.kind.count == 1 {
                        $0.name
                    } else {
                        nil
                    }
                }
                return try SizeExpression.parse(text, values: Set(names))
            } catch {
                guard let value else { return nil }
                // The first byte of the text stands behind its quote.
                let place = JSONPlace(
                    line: value.place.line, column: value.place.column + error.column)
                self.error(place, "this size cannot be read: \(error.message)")
                return nil
            }
        default:
            guard let value else { return nil }
            error(value.place, "a size must be a number or a text, not \(value.kindName)")
            return nil
        }
    }

    // MARK: Imports

    private mutating func readImports(_ value: JSONValue?) {
        guard let value, value.content != .null else { return }
        if let list = value.values {
            for entry in list {
                guard let name = entry["NAME"]?.string else {
                    notice(entry.place, "an imported picture without a NAME: it is left out")
                    continue
                }
                readImport(entry, name: name, at: entry.place)
            }
        } else if let members = value.members {
            for member in members {
                let name = member.value["NAME"]?.string ?? member.key
                readImport(member.value, name: name, at: member.keyPlace)
            }
        } else {
            error(value.place, "IMPORTED must be an object or a list, not \(value.kindName)")
        }
    }

    private mutating func readImport(_ entry: JSONValue, name: String, at place: JSONPlace) {
        for member in entry.members ?? []
        where !["NAME", "PATH", "TYPE", "DESCRIPTION"].contains(member.key) {
            unknown(member, among: ["NAME", "PATH", "TYPE"])
        }
        let path = entry["PATH"]
        let paths = path?.values?.compactMap(\.string) ?? path?.string.map { [$0] } ?? []
        let isCube = entry["TYPE"]?.string?.lowercased() == "cube" || path?.values != nil
        guard paths.count == (isCube ? 6 : 1) else {
            return error(
                path?.place ?? place,
                isCube
                    ? "a cube map needs a PATH with six files: [\"+x\", \"-x\", \"+y\", \"-y\", \"+z\", \"-z\"]"
                    : "the imported picture \"\(name.shortened)\" needs a PATH: the name of its file"
            )
        }
        guard take(name, for: "an imported picture", at: place) else { return }
        header.imports.append(ISFImport(name: name, paths: paths, place: path?.place ?? place))
    }
}
