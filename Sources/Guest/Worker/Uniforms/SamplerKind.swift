import CEpoxy
import GLSL

/// What kind of texture a sampler wants; GL refuses to draw where two kinds share a unit.
struct SamplerKind: Hashable {
    /// GL's target, as `GL_TEXTURE_2D`.
    let target: GLenum
    let scalar: PixelFormat.Scalar
    /// Whether it is one that compares depths, for which nothing is ever there.
    var isShadow = false

    /// The kind of a uniform's type; nil where it is no sampler.
    init?(_ type: GLenum) {
        guard let (target, scalar, isShadow) = Self.kinds[Int32(type)] else { return nil }
        (self.target, self.scalar, self.isShadow) = (GLenum(target), scalar, isShadow)
    }

    init(_ target: Int32, _ scalar: PixelFormat.Scalar) {
        (self.target, self.scalar) = (GLenum(target), scalar)
    }

    /// `sampler2D`.
    static let plain = SamplerKind(GL_TEXTURE_2D, .float)

    private static let kinds: [Int32: (Int32, PixelFormat.Scalar, Bool)] = [
        GL_SAMPLER_1D: (GL_TEXTURE_1D, .float, false),
        GL_SAMPLER_2D: (GL_TEXTURE_2D, .float, false),
        GL_SAMPLER_3D: (GL_TEXTURE_3D, .float, false),
        GL_SAMPLER_CUBE: (GL_TEXTURE_CUBE_MAP, .float, false),
        GL_SAMPLER_1D_ARRAY: (GL_TEXTURE_1D_ARRAY, .float, false),
        GL_SAMPLER_2D_ARRAY: (GL_TEXTURE_2D_ARRAY, .float, false),
        GL_SAMPLER_CUBE_MAP_ARRAY: (GL_TEXTURE_CUBE_MAP_ARRAY, .float, false),
        GL_SAMPLER_BUFFER: (GL_TEXTURE_BUFFER, .float, false),
        GL_SAMPLER_2D_RECT: (GL_TEXTURE_RECTANGLE, .float, false),
        GL_SAMPLER_2D_MULTISAMPLE: (GL_TEXTURE_2D_MULTISAMPLE, .float, false),
        GL_SAMPLER_2D_MULTISAMPLE_ARRAY: (GL_TEXTURE_2D_MULTISAMPLE_ARRAY, .float, false),
        GL_SAMPLER_1D_SHADOW: (GL_TEXTURE_1D, .float, true),
        GL_SAMPLER_2D_SHADOW: (GL_TEXTURE_2D, .float, true),
        GL_SAMPLER_1D_ARRAY_SHADOW: (GL_TEXTURE_1D_ARRAY, .float, true),
        GL_SAMPLER_2D_ARRAY_SHADOW: (GL_TEXTURE_2D_ARRAY, .float, true),
        GL_SAMPLER_CUBE_SHADOW: (GL_TEXTURE_CUBE_MAP, .float, true),
        GL_SAMPLER_2D_RECT_SHADOW: (GL_TEXTURE_RECTANGLE, .float, true),
        GL_SAMPLER_CUBE_MAP_ARRAY_SHADOW: (GL_TEXTURE_CUBE_MAP_ARRAY, .float, true),
        GL_INT_SAMPLER_1D: (GL_TEXTURE_1D, .int, false),
        GL_INT_SAMPLER_2D: (GL_TEXTURE_2D, .int, false),
        GL_INT_SAMPLER_3D: (GL_TEXTURE_3D, .int, false),
        GL_INT_SAMPLER_CUBE: (GL_TEXTURE_CUBE_MAP, .int, false),
        GL_INT_SAMPLER_1D_ARRAY: (GL_TEXTURE_1D_ARRAY, .int, false),
        GL_INT_SAMPLER_2D_ARRAY: (GL_TEXTURE_2D_ARRAY, .int, false),
        GL_INT_SAMPLER_BUFFER: (GL_TEXTURE_BUFFER, .int, false),
        GL_INT_SAMPLER_2D_RECT: (GL_TEXTURE_RECTANGLE, .int, false),
        GL_UNSIGNED_INT_SAMPLER_1D: (GL_TEXTURE_1D, .uint, false),
        GL_UNSIGNED_INT_SAMPLER_2D: (GL_TEXTURE_2D, .uint, false),
        GL_UNSIGNED_INT_SAMPLER_3D: (GL_TEXTURE_3D, .uint, false),
        GL_UNSIGNED_INT_SAMPLER_CUBE: (GL_TEXTURE_CUBE_MAP, .uint, false),
        GL_UNSIGNED_INT_SAMPLER_1D_ARRAY: (GL_TEXTURE_1D_ARRAY, .uint, false),
        GL_UNSIGNED_INT_SAMPLER_2D_ARRAY: (GL_TEXTURE_2D_ARRAY, .uint, false),
        GL_UNSIGNED_INT_SAMPLER_BUFFER: (GL_TEXTURE_BUFFER, .uint, false),
        GL_UNSIGNED_INT_SAMPLER_2D_RECT: (GL_TEXTURE_RECTANGLE, .uint, false),
    ]
}

/// A texture that a sampler can read.
struct SampledTexture {
    let name: GLuint
    let kind: SamplerKind
    let width: Int
    let height: Int
}

/// What a sampler reads.
enum SampledPicture: Hashable {
    /// iChannel0 to iChannel3 of a sketch that says nothing of them.
    case channel(Int)
    /// What the pass itself drew in the frame before.
    case own
    /// Nothing that anybody named: something stands in.
    case nothing
    case bound(PictureSource)
}

/// A sampler of a linked program: what it reads, how, and by which unit.
struct SamplerUse: Hashable {
    let unit: Int
    let kind: SamplerKind
    let picture: SampledPicture
    /// How; nil for as the texture itself says.
    let sampling: Sampling?
}

/// Hands out texture units to a program's samplers: those that read the same share one.
struct SamplerUnits {
    private(set) var uses: [SamplerUse] = []

    mutating func unit(_ kind: SamplerKind, _ picture: SampledPicture, _ sampling: Sampling?)
        -> Int
    {
        if let use = uses.first(where: {
            $0.kind == kind && $0.picture == picture && $0.sampling == sampling
        }) {
            return use.unit
        }
        uses.append(
            SamplerUse(unit: uses.count, kind: kind, picture: picture, sampling: sampling))
        return uses.count - 1
    }

    /// What a sampler reads that no binding names.
    static func picture(for name: String, _ kind: SamplerKind) -> SampledPicture {
        guard kind == .plain else { return .nothing }
        for channel in 0..<ChannelTextures.count where name == "iChannel\(channel)" {
            return .channel(channel)
        }
        return feedbackNames.contains(name) ? .own : .nothing
    }

    /// The names by which a pass reads the picture that it drew in the frame before.
    static let feedbackNames: Set<String> = [
        "backbuffer", "prevFrame", "texPreviousFrame", "iPreviousFrame",
    ]
}
