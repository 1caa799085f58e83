/// Lines by which editors have Shadertoy's sources name their inputs: `#iChannel0 "file://bufferA.glsl"`, `"self"`, and
/// how they are read: `#iChannel0::WrapMode "Repeat"`.
///
/// Known from the Shadertoy extension of Visual Studio Code. No compiler takes such a line, so that it is left out.
enum ChannelDirective {
    /// Whether a directive is one, or another one of that extension's.
    static func isOne(_ name: String) -> Bool {
        ["iKeyboard", "iUniform", "iVertex", "StrictCompatibility"].contains(name)
            || channel(name) != nil
    }

    /// The channel that a directive is about.
    static func channel(_ name: String) -> String? { Words.channels.first { $0 == name } }

    /// What a directive wants a channel to read.
    enum Want {
        case own
        case keyboard
        /// What another text draws, with the text's file.
        case pass(String, path: String)
        /// A picture that the sketch brings along; six files for a cube map.
        case picture(name: String, paths: [String])
        /// What the sketch does not bring along: sound, films, what lies elsewhere in the net.
        case other(String)
    }

    /// What lines say of a channel.
    struct Said {
        var want: Want?
        /// The line that says what it reads.
        var line = 1
        var filter: Sampling.Filter?
        var wrap: Sampling.Wrap?

        /// The same picture, read as the lines have it.
        func applied(to source: UniformSource) -> UniformSource {
            guard case .sampler(let picture, var sampling) = source else { return source }
            sampling.filter = filter ?? sampling.filter
            sampling.wrap = wrap ?? sampling.wrap
            return .sampler(picture, sampling)
        }
    }

    /// What a text says of its channels, by their names.
    static func wants(in outline: SourceOutline) -> [String: Said] {
        var found: [String: Said] = [:]
        for directive in outline.directives {
            guard let channel = channel(directive.name), let last = directive.items.last,
                directive.items.count > 1, last.kind == .string
            else { continue }
            let quoted = outline.text(last).filter { $0 != "\"" }
            var said = found[channel] ?? Said()
            if directive.items.count == 2 {
                (said.want, said.line) = (want(quoted), directive.line)
            } else {
                let key = outline.text(directive.items[directive.items.count - 2])
                said.read(key, quoted)
            }
            found[channel] = said
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
        if isCode, !path.contains("://") { return .pass(name, path: path) }
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

extension ChannelDirective.Said {
    /// What stands behind `::`, with its value: `MinFilter "LinearMipMapLinear"`, `WrapMode "Clamp"`.
    fileprivate mutating func read(_ key: String, _ value: String) {
        let value = value.lowercased()
        switch key {
        // How a picture is made smaller says more than how it is made larger.
        case "MinFilter":
            filter = value.contains("mipmap") ? .mipmap : value == "nearest" ? .nearest : .linear
        case "MagFilter": filter = filter ?? (value == "nearest" ? .nearest : nil)
        case "WrapMode":
            wrap = value == "repeat" ? .repeat : value == "mirror" ? .mirror : .clamp
        default: break
        }
    }
}
