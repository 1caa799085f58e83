import GLSL

extension FuzzTarget {
    /// Guarding keeps each token on its line, in its order, and adds no line.
    func guardLoops(_ bytes: [UInt8]) throws(Broken) {
        guard let program = assembled(bytes) else { return }
        let guarded = LoopGuard.guarded(program)
        let (before, after) = (program.passes.flatMap(\.stages), guarded.passes.flatMap(\.stages))
        try hold(before.map(\.stage) == after.map(\.stage), "stages came or went")
        for (old, new) in zip(before, after) {
            let (kept, found) = (placed(old.text), placed(new.text))
            try hold(
                old.text.utf8.count { $0 == 10 } == new.text.utf8.count { $0 == 10 },
                "the number of lines has changed")
            var index = 0
            for token in kept {
                // `main` may become the name of a function that the guard's own calls.
                guard token.text != "main" else { continue }
                while index < found.count, found[index] != token { index += 1 }
                try hold(index < found.count, "'\(token.text)' of line \(token.line) is gone")
                index += 1
            }
        }
    }

    private struct Placed: Equatable {
        var line: Int
        var text: String
    }

    /// Tokens with their lines, comments left out.
    private func placed(_ text: String) -> [Placed] {
        let bytes = Array(text.utf8)
        var (line, position) = (1, 0)
        return Lexer.tokens(of: text).filter { $0.kind != .comment }.map { token in
            while position < token.range.lowerBound {
                if bytes[position] == 10 { line += 1 }
                position += 1
            }
            return Placed(line: line, text: String(decoding: bytes[token.range], as: UTF8.self))
        }
    }
}
