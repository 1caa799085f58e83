extension UniformBinder {
    /// Says which attributes of a pass's vertex stage nothing feeds.
    mutating func sayOfAttributes(_ parts: [StagePart], _ draw: DrawPlan?) {
        guard let vertex = parts.first(where: { $0.stage == .vertex }) else { return }
        let attributes = vertex.interface.variables("in", "attribute").filter {
            !$0.name.hasPrefix("gl_") && vertex.outline.count(of: $0.name) > 1
        }
        guard !attributes.isEmpty else { return }
        let text = String(decoding: vertex.outline.bytes, as: UTF8.self)
        let geometry = draw?.geometry ?? VertexPlan(text: text)?.plan.geometry
        // What a capture left has names of its own.
        if case .feedback? = geometry { return }
        let isFed = geometry?.hasStreams ?? false
        let streams = VertexStream.streams(
            of: attributes.map { ($0.name, $0.type, Self.location($0)) })
        for (attribute, stream) in zip(attributes, streams) {
            // Without a layout the driver chooses the location, which may be one that is fed.
            let mayBePlaced = attribute.layout == nil && attributes.count <= 3 && stream == nil
            let isMatrix = attribute.type.hasPrefix("mat")
            guard !isFed || (stream == nil && !(mayBePlaced && attribute.type != "float")) else {
                continue
            }
            sayOnce(
                vertex.problem(
                    .note, line: attribute.line, token: attribute.name,
                    "nothing feeds the attribute \(attribute.name): it is \(isMatrix ? "the identity" : "0")"
                ))
        }
    }

    /// The number in `layout(location = 1)`; nil for none.
    private static func location(_ variable: InterfaceVariable) -> Int? {
        let words = (variable.layout ?? "").split { !$0.isLetter && !$0.isNumber }
        guard let index = words.firstIndex(of: "location"), index + 1 < words.count else {
            return nil
        }
        return Int(words[index + 1])
    }
}
