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
        /// A picture or sound that the sketch does not bring along.
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
        return isCode ? .pass(name) : .other(path)
    }
}
