import GLSL

extension FuzzTarget {
    /// Tokens come in order, inside the source, and leave out nothing but blanks, ends of lines and backslashes.
    func lex(_ bytes: [UInt8]) throws(Broken) {
        let tokens = bytes.withUnsafeBufferPointer { Lexer.tokens(of: $0) }
        var end = 0
        for token in tokens {
            try hold(
                token.range.lowerBound >= end && token.range.upperBound <= bytes.count
                    && !token.range.isEmpty,
                "a token at \(token.range) after one that ends at \(end)")
            for index in end..<token.range.lowerBound {
                try hold(isBlank(bytes[index]), "byte \(index) belongs to no token")
            }
            end = token.range.upperBound
        }
        for index in end..<bytes.count {
            try hold(isBlank(bytes[index]), "byte \(index) belongs to no token")
        }
        // A line at a time, as the editor does.
        var state = LineState.initial
        var line: [Token] = []
        for part in bytes.split(separator: 10, omittingEmptySubsequences: false) {
            line.removeAll(keepingCapacity: true)
            let part = Array(part)
            state = part.withUnsafeBufferPointer { Lexer.lex(line: $0, state: state, into: &line) }
            try hold(
                line.allSatisfy { $0.range.upperBound <= part.count },
                "a token behind its line's end")
        }
    }

    private func isBlank(_ byte: UInt8) -> Bool {
        [9, 10, 11, 12, 13, 32, UInt8(ascii: "\\")].contains(byte)
    }

    /// What is assembled keeps its lines, and messages on any line land on one of the user's.
    func assemble(_ bytes: [UInt8]) throws(Broken) {
        guard let program = assembled(bytes) else { return }
        for stage in program.passes.flatMap(\.stages) {
            let lines = stage.text.utf8.count { $0 == 10 } + 1
            let log = [1, 2, lines / 2, lines, lines + 1, 1 << 40].map {
                "0:\($0)(1): error: `x' undeclared"
            }
            for diagnostic in LogReader.read(log.joined(separator: "\n"), of: stage) {
                try hold((diagnostic.line ?? 1) >= 1, "a message on line \(diagnostic.line ?? 0)")
                try hold((diagnostic.column ?? 1) >= 1, "a message in no column")
            }
        }
    }

    /// A program of the stages that the bytes hold; a byte of 255 parts them.
    func assembled(_ bytes: [UInt8]) -> AssembledProgram? {
        let parts = bytes.split(separator: 255, maxSplits: 5, omittingEmptySubsequences: false)
        var stages: [Stage: StageText] = [:]
        for (part, stage) in zip(parts, [.fragment, .vertex] + Stage.allCases.dropFirst()) {
            guard stages[stage] == nil else { continue }
            stages[stage] = StageText(
                text: String(decoding: part, as: UTF8.self), file: "fuzz.\(stage.rawValue)")
        }
        return try? Assembler.assemble(SketchSource(stages: stages, name: "fuzz")).get()
    }

    /// Whatever a driver says, what is read from it lies on lines and columns that there can be, and ends.
    func readLog(_ bytes: [UInt8]) throws(Broken) {
        let log = String(decoding: bytes, as: UTF8.self)
        var all = LogReader.read(log, stage: .fragment, map: nil)
        if let stage = Self.example?.passes[0].stages.first(where: { $0.stage == .fragment }) {
            all += LogReader.read(log, of: stage)
        }
        if let pass = Self.example?.passes.first { all += LogReader.read(log, of: pass) }
        try hold(all.count <= 600, "\(all.count) messages")
        for diagnostic in all {
            try hold((diagnostic.line ?? 1) >= 1, "a message on line \(diagnostic.line ?? 0)")
            try hold((diagnostic.column ?? 1) >= 1, "a message in column \(diagnostic.column ?? 0)")
        }
    }

    private static let example: AssembledProgram? = {
        let text = """
            float wave(float x) { return sin(x) }
            void mainImage(out vec4 color, in vec2 pixel) {
                vec2 p = pixel / iResolution.xy; // größer
                color = vec4(wave(p.x), p.y, undeclared, 1.0);
            }

            """
        let source = SketchSource(
            stages: [.fragment: StageText(text: text, file: "a.frag")], name: "a")
        return try? Assembler.assemble(source).get()
    }()
}
