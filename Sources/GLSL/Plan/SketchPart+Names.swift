extension SketchPart {
    /// The vertex stage of the pass that is shown.
    public static let vertex = SketchPart(.vertex)
    /// The tessellation control stage of the pass that is shown.
    public static let tessellationControl = SketchPart(.tessellationControl)
    /// The tessellation evaluation stage of the pass that is shown.
    public static let tessellationEvaluation = SketchPart(.tessellationEvaluation)
    /// The geometry stage of the pass that is shown.
    public static let geometry = SketchPart(.geometry)
    /// The fragment stage of the pass that is shown.
    public static let fragment = SketchPart(.fragment)
    /// The compute stage of the pass that is shown.
    public static let compute = SketchPart(.compute)

    /// The stages of the pass that is shown, in the pipeline's order.
    public static let stages = Stage.allCases.sorted().map { SketchPart($0) }

    /// Shadertoy's buffers.
    public static let buffers = ["A", "B", "C", "D"].map {
        SketchPart(.fragment, pass: "buffer\($0)")
    }

    /// A part by a name as people may write it; nil for none.
    ///
    /// A stage's, short or in full, is that of the pass that is shown; `blur.frag` or `blur.comp` a stage of the pass
    /// `blur`; the pass `image` is the one that is shown. `common` and Shadertoy's buffers, `bufferA` or `Buffer A`, need no ending.
    /// `sketch.toml` is the sketch's plan, `noise.glsl` a file that others include.
    public init?(writtenAs name: String) {
        let word = name.lowercased()
        let known = Stage.allCases.first {
            $0.rawValue == word || $0.name == word || $0.name.filter { $0 != " " } == word
        }
        if let known {
            self.init(known)
        } else if word == Self.common.rawValue {
            self = .common
        } else if word == Self.plan.rawValue {
            self = .plan
        } else if word.hasSuffix(".glsl"), Self.isPassName(name.dropLast(5)) {
            self = word == "common.glsl" ? .common : SketchPart(rawValue: name)
        } else if let buffer = PassTexts.buffer(name) {
            self = Self.buffers[buffer]
        } else if let stage = Stage(fileName: name), let dot = name.lastIndex(of: "."),
            Self.isPassName(name[..<dot])
        {
            let pass = String(name[..<dot])
            self.init(stage, pass: PassTexts.key(pass) == Assembler.shownPass ? "" : pass)
        } else {
            return nil
        }
    }

    /// Whether a pass may be called so: what a file's name can hold on every system, at most 64 characters.
    private static func isPassName(_ name: Substring) -> Bool {
        (1...64).contains(name.count) && !name.hasPrefix(".") && !name.hasPrefix(" ")
            && name.allSatisfy { $0.isLetter || $0.isNumber || "-_. ".contains($0) }
    }

    /// Its name for people: `frag`, `common`, `bufferA` for that pass's fragment stage, `blur.vert` for any other.
    public var title: String {
        stage == .fragment && !pass.isEmpty ? pass : rawValue
    }

    /// What it is, in a sentence: `the vertex stage`, `the fragment stage of the pass bufferA`.
    public var words: String {
        guard let stage else { return "the text '\(rawValue)'" }
        return "the \(stage.name) stage" + (pass.isEmpty ? "" : " of the pass \(pass)")
    }

    /// Whether another part is the same, its pass perhaps written another way: `Buffer A.frag` is `bufferA.frag`.
    public func isSame(as other: SketchPart) -> Bool {
        self == other
            || (stage == other.stage && stage != nil
                && PassTexts.key(pass) == PassTexts.key(other.pass))
    }
}
