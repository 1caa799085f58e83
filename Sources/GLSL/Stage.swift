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
        case "vs", "vsh", "vertexshader", "vertex", "glslv": self = .vertex
        case "fs", "fsh", "fragmentshader", "fragment", "glslf": self = .fragment
        default: self.init(rawValue: ending)
        }
    }

    // MARK: Names of pairs

    /// The stage of a file that is told by more than its ending, or by company; nil for any other.
    ///
    /// That is `a.vert.glsl`, `a_vs.glsl` and `vertex.glsl`, and `a.gs` where there is `a.fs`.
    ///
    /// - Parameter names: the names of all files of its folder.
    public static func paired(
        _ name: String, among names: some Collection<String>
    ) -> (stem: String, stage: Stage)? {
        guard let form = PairForm(name) else { return nil }
        // A single file of such a name may be what others include; `a.vert.glsl` is none.
        guard
            form.isPlain
                || names.contains(where: { other in
                    guard let other = PairForm(other) ?? PairForm(beside: other) else {
                        return false
                    }
                    return other.stem == form.stem && other.stage != form.stage
                        && (other.stage == .fragment || other.stage == .vertex)
                })
        else { return nil }
        return (form.stem, form.stage)
    }
}
