/// One text of a sketch, by what it is for: a stage of a pass, or what all passes share.
///
/// Its name is that of its file where a folder's files are named after their passes: `frag` is the picture's own
/// fragment stage, `bufferA.frag` that of the pass `bufferA`, `common` what is put before every stage, and any other
/// name, as `noise.glsl`, that of a file which others include.
public struct SketchPart: RawRepresentable, Hashable, Codable, Sendable {
    /// The name, as the journal and the command `stage` have it.
    public let rawValue: String

    /// A part by its name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// A stage of a pass; of the pass that is shown where none is named.
    public init(_ stage: Stage, pass: String = "") {
        rawValue = pass.isEmpty ? stage.rawValue : "\(pass).\(stage.rawValue)"
    }

    /// What is put before the text of every stage, as Shadertoy's Common.
    public static let common = SketchPart(rawValue: "common")

    /// What the sketch says of itself that GLSL cannot say.
    public static let plan = SketchPart(rawValue: "sketch.toml")

    /// What its first line is lexed with.
    public var firstState: LineState { self == .plan ? .toml : .initial }

    /// Its stage; nil where it is a text that stages include.
    public var stage: Stage? { Stage(rawValue: rawValue) ?? Stage(fileName: rawValue) }

    /// The pass that it belongs to; empty for the one that is shown, and for what all share.
    public var pass: String {
        guard stage != nil, let dot = rawValue.lastIndex(of: ".") else { return "" }
        return String(rawValue[..<dot])
    }
}

extension SketchPart: Comparable {
    /// What all share comes first, then the passes by name, the one that is shown last; in each the pipeline's order.
    public static func < (a: SketchPart, b: SketchPart) -> Bool { a.sortKey < b.sortKey }

    private var sortKey: (Int, String, Int, String) {
        guard let stage else { return (0, "", 0, rawValue) }
        return (pass.isEmpty ? 2 : 1, pass, stage.order, rawValue)
    }
}
