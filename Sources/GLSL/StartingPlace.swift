/// Where and how large somebody begins in a sketch that surrounds them, as comments in the source say.
///
/// RiftRay's own lines: `// @var eyePos 0 1 3` and `// @var headSize 2.5`. The last of each counts. Numbers are read
/// as far as they are some, as RiftRay does, whose own example has `-23.0.993`.
public struct StartingPlace: Sendable, Codable, Equatable {
    /// Where the eyes are at the start, in the world's units; nil where nothing is said.
    public var eyePosition: SIMD3<Float>?
    /// How many of the world's units are a metre of the viewer's: 2 makes them twice as large.
    ///
    /// Nil where nothing is said.
    public var headSize: Float?

    /// Makes a starting place.
    public init(eyePosition: SIMD3<Float>? = nil, headSize: Float? = nil) {
        (self.eyePosition, self.headSize) = (eyePosition, headSize)
    }

    /// Reads one stage's comments; what is out of all bounds, or no number, says nothing.
    public init(source: String) {
        self.init()
        let bytes = Array(source.utf8)
        // Lexing costs more than looking, and few texts have one.
        guard FrameBudget.contains(bytes, Array("@var".utf8)) else { return }
        for token in Lexer.tokens(of: source) where token.kind == .comment {
            let words = String(decoding: bytes[token.range], as: UTF8.self).split {
                $0.isWhitespace || $0 == ","
            }
            guard let mark = words.firstIndex(where: { $0.hasSuffix("@var") }) else { continue }
            let rest = words[(mark + 1)...]
            let numbers = rest.dropFirst().prefix(3).map { Self.number($0) as Float? }
            switch rest.first {
            case "eyePos":
                let place = numbers.compactMap(\.self).filter { abs($0) <= 1e7 }
                if place.count == 3 { eyePosition = SIMD3(place[0], place[1], place[2]) }
            case "headSize":
                if let size = numbers.first ?? nil, (1e-6...1e6).contains(size) { headSize = size }
            default: break
            }
        }
    }

    /// Reads a whole sketch; what the fragment stage says counts before what the others say.
    public init(_ source: SketchSource) {
        self.init()
        let stages = source.stages.sorted { $0.key < $1.key }
        for (_, part) in stages.filter({ $0.key != .fragment })
            + stages.filter({ $0.key == .fragment })
        {
            let own = StartingPlace(source: part.text)
            eyePosition = own.eyePosition ?? eyePosition
            headSize = own.headSize ?? headSize
        }
    }

    /// The number with which a word begins, finite; nil for none.
    static func number<Number: BinaryFloatingPoint & LosslessStringConvertible>(
        _ word: Substring
    ) -> Number? {
        var word = word.prefix { $0.isASCII && ($0.isNumber || "+-.eE".contains($0)) }.prefix(64)
        while !word.isEmpty {
            if let value = Number(String(word)), value.isFinite { return value }
            word.removeLast()
        }
        return nil
    }
}
