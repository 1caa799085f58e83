/// Whose conventions a source follows.
///
/// Limitations: only `plain`, `shadertoy` and `riftray` are assembled so far; the others are treated as plain.
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
    /// `main` of its own: one that has both is a port that calls the former itself. It is RiftRay's
    /// where it defines `vec3 getSceneColor(vec3, vec3)` and nothing else that could be its entry;
    /// a `main` in `#ifndef RIFTRAY` is none, and `mainImage` may stand beside it. Names in
    /// comments, calls and prototypes tell nothing.
    public static func recognise(stages: [Stage: String]) -> Dialect {
        guard let fragment = stages[.fragment] else { return .plain }
        return recognise(fragment: SourceOutline(fragment))
    }

    /// The same for a fragment stage that is outlined already.
    static func recognise(fragment: SourceOutline) -> Dialect {
        if fragment.sceneColor != nil {
            let hidden = fragment.hidden(defining: riftrayMacro)
            if !fragment.defines("main", outside: hidden),
                !fragment.defines("mainVR", outside: hidden)
            {
                return .riftray
            }
        }
        if fragment.isISF { return .isf }
        if fragment.defines("main") { return fragment.isGLSLViewer ? .glslViewer : .plain }
        return fragment.defines("mainImage") || fragment.defines("mainVR") ? .shadertoy : .plain
    }

    /// What is defined in RiftRay's sources.
    static let riftrayMacro = "RIFTRAY"

    /// Whether sources of it are written as Shadertoy's are: functions that we call, names that we declare.
    var isToy: Bool { self == .shadertoy || self == .riftray }
}

extension SourceOutline {
    /// The index of RiftRay's entry where it is defined: `vec3 getSceneColor(vec3 ro, vec3 rd)`.
    var sceneColor: Int? {
        definition(of: "getSceneColor", returning: "vec3").flatMap { index in
            // Another function by that name is the user's own; one that is half typed is not told yet.
            ["vec3", "vec3"].starts(with: parameterTypes(index)) ? index : nil
        }
    }
}
