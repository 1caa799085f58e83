/// How many numbers an expression has, told from what its names are declared as.
extension ChannelTypes {
    /// The items of the argument that begins at an index, up to a comma or the call's end.
    func argument(_ start: Int) -> Range<Int> {
        var depth = 0
        var index = start
        while index < items.count, index - start < 256 {
            if item(index, is: "(") || item(index, is: "[") { depth += 1 }
            if item(index, is: ")") || item(index, is: "]") {
                if depth == 0 { break }
                depth -= 1
            }
            if depth == 0, item(index, is: ",") || item(index, is: ";") { break }
            index += 1
        }
        return min(start, index)..<index
    }

    /// How many numbers an expression has, as far as can be told; nil where nothing tells.
    func numbers(_ range: Range<Int>) -> Int? { Self.numbers(ofOneIn: kinds(range, depth: 0)) }

    /// The index of the bracket that closes the one at `open`.
    func close(_ open: Int, _ end: Int) -> Int {
        var depth = 0
        for index in open..<end {
            if item(index, is: "(") || item(index, is: "[") { depth += 1 }
            if item(index, is: ")") || item(index, is: "]") { depth -= 1 }
            if depth == 0 { return index }
        }
        return end - 1
    }

    /// The types that an expression may have; empty where nothing tells.
    ///
    /// Of the operands of an operator the largest counts: `p * 0.1 + q` is what `p` is.
    private func kinds(_ range: Range<Int>, depth: Int) -> Set<String> {
        guard !range.isEmpty, depth < 8 else { return [] }
        var operands: [Set<String>] = []
        var start = range.lowerBound
        var index = start
        func take(_ end: Int) {
            if start < end { operands.append(operand(start..<end, depth: depth)) }
        }
        while index < range.upperBound {
            if item(index, is: "(") || item(index, is: "[") {
                index = close(index, range.upperBound) + 1
                continue
            }
            if items[index].kind == .operator, !item(index, is: ".") {
                take(index)
                start = index + 1
            }
            index += 1
        }
        take(range.upperBound)
        guard operands.count > 1 else { return operands.first ?? [] }
        let told = operands.compactMap { kinds in
            Self.numbers(ofOneIn: kinds).map { (count: $0, kinds: kinds) }
        }
        return told.max { $0.count < $1.count }?.kinds ?? []
    }

    /// The same for what has no operator in it: a name, a call or brackets, and members, components and elements of it.
    private func operand(_ range: Range<Int>, depth: Int) -> Set<String> {
        var index = range.lowerBound
        var kinds: Set<String>
        if items[index].kind == .number {
            return ["float"]
        } else if item(index, is: "(") {
            let end = close(index, range.upperBound)
            kinds = self.kinds(index + 1..<max(index + 1, end), depth: depth + 1)
            index = end + 1
        } else {
            let name = text(index)
            index += 1
            var isArray = false
            if Self.isType(items[index - 1]), item(index, is: "["), index < range.upperBound {
                // `vec3[](a, b)`
                index = close(index, range.upperBound) + 1
                isArray = true
            }
            if index < range.upperBound, item(index, is: "(") {
                kinds = isArray ? [name + "[]"] : call(of: name, index, depth: depth)
                index = close(index, range.upperBound) + 1
            } else {
                kinds = types[name] ?? Self.known(name)
            }
        }
        while index < range.upperBound {
            if item(index, is: "["), index < range.upperBound {
                kinds = Set(kinds.compactMap(Self.element))
                index = close(index, range.upperBound) + 1
            } else if item(index, is: "."), index + 1 < range.upperBound {
                kinds = member(text(index + 1), of: kinds)
                index += 2
            } else {
                return []
            }
        }
        return kinds
    }

    private static func isType(_ item: SourceOutline.Item) -> Bool { item.kind == .type }

    private func call(of name: String, _ open: Int, depth: Int) -> Set<String> {
        if Self.numbers(of: name) != nil || structures[name] != nil || name.hasPrefix("mat") {
            return [name]
        }
        if Self.likeTheirArgument.contains(name) {
            return kinds(argument(open + 1), depth: depth + 1)
        }
        if ["dot", "length", "distance"].contains(name) { return ["float"] }
        return types[name] ?? (name.hasPrefix("texture") ? ["vec4"] : [])
    }

    /// What a member of a structure is, or components of a vector.
    private func member(_ name: String, of kinds: Set<String>) -> Set<String> {
        // Of what nobody knows, structures that have such a member tell.
        let own = kinds.isEmpty ? Array(structures.values) : kinds.compactMap { structures[$0] }
        let members = own.reduce(into: Set<String>()) { $0.formUnion($1[name] ?? []) }
        let isStructure = !kinds.isEmpty && kinds.allSatisfy { structures[$0] != nil }
        guard members.isEmpty, !isStructure else { return members }
        let isSwizzle =
            (1...4).contains(name.utf8.count)
            && name.utf8.allSatisfy { "xyzwrgbastpq".utf8.contains($0) }
        return isSwizzle ? [["float", "vec2", "vec3", "vec4"][name.utf8.count - 1]] : []
    }

    /// What an element of a type is; nil for what has none.
    private static func element(of type: String) -> String? {
        if type.hasSuffix("[]") { return String(type.dropLast(2)) }
        if type.hasPrefix("mat"), let rows = type.last { return "vec\(rows)" }
        return numbers(of: type).map { _ in "float" }
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
}
