import GLSL

/// What a pass draws, and how.
extension PlanReader {
    mutating func readDrawing(_ entry: PlanNode.Entry, _ drawing: inout SketchPlan.Drawing) {
        let node = entry.node
        switch entry.key {
        case "geometry": drawing.geometry = geometry(node)
        case "instances":
            drawing.instances = whole(
                node, "instances", "how often it is drawn", 1...VertexPlan.limit)
        case "depth": drawing.hasDepth = flag(node, "depth")
        case "blend": drawing.blend = choice(node, "blend", DrawPlan.Blend.self)
        case "cull": drawing.cull = choice(node, "cull", DrawPlan.Cull.self)
        case "samples":
            if let samples = node.whole, [1, 2, 4, 8].contains(samples) {
                drawing.samples = samples
            } else {
                error(node, "samples is 1, 2, 4 or 8")
            }
        case "clear":
            if let color = numbers(node, "clear", 3...4) {
                let parts = (color + [1]).map { Float($0) }
                drawing.clear = SIMD4(parts[0], parts[1], parts[2], parts[3])
            }
        case "indirect":
            drawing.indirect = name(node, "indirect", "the name of a buffer, in quotes")
        case "capture": drawing.capture = capture(node)
        default: break
        }
    }

    // MARK: Geometry

    private static let geometryKeys = [
        "grid", "sphere", "points", "patches", "vertices", "mesh", "feedback", "as",
    ]
    private static let geometryForms =
        "geometry is \"picture\", \"cube\", or one of { grid = [64, 64] }, { sphere = 64 }, "
        + "{ points = 10000 }, { patches = [100, 4] }, { vertices = 300, as = \"triangles\" }, "
        + "{ mesh = \"rock\" }, { feedback = \"flow\", as = \"points\" }"

    private mutating func geometry(_ node: PlanNode) -> Geometry? {
        if let word = node.text {
            switch word {
            case "picture": return .picture
            case "cube": return .cube
            case "sphere": return .sphere(segments: 64)
            default:
                error(
                    node, "there is no geometry '\(word.shown)': " + Self.geometryForms,
                    token: word)
                return nil
            }
        }
        guard let entries = node.entries else {
            error(node, Self.geometryForms + "; not \(node.kindName)")
            return nil
        }
        for entry in entries where !Self.geometryKeys.contains(entry.key) {
            unknown(entry, Self.geometryKeys, in: "geometry")
        }
        let kinds = entries.filter { $0.key != "as" && Self.geometryKeys.contains($0.key) }
        guard kinds.count == 1, let kind = kinds.first else {
            // A key that is not known was told already.
            if kinds.isEmpty, !entries.isEmpty { return nil }
            error(node, kinds.isEmpty ? Self.geometryForms : "geometry is one thing, not several")
            return nil
        }
        let said = entries.first { $0.key == "as" }?.node
        if let said, !["vertices", "feedback"].contains(kind.key) {
            warn(said, "'as' goes with vertices and feedback: \(kind.key) are what they are")
        }
        let most = VertexPlan.limit
        func primitive(_ reader: inout PlanReader, _ own: Geometry.Primitive) -> Geometry.Primitive
        {
            said.flatMap { reader.choice($0, "as", Geometry.Primitive.self) } ?? own
        }
        switch kind.key {
        case "grid":
            return pair(kind.node, "grid", "columns and rows", 1...most, 1...most)
                .map { .grid(columns: $0, rows: $1) }
        case "sphere":
            return whole(kind.node, "sphere", "segments from pole to pole", 2...1024)
                .map { .sphere(segments: $0) }
        case "points": return whole(kind.node, "points", "how many", 1...most).map { .points($0) }
        case "patches":
            return pair(kind.node, "patches", "how many, and vertices of each", 1...most, 1...32)
                .map { .patches($0, vertices: $1) }
        case "vertices":
            let form = primitive(&self, .triangles)
            return whole(kind.node, "vertices", "how many", 1...most).map { .vertices($0, form) }
        case "mesh":
            guard let name = name(kind.node, "mesh", "a name of [mesh], in quotes") else {
                return nil
            }
            let names = plan.meshes.map(\.name)
            guard names.contains(name) else {
                error(
                    kind.node,
                    "there is no mesh '\(name)': [mesh] names its file"
                        + (Nearest.match(name, among: names).map { "; did you mean '\($0)'?" }
                            ?? ""),
                    token: name)
                return nil
            }
            return .mesh(name)
        default:
            let form = primitive(&self, .points)
            return name(kind.node, "feedback", "the name of a captured buffer, in quotes")
                .map { .feedback(buffer: $0, form) }
        }
    }

