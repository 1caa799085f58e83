/// The texts that a text names by `#iChannel0 "file://bufferA.glsl"`, as the passes whose pictures it reads.
public enum ChannelFiles {
    /// Passes by their names, with the files as the text has them: relative to its own folder, or absolute.
    public static func named(in text: String) -> [(pass: String, path: String)] {
        // Looking is cheaper than lexing, and few texts have one.
        guard FrameBudget.contains(Array(text.utf8), Array("iChannel".utf8)) else { return [] }
        let wants = ChannelDirective.wants(in: SourceOutline(text))
        return wants.sorted { $0.key < $1.key }.compactMap { _, said in
            guard case .pass(let name, let path) = said.want else { return nil }
            return (name, path)
        }
    }
}

extension ProgramAssembly {
    /// What is worth saying of passes that a text names and that are not there.
    func missingNamed(_ passes: [Pass]) -> [Diagnostic] {
        let names = passes.map { PassTexts.key($0.texts.name) }
        return passes.flatMap(\.written).filter { $0.stage == .fragment }.flatMap { part in
            ChannelDirective.wants(in: part.outline).sorted { $0.key < $1.key }.compactMap {
                channel, said -> Diagnostic? in
                guard case .pass(let name, let path) = said.want,
                    !names.contains(PassTexts.key(name))
                else { return nil }
                return part.problem(
                    .warning, line: said.line, token: channel,
                    "there is no pass \(name), so that \(channel) shows a test picture: put \(path) where this line "
                        + "says, or open the folder that has both")
            }
        }
    }
}
