/// Lines by which editors have Shadertoy's sources name their inputs: `#iChannel0 "file://bufferA.glsl"`, `"self"`, and
/// how they are read: `#iChannel0::WrapMode "Repeat"`.
///
/// Known from the Shadertoy extension of Visual Studio Code, which has ten channels, takes apostrophes for quotes, and in
/// its first versions wanted neither: `#iChannel0 buf://self`. No compiler takes such a line, so that it is left out.
enum ChannelDirective {
    /// Whether a directive is one, or another one of that extension's.
    static func isOne(_ name: String) -> Bool {
        ["iKeyboard", "iUniform", "iVertex", "iFirstPersonControls", "StrictCompatibility"]
            .contains(name) || channel(name) != nil
    }

    /// Whether a text has such a line.
    static func isIn(_ outline: SourceOutline) -> Bool {
        outline.directives.contains { isOne($0.name) }
    }

    /// The channel that a directive is about.
    static func channel(_ name: String) -> String? {
        Words.channels.first { $0 == name } ?? Self.more.first { $0 == name }
    }

    /// The channels that a text has in its lines beyond Shadertoy's four.
    static func more(in outline: SourceOutline) -> [String] {
        more.filter { name in outline.directives.contains { $0.name == name } }
    }

    private static let more = (4...9).map { "iChannel\($0)" }

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
            guard let channel = channel(directive.name) else { continue }
            var rest = rest(of: directive, in: outline)
            var said = found[channel] ?? Said()
            if rest.hasPrefix("::") {
                let key = rest.dropFirst(2).prefix { $0.isLetter }
                rest = rest.dropFirst(2 + key.count).drop { $0.isWhitespace }
                guard !rest.isEmpty else { continue }
                said.read(String(key), unquoted(rest))
            } else if !rest.isEmpty {
                (said.want, said.line) = (want(unquoted(rest)), directive.line)
            } else {
                continue
            }
            found[channel] = said
        }
        return found
    }

    /// What stands behind a directive's name on its line: bytes, since without quotes `file://` begins a comment.
    private static func rest(
        of directive: SourceOutline.Directive, in outline: SourceOutline
    ) -> Substring {
        let start = directive.items.first?.range.upperBound ?? outline.bytes.count
        let line = outline.bytes[start...].prefix {
            $0 != Byte.newline && $0 != Byte.carriageReturn
        }
        return String(decoding: line, as: UTF8.self)[...].drop { $0.isWhitespace }
    }

    /// What stands in quotes, or to the next blank.
    private static func unquoted(_ text: Substring) -> String {
        guard let quote = text.first, quote == "\"" || quote == "'" else {
            return String(text.prefix { !$0.isWhitespace })
        }
        return String(text.dropFirst().prefix { $0 != quote })
    }

    private static func want(_ quoted: String) -> Want {
        let scheme = ["file://", "buf://"].first { quoted.hasPrefix($0) } ?? ""
        let path = String(quoted.dropFirst(scheme.count))
        if path.lowercased() == "self" { return .own }
        if quoted.lowercased().contains("keyboard") { return .keyboard }
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
