/// Whose conventions a source follows.
///
/// Limitations: only `plain` and `shadertoy` are assembled so far; the others are treated as plain.
public enum Dialect: String, CaseIterable, Codable, Sendable {
    /// GLSL with its own `main`.
    case plain
    /// `mainImage(out vec4, in vec2)` or `mainVR`, with Shadertoy's uniforms.
    case shadertoy
    /// glslViewer's `u_` uniforms and buffers.
    case glslViewer
    /// The Interactive Shader Format: a leading comment in JSON.
    case isf
    /// RiftRay's `getSceneColor(vec3, vec3)`.
    case riftray
    /// Bonzomatic's version 410 shows.
    case bonzomatic
    /// KodeLife's version 150 projects.
    case kodelife
    /// GLSL Sandbox's `gl_FragColor` sources.
    case glslSandbox
}

extension Dialect {
    /// The dialect's name, as people write it.
    public var title: String {
        switch self {
        case .plain: "GLSL"
        case .shadertoy: "Shadertoy"
        case .glslViewer: "glslViewer"
        case .isf: "ISF"
        case .riftray: "RiftRay"
        case .bonzomatic: "Bonzomatic"
        case .kodelife: "KodeLife"
        case .glslSandbox: "GLSL Sandbox"
        }
    }

    /// Recognises the dialect from what the stages define; `plain` where nothing else is told.
    ///
    /// A source is Shadertoy's where its fragment stage defines `mainImage` or `mainVR` and no
    /// `main` of its own: one that has both is a port that calls the former itself. Names in
    /// comments, calls and prototypes tell nothing.
    public static func recognise(stages: [Stage: String]) -> Dialect {
        guard let fragment = stages[.fragment] else { return .plain }
        return recognise(fragment: SourceOutline(fragment))
    }

    /// The same for a fragment stage that is outlined already.
    static func recognise(fragment: SourceOutline) -> Dialect {
        if fragment.defines("main") { return .plain }
        return fragment.defines("mainImage") || fragment.defines("mainVR") ? .shadertoy : .plain
    }
}
