/// A file's name by what it says of a stage.
public struct PairForm: Sendable, Equatable {
    /// What it is a stage of; empty where the name says nothing else.
    public let stem: String
    /// The stage.
    public let stage: Stage
    /// Whether it is said with dots on both sides, so that nobody could mean anything else.
    let isPlain: Bool
    /// What stands before and behind the stage's word, and which words they are.
    private let before: String
    private let after: String
    private let row: [Stage: String]
    private let word: String

    /// The words by which people name stages, one row a habit.
    private static let rows: [[Stage: String]] = [
        [
            .vertex: "vert", .fragment: "frag", .geometry: "geom", .tessellationControl: "tesc",
            .tessellationEvaluation: "tese", .compute: "comp",
        ],
        [.vertex: "vertex", .fragment: "fragment", .geometry: "geometry", .compute: "compute"],
        [
            .vertex: "vs", .fragment: "fs", .geometry: "gs", .tessellationControl: "tcs",
            .tessellationEvaluation: "tes", .compute: "cs",
        ],
        [.vertex: "vsh", .fragment: "fsh", .geometry: "gsh"],
        [.vertex: "v", .fragment: "f", .geometry: "g"],
        [.vertex: "vertexshader", .fragment: "fragmentshader", .geometry: "geometryshader"],
        [.vertex: "glslv", .fragment: "glslf", .geometry: "glslg"],
    ]

    /// The rows whose words are endings: `a.vert` beside `a.frag` is a sketch of its own.
    private static let endings: Set<String> = ["vs", "vsh", "vertex", "vertexshader", "glslv"]

    /// A name that tells a stage where others of its kind lie beside it: `a.vert.glsl`, `a.gs`; nil for any other, and for
    /// those whose ending alone tells (`a.vert`).
    public init?(_ name: String) {
        guard Stage(fileName: name) == nil else { return nil }
        self.init(beside: name)
    }

    /// The same, and besides what an ending tells that has a pair: `a.fs`.
    public init?(beside name: String) {
        guard name.lowercased().hasSuffix(".glsl") else {
            self.init(ending: name)
            guard let vertex = row[.vertex], Self.endings.contains(vertex) else { return nil }
            return
        }
        let after = String(name.suffix(5))
        let bare = name.dropLast(5)
        let split = bare.lastIndex { $0 == "." || $0 == "_" || $0 == "-" }
        let word = split.map { bare[bare.index(after: $0)...] } ?? bare
        let isDotted = split.map { bare[$0] == "." } ?? false
        guard word.count > 1 || isDotted else { return nil }
        self.init(
            stem: split.map { String(bare[..<$0]) } ?? "",
            before: split.map { String(bare[...$0]) } ?? "", word: String(word), after: after,
            isPlain: isDotted)
    }

    /// A name whose ending is the word: `a.vs`; nil for any other.
    private init?(ending name: String) {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
        self.init(
            stem: String(name[..<dot]), before: String(name[...dot]),
            word: String(name[name.index(after: dot)...]), after: "", isPlain: false)
    }

    private init?(stem: String, before: String, word: String, after: String, isPlain: Bool) {
        let lower = word.lowercased()
        for row in Self.rows {
            guard let stage = row.first(where: { $0.value == lower })?.key else { continue }
            (self.stem, self.stage, self.isPlain) = (stem, stage, isPlain)
            (self.before, self.after, self.row) = (before, after, row)
            self.word = word
            return
        }
        return nil
    }

    /// The name that another stage of the same has; nil where the habit has no word for it.
    public func name(of stage: Stage) -> String? {
        guard let other = row[stage] else { return nil }
        guard word.first?.isUppercase == true else { return before + other + after }
        // `A.FS` has an `A.VS`, `A.Fs` an `A.Vs`.
        let isWhole = word.allSatisfy { !$0.isLowercase }
        let rest = other.dropFirst()
        return before + other.prefix(1).uppercased() + (isWhole ? rest.uppercased() : String(rest))
            + after
    }
}
