/// Uniforms that begin at 0 without a word from anybody: members of structures and blocks, and elements of arrays.
struct UnfilledNames {
    private var names: [String] = []
    private var first: (part: StagePart, line: Int, token: String)?
    private var counters: [Diagnostic] = []

    /// Takes note of a uniform that nothing fills, as far as the text uses it.
    mutating func add(_ uniform: InterfaceVariable, _ part: StagePart) {
        // What has an initialiser is left to the driver, and our own names are filled.
        guard uniform.initial == nil, !uniform.name.hasPrefix("phosphor_"), !uniform.items.isEmpty
        else { return }
        if uniform.type == "atomic_uint" {
            let message =
                "there are no atomic counters: \(uniform.name) has no buffer; use atomicAdd on a member of a block 'buffer'"
            if !counters.contains(where: { $0.token == uniform.name }) {
                counters.append(
                    part.problem(
                        .warning, line: uniform.line, token: uniform.name, message))
            }
            return
        }
        for use in Self.uses(of: uniform, in: part.outline) where !names.contains(use) {
            names.append(use)
            if first == nil { first = (part, uniform.line, uniform.name) }
        }
    }

    /// What is worth saying.
    var notices: [Diagnostic] {
        guard let first else { return counters }
        var list = names.prefix(Self.most).joined(separator: ", ")
        if names.count > Self.most { list += " and \(names.count - Self.most) more" }
        let are = names.count > 1 ? "they are" : "it is"
        return counters + [
            first.part.problem(
                .note, line: first.line, token: first.token,
                "nobody fills \(list): \(are) 0")
        ]
    }

    private static let most = 6

    /// The members and elements of a uniform that a text uses, as it writes them; indices that are no numbers left out.
    private static func uses(of uniform: InterfaceVariable, in outline: SourceOutline) -> [String] {
        let name = Array(uniform.name.utf8)
        var found: [String] = []
        for index in outline.items.indices where !uniform.items.contains(index) {
            guard outline.bytes[outline.items[index].range].elementsEqual(name),
                index == 0 || !outline.item(index - 1, is: ".")
            else { continue }
            var text = uniform.name
            var next = index + 1
            while outline.items.indices.contains(next) {
                if outline.item(next, is: "[") {
                    var depth = 0
                    let open = next
                    repeat {
                        if outline.item(next, is: "[") { depth += 1 }
                        if outline.item(next, is: "]") { depth -= 1 }
                        next += 1
                    } while depth > 0 && next < outline.items.count
                    let isNumber = next - open == 3 && outline.items[open + 1].kind == .number
                    text += isNumber ? "[\(outline.text(outline.items[open + 1]))]" : "[]"
                } else if outline.item(next, is: "."), outline.items.indices.contains(next + 1),
                    !isVector(uniform.type)
                {
                    text += "." + outline.text(outline.items[next + 1])
                    next += 2
                } else {
                    break
                }
            }
            if !found.contains(text) { found.append(text) }
        }
        return found
    }

    /// Whether what stands behind a dot are numbers of one vector.
    private static func isVector(_ type: String) -> Bool {
        ["vec", "ivec", "uvec", "bvec", "dvec"].contains { type.hasPrefix($0) }
    }
}
