/// What a frame may take.
public enum FrameBudget: Sendable, Equatable {
    /// So many milliseconds of GPU time.
    case milliseconds(Double)
    /// Any time.
    case off

    /// The milliseconds; nil for any time.
    public var limit: Double? {
        if case .milliseconds(let value) = self { value } else { nil }
    }

    /// The budget that a source asks for in a comment: `// @budget 12` in milliseconds, or `// @budget off`.
    ///
    /// The last one counts. Outside comments it means nothing, and neither does one without a number above 0.
    public static func note(in source: String) -> FrameBudget? {
        let bytes = Array(source.utf8)
        // Lexing costs more than looking, and nearly no text has one.
        guard Self.contains(bytes, Array("@budget".utf8)) else { return nil }
        var found: FrameBudget?
        for token in Lexer.tokens(of: source) where token.kind == .comment {
            let words = String(decoding: bytes[token.range], as: UTF8.self)
                .split { $0 == " " || $0 == "\t" || $0 == "\r" }
            for (word, next) in zip(words, words.dropFirst()) where word.hasSuffix("@budget") {
                let figure = next.prefix { $0.isNumber || $0 == "." }
                if next.prefix(while: \.isLetter) == "off" {
                    found = .off
                } else if let value = Double(figure),
                    (0.001...100_000).contains(value),
                    !next.dropFirst(figure.count).contains(where: {
                        $0.isLetter && $0 != "m" && $0 != "s"
                    })
                {
                    found = .milliseconds(value)
                }
            }
        }
        return found
    }

    /// The budget that a sketch's stages ask for, the last stage's first.
    public static func note(in source: SketchSource) -> FrameBudget? {
        source.stages.sorted { $0.key > $1.key }.lazy.compactMap { note(in: $0.value.text) }.first
    }

    /// Whether some bytes hold others.
    static func contains(_ bytes: [UInt8], _ word: [UInt8]) -> Bool {
        guard bytes.count >= word.count else { return false }
        return (0...(bytes.count - word.count)).contains {
            bytes[$0] == word[0] && bytes[$0..<($0 + word.count)].elementsEqual(word)
        }
    }
}

extension SketchSource {
    /// Where the program begins for its writer: the stage, file and line of `mainImage`, `mainVR`, `getSceneColor` or `main`.
    ///
    /// It is where verdicts stand that mean the program as a whole. Nil where no stage has either.
    public var entry: (stage: Stage, file: String, line: Int)? {
        let stages = parted.source.stages
        let order = stages.keys.sorted {
            ($0 == .fragment ? 9 : $0.order) > ($1 == .fragment ? 9 : $1.order)
        }
        for stage in order {
            guard let part = stages[stage] else { continue }
            let bytes = Array(part.text.utf8)
            for name in ["mainImage", "mainVR", "getSceneColor", "main"] {
                let token = Lexer.tokens(of: part.text).first {
                    $0.kind == .function && bytes[$0.range].elementsEqual(name.utf8)
                }
                guard let token else { continue }
                let line = bytes[..<token.range.lowerBound].count { $0 == 0x0A } + 1
                return (stage, part.file, line)
            }
        }
        return nil
    }
}
