/// A line by which editors have Shadertoy's sources name their inputs: `#iChannel0 "file://bufferA.glsl"`, `"self"`.
///
/// Known from the Shadertoy extension of Visual Studio Code. No compiler takes such a line, so that it is left out.
enum ChannelDirective {
    /// Whether a directive is one.
    static func isOne(_ name: String) -> Bool {
        name == "iKeyboard" || name == "iUniform" || name == "iVertex" || channel(name) != nil
    }

    /// The channel that a directive is about.
    static func channel(_ name: String) -> String? { Words.channels.first { $0 == name } }

    /// What a directive wants a channel to read.
    enum Want {
        case own
        case keyboard
        case pass(String)
        /// A picture that the sketch brings along; six files for a cube map.
        case picture(name: String, paths: [String])
        /// What the sketch does not bring along: sound, films, what lies elsewhere in the net.
        case other(String)
    }

    /// What a text wants of its channels, by their names, with the line on which it says so.
    static func wants(in outline: SourceOutline) -> [String: (want: Want, line: Int)] {
        var found: [String: (want: Want, line: Int)] = [:]
        for directive in outline.directives {
            guard let channel = channel(directive.name), directive.items.count > 1,
                directive.items[1].kind == .string
            else { continue }
            let quoted = outline.text(directive.items[1]).filter { $0 != "\"" }
            found[channel] = (want(quoted), directive.line)
        }
        return found
    }

    private static func want(_ quoted: String) -> Want {
        if quoted.lowercased() == "self" { return .own }
        if quoted.lowercased().contains("keyboard") { return .keyboard }
        let path = quoted.hasPrefix("file://") ? String(quoted.dropFirst(7)) : quoted
        let file = path.split(separator: "/").last.map(String.init) ?? path
        let name = file.split(separator: ".").first.map(String.init) ?? file
        let isCode = ["glsl", "frag", "fs"].contains { file.lowercased().hasSuffix("." + $0) }
        if isCode { return .pass(name) }
        let isPicture = ["png", "jpg", "jpeg"].contains { file.lowercased().hasSuffix("." + $0) }
        guard isPicture, !path.contains("://") else { return .other(path) }
        // As that extension has it: `sky_{}.png` are six files.
        let sides = path.contains("{}") ? ["px", "nx", "py", "ny", "pz", "nz"] : []
        return .picture(
            name: path, paths: sides.isEmpty ? [path] : sides.map { path.replacing("{}", with: $0) }
        )
    }

    /// The pictures that a stage's text names in such lines.
    static func textures(of part: StagePart) -> [TexturePlan] {
        wants(in: part.outline).sorted { $0.key < $1.key }.compactMap { _, said in
            guard case .picture(let name, let paths) = said.want else { return nil }
            let place = part.place(said.line)
            return TexturePlan(
                name: name, paths: paths, place: SourcePlace(file: place.file, line: place.line),
                sampling: ShadertoyChannels.textureSampling)
        }
    }
}
