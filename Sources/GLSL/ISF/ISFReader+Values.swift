extension ISFReader {
    private static let inputKeys: Set<String> = [
        "NAME", "TYPE", "LABEL", "DESCRIPTION", "DEFAULT", "MIN", "MAX", "IDENTITY", "VALUES",
        "LABELS",
    ]

    private static let types = [
        "event", "bool", "long", "float", "point2D", "color", "image", "audio", "audioFFT", "cube",
    ]

    /// Types that only some hosts have.
    private static let otherTypes = ["int": "long", "point3D": "point3D"]

    /// What kind of input an object describes; nil, and a notice, for none.
    mutating func kind(
        of entry: JSONValue, name: String, type: String, at place: JSONPlace
    ) -> ISFInput.Kind? {
        for member in entry.members ?? [] where !Self.inputKeys.contains(member.key) {
            unknown(member, among: Self.inputKeys)
        }
        let known =
            Self.types.first { $0.lowercased() == type.lowercased() } ?? Self.otherTypes[type]
        guard let known else {
            notice(
                place,
                "ISF has no type \"\(type.shortened)\", so \"\(name)\" is left out: it has \(Self.types.joined(separator: ", "))"
            )
            return nil
        }
        if known.lowercased() == type.lowercased(), known != type {
            notice(place, "write this type \"\(known)\"")
        }
        let label = entry["LABEL"]?.string
        switch known {
        case "image": return .image
        case "audio": return .audio
        case "audioFFT": return .spectrum
        case "cube": return .cube
        case "event":
            return .value(
                ValuePlan(name: name, label: label, kind: .event, initial: [0]), type: "bool")
        case "bool":
            // As the reference implementation has it: on where nothing is said.
            let initial = truth(entry["DEFAULT"], of: "DEFAULT") ?? true
            return .value(
                ValuePlan(name: name, label: label, kind: .bool, initial: [initial ? 1 : 0]),
                type: "bool")
        case "long": return .value(whole(entry, name: name, label: label), type: "int")
        case "float": return .value(float(entry, name: name, label: label), type: "float")
        case "point2D": return .value(point(entry, name: name, label: label, .point), type: "vec2")
        case "point3D":
            return .value(point(entry, name: name, label: label, .vector), type: "vec3")
        default: return .value(color(entry, name: name, label: label), type: "vec4")
        }
    }

    // MARK: Kinds

    private mutating func float(_ entry: JSONValue, name: String, label: String?) -> ValuePlan {
        var (least, most) = (0.0, 1.0)
        // One end without the other counts for nothing, as in the reference implementation.
        if let low = number(entry["MIN"], of: "MIN"), let high = number(entry["MAX"], of: "MAX") {
            (least, most) = ordered(low, high, at: entry["MIN"]?.place ?? entry.place)
        }
        let initial = number(entry["DEFAULT"], of: "DEFAULT") ?? (least + most) / 2
        return ValuePlan(
            name: name, label: label, kind: .float, initial: [min(max(initial, least), most)],
            least: [least], most: [most])
    }

    private mutating func whole(_ entry: JSONValue, name: String, label: String?) -> ValuePlan {
        var choices: [ValuePlan.Choice] = []
        let values = entry["VALUES"]?.values
        // Some hosts have texts there, and the code gets their places in the list.
        let names = values?.compactMap(\.string) ?? []
        let isNamed = names.count == values?.count && names.contains { Double($0.trimmed) == nil }
        let labels = (isNamed ? values : entry["LABELS"]?.values) ?? []
        if let values, !isNamed {
            for (index, value) in values.enumerated() {
                guard let number = number(value, of: "one of VALUES") else { continue }
                let whole = Self.whole(number)
                let text = labels.indices.contains(index) ? labels[index].string : nil
                choices.append(ValuePlan.Choice(value: whole, label: text ?? "\(whole)"))
            }
            if !labels.isEmpty, labels.count != values.count {
                notice(
                    entry["LABELS"]?.place ?? entry.place,
                    "\(labels.count) LABELS for \(values.count) VALUES: there must be as many")
            }
        } else {
            for (index, text) in labels.compactMap(\.string).enumerated() {
                choices.append(ValuePlan.Choice(value: index, label: text))
            }
        }
        var (least, most): ([Double], [Double]) = ([], [])
        if choices.isEmpty, let low = number(entry["MIN"], of: "MIN"),
            let high = number(entry["MAX"], of: "MAX")
        {
            let ends = ordered(low, high, at: entry["MIN"]?.place ?? entry.place)
            (least, most) = ([ends.0.rounded()], [ends.1.rounded()])
        }
        let initial =
            Self.choice(entry["DEFAULT"], of: choices)
            ?? number(entry["DEFAULT"], of: "DEFAULT")
            ?? choices.first.map { Double($0.value) } ?? least.first ?? 0
        return ValuePlan(
            name: name, label: label, kind: .int, initial: [Double(Self.whole(initial))],
            least: least, most: most, choices: choices)
    }

    /// The number of the choice that a default names; nil for what names none.
    private static func choice(_ value: JSONValue?, of choices: [ValuePlan.Choice]) -> Double? {
        guard let text = value?.string, Double(text.trimmed) == nil else { return nil }
        return choices.first { $0.label == text }.map { Double($0.value) }
    }

    private mutating func point(
        _ entry: JSONValue, name: String, label: String?, _ kind: ValuePlan.Kind
    ) -> ValuePlan {
        let count = kind.count
        var (least, most): ([Double], [Double]) = ([], [])
        if let low = numbers(entry["MIN"], count: count, of: "MIN"),
            let high = numbers(entry["MAX"], count: count, of: "MAX")
        {
            least = zip(low, high).map(min)
            most = zip(low, high).map(max)
        }
        return ValuePlan(
            name: name, label: label, kind: kind,
            initial: numbers(entry["DEFAULT"], count: count, of: "DEFAULT")
                ?? Array(repeating: 0, count: count),
            least: least, most: most)
    }

    private mutating func color(_ entry: JSONValue, name: String, label: String?) -> ValuePlan {
        ValuePlan(
            name: name, label: label, kind: .color,
            initial: numbers(entry["DEFAULT"], count: 4, of: "DEFAULT") ?? [1, 1, 1, 1],
            least: numbers(entry["MIN"], count: 4, of: "MIN") ?? [0, 0, 0, 0],
            most: numbers(entry["MAX"], count: 4, of: "MAX") ?? [1, 1, 1, 1])
    }

    // MARK: Numbers

    private static func whole(_ number: Double) -> Int {
        Int(max(-2_147_483_648, min(number.rounded(.towardZero), 2_147_483_647)))
    }

    private mutating func ordered(
        _ low: Double, _ high: Double, at place: JSONPlace
    ) -> (Double, Double) {
        if low > high { notice(place, "MIN is more than MAX: they are taken the other way round") }
        return (min(low, high), max(low, high))
    }

    private mutating func number(_ value: JSONValue?, of key: String) -> Double? {
        guard let value, value.content != .null else { return nil }
        switch value.content {
        case .number(let number): return number
        case .bool(let bool): return bool ? 1 : 0
        case .string(let text):
            if let number = Double(text.trimmed) {
                notice(value.place, "\(key) must be a number: write it without quotes")
                return number
            }
        case .array(let list) where list.count == 1:
            if let number = list[0].number { return number }
        default: break
        }
        notice(value.place, "\(key) must be a number, not \(value.kindName): it is left out")
        return nil
    }

    private mutating func truth(_ value: JSONValue?, of key: String) -> Bool? {
        if let text = value?.string?.lowercased(), ["true", "false"].contains(text) {
            return text == "true"
        }
        return number(value, of: key).map { $0 > 0 }
    }

    /// So many numbers; a colour may do without its last, and one number may stand for all.
    private mutating func numbers(
        _ value: JSONValue?, count: Int, of key: String
    ) -> [Double]? {
        guard let value, value.content != .null else { return nil }
        if let list = value.values?.compactMap(\.number), list.count == value.values?.count {
            if list.count == count { return list }
            if list.count > count {
                notice(value.place, "\(key) needs \(count) numbers: the rest is left out")
                return Array(list.prefix(count))
            }
            if count == 4, list.count == 3 { return list + [1] }
        } else if let number = value.number {
            notice(
                value.place, "\(key) needs \(count) numbers in a list: this one is taken for all")
            return Array(repeating: number, count: count)
        }
        notice(value.place, "\(key) must be a list of \(count) numbers: it is left out")
        return nil
    }
}

extension String {
    /// Without blanks at both ends.
    fileprivate var trimmed: String {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