    private mutating func pair(
        _ node: PlanNode, _ key: String, _ what: String, _ first: ClosedRange<Int>,
        _ second: ClosedRange<Int>
    ) -> (Int, Int)? {
        guard let items = node.items, items.count == 2 else {
            error(node, "\(key) is two numbers, \(what): [64, \(min(64, second.upperBound))]")
            return nil
        }
        guard let a = whole(items[0], key, what, first), let b = whole(items[1], key, what, second)
        else { return nil }
        return (a, b)
    }

    /// Refuses more vertices than a frame should have, all instances together.
    mutating func checkCount(
        _ drawing: inout SketchPlan.Drawing, _ node: PlanNode, _ entries: [PlanNode.Entry]
    ) {
        let each: [Int]
        switch drawing.geometry {
        case .grid(let columns, let rows)?: each = [columns, rows, 6]
        case .sphere(let segments)?: each = [segments, segments, 12]
        case .points(let count)?, .vertices(let count, _)?: each = [count]
        case .patches(let count, let vertices)?: each = [count, vertices]
        case .picture?, .cube?, .mesh?, .feedback?, nil: each = []
        }
        let count = (each + [drawing.instances ?? 1]).reduce(1.0) { $0 * Double($1) }
        guard count > Double(VertexPlan.limit) else { return }
        (drawing.geometry, drawing.instances) = (nil, nil)
        let place = entries.first { $0.key == "geometry" || $0.key == "instances" }?.node ?? node
        error(
            place,
            "\(count.plain) vertices, all instances together; \(VertexPlan.limit) are the most of a pass"
        )
    }

    // MARK: Captures

    private mutating func capture(_ node: PlanNode) -> CapturePlan? {
        let example = "capture = { varyings = [\"place\"], buffer = \"flow\" }"
        guard let entries = node.entries else {
            error(node, "capture is a table: \(example)")
            return nil
        }
        let keys = ["varyings", "buffer", "draw"]
        for entry in entries where !keys.contains(entry.key) {
            unknown(entry, keys, in: "capture")
        }
        func said(_ key: String) -> PlanNode? { entries.first { $0.key == key }?.node }
        guard let list = said("varyings"), let into = said("buffer") else {
            error(
                node,
                "capture lacks '\(said("varyings") == nil ? "varyings" : "buffer")': \(example)")
            return nil
        }
        guard let items = list.items, (1...Limits.varyings).contains(items.count) else {
            error(list, "varyings is a list of 1 to \(Limits.varyings) names, in quotes")
            return nil
        }
        let names = items.compactMap { name($0, "a varying", "a name, in quotes") }
        if let twice = names.indices.first(where: { names[..<$0].contains(names[$0]) }) {
            error(items[twice], "the varying '\(names[twice].shown)' stands here twice")
            return nil
        }
        let draws = said("draw").flatMap { flag($0, "draw") } ?? true
        guard let buffer = name(into, "buffer", "the buffer's name, in quotes"),
            names.count == items.count
        else { return nil }
        return CapturePlan(varyings: names, buffer: buffer, drawsNothing: !draws)
    }
}
