import GLSL

extension AssembledProgram {
    /// Reads compilers' logs of this program into diagnostics on the user's lines.
    func diagnostics(_ logs: [StageLog]) -> [Diagnostic] {
        var result: [Diagnostic] = []
        for log in logs {
            for diagnostic in read(log) where !result.contains(diagnostic) {
                result.append(diagnostic)
            }
        }
        // Where a text's own host begins variables with zeros, so do we; beside errors it is a guess of the driver's.
        let isBegun = dialect != .plain || result.contains { $0.severity == .error }
        return isBegun ? result.filter { !$0.isOfNoBeginning } : result
    }

    /// Reads one log beside the texts that it speaks of, which give true columns, and lines to a linker's names.
    private func read(_ log: StageLog) -> [Diagnostic] {
        let pass = passes.indices.contains(log.pass) ? passes[log.pass] : nil
        guard let stage = log.stage else {
            // A linker's log may speak of each stage under a heading of its own.
            return pass.map { LogReader.read(log.text, of: $0) }
                ?? LogReader.read(log.text, maps: [:])
        }
        return pass?.stages.first { $0.stage == stage }.map { LogReader.read(log.text, of: $0) }
            ?? LogReader.read(log.text, stage: stage, map: nil)
    }

    /// The driver's errors of a refused program: never empty, whatever the driver leaves unsaid.
    func driverErrors(_ logs: [StageLog]) -> [Diagnostic] {
        let found = diagnostics(logs)
        if found.contains(where: { $0.severity == .error }) { return found }
        let said = logs.map(\.text).joined(separator: "\n").cut(toBytes: 400)
        return found + [
            Diagnostic(
                message: said.isEmpty
                    ? "The driver refuses this program and does not say why."
                    : "The driver refuses this program: \(said)")
        ]
    }

    /// The driver's errors with those of glslang that say something new.
    ///
    /// The driver's come first. Of glslang's, an error on a line that already has one with the same token, or with
    /// hardly another meaning, is left out: two voices saying the same are noise.
    func merge(driver: [Diagnostic], glslang: [Diagnostic]) -> [Diagnostic] {
        var result = driver
        for addition in glslang where addition.severity == .error {
            guard let line = addition.line else { continue }
            let same = result.contains {
                $0.line == line && $0.stage == addition.stage && $0.means(addition)
            }
            if !same { result.append(addition) }
        }
        return result
    }
}

extension Diagnostic {
    /// Whether it warns of a variable that is read before it is written.
    fileprivate var isOfNoBeginning: Bool {
        severity == .warning && message.contains("used uninitialized")
    }

    /// Whether another diagnostic on the same line says the same in other words.
    fileprivate func means(_ other: Diagnostic) -> Bool {
        if let token, let second = other.token, !token.isEmpty, token == second { return true }
        let (mine, theirs) = (Self.topics(message), Self.topics(other.message))
        if !mine.isDisjoint(with: theirs) { return true }
        // Both quote the words behind `#error`.
        if message.hasPrefix("#error"), other.token == "#error" { return true }
        // Names that the messages quote: `undeclared` about x and `undefined variable "x"` are one.
        if let second = other.token,
            message.contains("`\(second)'") || message.contains("'\(second)'")
        {
            return true
        }
        return false
    }

    private enum Topic { case syntax, undeclared, types }

    private static func topics(_ message: String) -> Set<Topic> {
        let message = message.lowercased()
        var topics: Set<Topic> = []
        if message.contains("syntax") || message.contains("unexpected") { topics.insert(.syntax) }
        if [
            "undeclared", "undefined", "no function with name", "no matching function",
            "not declared",
        ]
        .contains(where: message.contains) {
            topics.insert(.undeclared)
        }
        if [
            "convert", "type mismatch", "initializer of type", "operands", "wrong operand",
            "cannot be assigned",
        ]
        .contains(where: message.contains) {
            topics.insert(.types)
        }
        return topics
    }
}
