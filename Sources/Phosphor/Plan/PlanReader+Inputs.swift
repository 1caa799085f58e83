import GLSL

/// What a pass's samplers read.
extension PlanReader {
    /// Pictures that are always there, by the names that `sketch.toml` has for them.
    static let ownPictures: [(name: String, picture: PictureSource)] = [
        ("keyboard", .keyboard), ("audio", .audio), ("spectrum", .spectrum), ("test", .test),
        ("noise", .noise), ("black", .black),
    ]
    private static let sources = ["pass", "previous", "texture", "image", "own"]

    mutating func readInputs(_ node: PlanNode, _ pass: inout SketchPlan.Pass) {
        let example = "inputs = { iChannel0 = \"trails\" }"
        guard let entries = node.entries else {
            return error(node, "inputs is a table of samplers: \(example)")
        }
        for entry in entries {
            guard pass.inputs.count < Limits.inputs else {
                return error(
                    entry.node, "more than \(Limits.inputs) inputs: those from here on are left out"
                )
            }
            note("pass.\(pass.name).inputs.\(entry.key)", entry.node)
            guard !entry.key.isEmpty, entry.key.utf8.count <= 256 else {
                error(entry.node, "an input is called as its sampler is: \(example)")
                continue
            }
            guard let (picture, sampling, shape) = input(entry.node, entry.key) else { continue }
            pass.inputs.append(
                UniformBinding(entry.key, .sampler(picture, sampling), shape: shape))
        }
    }

    private mutating func input(
        _ node: PlanNode, _ key: String
    ) -> (PictureSource, Sampling, PictureShape?)? {
        if node.text != nil {
            guard let name = name(node, key, "the name of a picture") else { return nil }
            let picture = picture(called: name)
            return (picture, ownSampling(picture), nil)
        }
        let forms =
            "an input is a name in quotes, or a table such as { texture = \"wall\", filter = \"mipmap\" }, "
            + "{ previous = \"trails\" }, { pass = \"trails\", wrap = \"repeat\" }"
        guard let entries = node.entries else {
            error(node, forms + "; not \(node.kindName)")
            return nil
        }
        let keys = Self.sources + ["filter", "wrap", "flip", "as"]
        for entry in entries where !keys.contains(entry.key) {
            unknown(entry, keys, in: "an input")
        }
        let kinds = entries.filter { Self.sources.contains($0.key) }
        guard kinds.count == 1, let kind = kinds.first else {
            error(node, kinds.isEmpty ? forms : "an input reads one picture, not several")
            return nil
        }
        guard let name = name(kind.node, kind.key, "a name in quotes"),
            let picture = picture(kind.key, name, kind.node)
        else { return nil }
        return (picture, sampling(entries, over: ownSampling(picture)), shape(entries))
    }

    private mutating func shape(_ entries: [PlanNode.Entry]) -> PictureShape? {
        let entry = entries.first { $0.key == "as" }
        return entry.flatMap { choice($0.node, "as", PictureShape.self) }
    }

    /// What a name alone means: a texture or an image of this file, a picture that is always there, or a pass.
    private func picture(called name: String) -> PictureSource {
        if plan.texture(name) != nil { return .texture(name) }
        if plan.images.contains(where: { $0.name == name }) { return .image(name) }
        return Self.ownPictures.first { $0.name == name }?.picture ?? .pass(name)
    }

    private mutating func picture(
        _ key: String, _ name: String, _ node: PlanNode
    ) -> PictureSource? {
        func find(_ names: [String], _ what: String, _ found: PictureSource) -> PictureSource? {
            if names.contains(name) { return found }
            error(
                node,
                "there is no \(what) '\(name.shown)'"
                    + (Nearest.match(name, among: names).map { "; did you mean '\($0)'?" } ?? ""),
                token: name)
            return nil
        }
        switch key {
        case "pass": return .pass(name)
        case "previous": return .previous(name)
        case "texture":
            return find(plan.textures.map(\.name), "texture", .texture(name))
        case "image": return find(plan.images.map(\.name), "image", .image(name))
        default:
            if let own = Self.ownPictures.first(where: { $0.name == name }) { return own.picture }
            let names = Self.ownPictures.map(\.name)
            error(
                node,
                "there is no picture '\(name.shown)' of our own" + Self.meant(name, names),
                token: name)
            return nil
        }
    }

    /// How a picture is read where nothing else is said.
    private func ownSampling(_ picture: PictureSource) -> Sampling {
        switch picture {
        case .texture(let name): plan.texture(name)?.sampling ?? Sampling(.mipmap, .repeat)
        case .test, .noise: Sampling(.mipmap, .repeat)
        case .keyboard: Sampling(.nearest)
        default: Sampling()
        }
    }
}
