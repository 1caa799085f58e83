extension StagePart {
    /// Has parameters that a function gives back begin with zeros, as they do where WebGL is translated.
    ///
    /// Without it `void mainImage(out vec4 color, in vec2 pixel) { color += … }` begins with whatever was there. Locals
    /// are begun by the driver (`GuestConfiguration`), which leaves these out.
    func beginOutputs(_ patches: inout TextPatches) {
        for index in outline.items.indices where outline.item(index, is: "(") {
            guard index >= 2, outline.items[index - 1].kind != .keyword,
                [.type, .identifier, .keyword].contains(outline.items[index - 2].kind),
                let close = outline.closing(index), outline.item(close + 1, is: "{")
            else { continue }
            let text = outline.outputs(index + 1..<close)
                .map { " \($0.name) = \($0.type)(0);" }.joined()
            guard !text.isEmpty else { continue }
            let end = outline.items[close + 1].range.upperBound
            patches.replace(end..<end, with: text)
        }
    }
}

extension SourceOutline {
    /// The parameters of a list that are `out` and numbers, with their types.
    fileprivate func outputs(_ list: Range<Int>) -> [(type: String, name: String)] {
        var found: [(type: String, name: String)] = []
        for index in list where item(index, is: "out") {
            var place = index + 1
            while place < list.upperBound, items[place].kind == .keyword { place += 1 }
            guard place + 1 < items.count, items[place].kind == .type,
                items[place + 1].kind == .identifier || items[place + 1].kind == .builtinVariable,
                item(place + 2, is: ",") || item(place + 2, is: ")")
            else { continue }
            let type = text(items[place])
            let isNumbers =
                ["float", "int", "uint", "bool"].contains(type)
                || ["vec", "ivec", "uvec", "bvec", "mat"].contains { type.hasPrefix($0) }
            if isNumbers { found.append((type, text(items[place + 1]))) }
        }
        return found
    }
}
