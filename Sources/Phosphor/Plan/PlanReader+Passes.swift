import GLSL

/// The tables `[[pass]]`.
extension PlanReader {
    /// The pass that is shown.
    private static let shown = "image"

    private static let passKeys = [
        "name", "size", "format", "persistent", "doubled", "mipmaps", "geometry", "instances",
        "depth", "blend", "cull", "samples", "clear", "indirect", "capture", "dispatch", "inputs",
    ]

    mutating func readPasses(_ node: PlanNode) {
        let example = "each begins with a line [[pass]], then name = \"trails\""
        var passes = node.items
        if passes == nil, node.entries != nil {
            error(node, "passes have two brackets: \(example)")
            passes = [node]
        }
        guard let passes else { return error(node, "pass is a list of tables: \(example)") }
        for (number, pass) in passes.enumerated() {
            guard number < Limits.passes else {
                return error(
                    pass, "more than \(Limits.passes) passes: those from here on are left out")
            }
            guard let entries = pass.entries else {
                error(pass, "a pass is a table, not \(pass.kindName): \(example)")
                continue
            }
            readPass(pass, entries)
        }
    }

    private mutating func readPass(_ node: PlanNode, _ entries: [PlanNode.Entry]) {
        let wanted = "the pass's name, as in its files' names: name = \"trails\""
        guard let said = entries.first(where: { $0.key == "name" })?.node else {
            return error(node, "this pass has no name: say name = \"image\" for the one shown")
        }
        guard let name = name(said, "name", wanted) else { return }
        guard !plan.passes.contains(where: { $0.name == name }) else {
            return error(said, "a pass '\(name)' was there before: one table says all of it")
        }
        var pass = SketchPlan.Pass(name: name)
        note("pass.\(name)", said)
        for entry in entries where entry.key != "name" {
            note("pass.\(name).\(entry.key)", entry.node)
            switch entry.key {
            case "size": pass.size = size(entry.node)
            case "format": pass.format = format(entry.node, of: name)
            case "persistent": pass.isPersistent = flag(entry.node, "persistent")
            case "doubled": pass.isDoubled = flag(entry.node, "doubled")
            case "mipmaps": pass.hasMipmaps = flag(entry.node, "mipmaps")
            case "dispatch": pass.dispatch = dispatch(entry.node)
            case "inputs": readInputs(entry.node, &pass)
            case let key where Self.passKeys.contains(key): readDrawing(entry, &pass.drawing)
            default: unknown(entry, Self.passKeys, in: "a pass")
            }
        }
        checkCount(&pass.drawing, node, entries)
        change { $0.passes.append(pass) }
    }

    private mutating func format(_ node: PlanNode, of pass: String) -> PixelFormat? {
        guard let format = choice(node, "format", PixelFormat.self) else { return nil }
        if pass == Self.shown, format.rawValue.hasSuffix("i") {
            error(
                node,
                "what is shown cannot be of \(format.rawValue): give it a format of fractions, as \"rgba8\"",
                token: format.rawValue)
            return nil
        }
        return format
    }

    private mutating func dispatch(_ node: PlanNode) -> DispatchPlan? {
        let wanted = "dispatch is [64, 1, 1], \"cover\" or { indirect = \"arguments\" }"
        if node.text == "cover" { return .cover }
        if let items = node.items {
            guard items.count == 3 else {
                error(node, "\(wanted); here are \(items.count) numbers")
                return nil
            }
            let sides = items.compactMap {
                whole($0, "a side of dispatch", "so many groups", 1...Limits.groups)
            }
            return sides.count == 3 ? .groups(sides[0], sides[1], sides[2]) : nil
        }
        if let entries = node.entries {
            for entry in entries where entry.key != "indirect" {
                unknown(entry, ["indirect"], in: "dispatch")
            }
            if let said = entries.first(where: { $0.key == "indirect" }) {
                return name(said.node, "indirect", "the name of a buffer, in quotes").map {
                    .indirect(buffer: $0)
                }
            }
        }
        error(node, wanted)
        return nil
    }
}
