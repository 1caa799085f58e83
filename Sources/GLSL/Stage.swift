/// A programmable stage of the pipeline (OpenGL 4.5 core, chapter 7).
public enum Stage: String, CaseIterable, Codable, Hashable, Comparable, Sendable {
    case vertex = "vert"
    case tessellationControl = "tesc"
    case tessellationEvaluation = "tese"
    case geometry = "geom"
    case fragment = "frag"
    case compute = "comp"

    /// The stage's full name, as a message says it.
    public var name: String {
        switch self {
        case .vertex: "vertex"
        case .tessellationControl: "tessellation control"
        case .tessellationEvaluation: "tessellation evaluation"
        case .geometry: "geometry"
        case .fragment: "fragment"
        case .compute: "compute"
        }
    }

    /// Stages compare in the pipeline's order; compute comes last.
    public static func < (a: Stage, b: Stage) -> Bool { a.order < b.order }

    /// The stage's place in the pipeline, from 0; also the number of its tab less one.
    public var order: Int {
        switch self {
        case .vertex: 0
        case .tessellationControl: 1
        case .tessellationEvaluation: 2
        case .geometry: 3
        case .fragment: 4
        case .compute: 5
        }
    }

    /// The stage that a file's name tells by its extension, as in `glow.frag`; nil for none.
    ///
    /// `.vs` and `.fs` are ISF's, and `.vsh` and `.fsh` as usual elsewhere.
    public init?(fileName: String) {
        guard let dot = fileName.lastIndex(of: ".") else { return nil }
        let ending = fileName[fileName.index(after: dot)...].lowercased()
        switch ending {
        case "vs", "vsh": self = .vertex
        case "fs", "fsh": self = .fragment
        default: self.init(rawValue: ending)
        }
    }
}
