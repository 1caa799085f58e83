/// The texts of one pass.
struct PassTexts {
    var name: String
    var stages: [Stage: StageText]
    /// What the sketch's plan says of it; nil for nothing.
    var plan: SketchPlan.Pass?

    /// The texts of a sketch by pass, in the order in which they are drawn; the picture's own is always among them.
    ///
    /// Passes that the plan does not name come first, by name; then those that it names, in its order; the picture last,
    /// unless the plan says otherwise.
    static func all(of source: SketchSource) -> [PassTexts] {
        var byName: [String: [Stage: StageText]] = [:]
        for (part, text) in source.parts {
            guard let stage = part.stage else { continue }
            let name = part.pass.isEmpty ? Assembler.shownPass : part.pass
            // `frag` before `image.frag`, whichever comes first here.
            if byName[name]?[stage] != nil, !part.pass.isEmpty { continue }
            byName[name, default: [:]][stage] = text
        }
        if byName[Assembler.shownPass] == nil { byName[Assembler.shownPass] = [:] }
        let planned = source.plan.passes
        let shown = Assembler.shownPass
        let isShownPlanned = planned.contains { $0.name == shown }
        var order = byName.keys.filter { name in
            name != shown && !planned.contains { $0.name == name }
        }.sorted { (key($0), $0) < (key($1), $1) }
        for pass in planned where byName[pass.name] != nil && !order.contains(pass.name) {
            order.append(pass.name)
        }
        if !isShownPlanned { order.append(shown) }
        return order.map { name in
            PassTexts(
                name: name, stages: byName[name] ?? [:], plan: planned.first { $0.name == name })
        }
    }

    /// A name in which `Buffer A`, `bufferA`, `buf_a` and `buf0` are one.
    static func key(_ name: String) -> String {
        let letters = name.lowercased().filter { $0.isLetter || $0.isNumber }
        guard letters.hasPrefix("buf") else { return letters }
        let rest = letters.dropFirst(letters.hasPrefix("buffer") ? 6 : 3)
        return "buffer" + (["0": "a", "1": "b", "2": "c", "3": "d"][rest] ?? String(rest))
    }

    /// The letter of Shadertoy's buffer that a pass is, from 0; nil for any other pass.
    static func buffer(_ name: String) -> Int? {
        ["buffera", "bufferb", "bufferc", "bufferd"].firstIndex(of: key(name))
    }
}
