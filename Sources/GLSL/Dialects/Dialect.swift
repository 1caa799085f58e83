/// Whose conventions a source follows.
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

    /// What is defined in RiftRay's sources.
    static let riftrayMacro = "RIFTRAY"

    /// Whether sources of it are written as Shadertoy's are: functions that we call, names that we declare.
    var isToy: Bool { self == .shadertoy || self == .riftray }
}
