import CEpoxy
import Render

/// What samplers see while there is no media: a test picture, noise, and black, all complete textures.
final class ChannelTextures {
    /// iChannel0 … iChannel3.
    static let count = 4
    /// A sampler that is none of the channels: black, one unit a kind, since GL refuses to draw where samplers of
    /// two kinds share a unit.
    enum Unit {
        static let black = 4
        static let cube = 5
        static let volume = 6
        static let array = 7
        /// The pass's own picture of the frame before.
        static let feedback = 8
        static let others = 9
    }

    private let test: Texture
    private let noise: Texture
    private let black: Texture
    private var special: [(target: GLenum, name: GLuint, unit: Int)] = []

    /// The channels' sizes in texels.
    let sizes: [(width: Int, height: Int)]

    init() {
        let side = 64
        test = Self.texture(side: side) { x, y in
            // A checkerboard over a ramp of red and green: directions and scale can be told from it.
            let light: Double = (x / 8 + y / 8) % 2 == 0 ? 1 : 0.6
            return (
                UInt8(Double(x * 255 / (side - 1)) * light),
                UInt8(Double(y * 255 / (side - 1)) * light),
                UInt8(128 * light)
            )
        }
        var seed: UInt64 = 0x9E37_79B9_7F4A_7C15
        noise = Self.texture(side: 256) { _, _ in
            // xorshift64: the same noise in every guest, so that a swap shows no change.
            seed ^= seed << 13
            seed ^= seed >> 7
            seed ^= seed << 17
            return (
                UInt8(truncatingIfNeeded: seed), UInt8(truncatingIfNeeded: seed >> 8),
                UInt8(truncatingIfNeeded: seed >> 16)
            )
        }
        black = Self.texture(side: 1) { _, _ in (0, 0, 0) }
        sizes = [test, noise, black, black].map { ($0.width, $0.height) }
        let pixel: [UInt8] = [0, 0, 0, 255]
        for (target, unit) in [
            (GL_TEXTURE_CUBE_MAP, Unit.cube), (GL_TEXTURE_3D, Unit.volume),
            (GL_TEXTURE_2D_ARRAY, Unit.array),
        ] {
            var name: GLuint = 0
            glGenTextures(1, &name)
            glBindTexture(GLenum(target), name)
            glTexParameteri(GLenum(target), GLenum(GL_TEXTURE_MIN_FILTER), GL_LINEAR)
            let (layout, kind) = (GLenum(GL_RGBA), GLenum(GL_UNSIGNED_BYTE))
            if target == GL_TEXTURE_CUBE_MAP {
                for face in 0..<6 {
                    glTexImage2D(
                        GLenum(GL_TEXTURE_CUBE_MAP_POSITIVE_X) + GLenum(face), 0, GL_RGBA8, 1, 1, 0,
                        layout,
                        kind, pixel)
                }
            } else {
                glTexImage3D(GLenum(target), 0, GL_RGBA8, 1, 1, 1, 0, layout, kind, pixel)
            }
            special.append((GLenum(target), name, unit))
        }
    }

    deinit {
        var names = special.map(\.name)
        glDeleteTextures(GLsizei(names.count), &names)
    }

    /// Binds everything to its unit.
    func bind() {
        for (unit, texture) in [test, noise, black, black, black].enumerated() {
            texture.bind(unit: unit)
        }
        black.bind(unit: Unit.feedback)
        for texture in special {
            glActiveTexture(GLenum(GL_TEXTURE0) + GLenum(texture.unit))
            glBindTexture(texture.target, texture.name)
        }
    }

    private static func texture(
        side: Int, _ color: (_ x: Int, _ y: Int) -> (UInt8, UInt8, UInt8)
    ) -> Texture {
        let texture = Texture(
            width: side, height: side, levels: side.bitWidth - side.leadingZeroBitCount)
        var pixels: [UInt8] = []
        for y in 0..<side {
            for x in 0..<side {
                let (red, green, blue) = color(x, y)
                pixels += [red, green, blue, 255]
            }
        }
        texture.upload(width: side, height: side, pixels: pixels)
        texture.setWrap(GL_REPEAT)
        glGenerateMipmap(GLenum(GL_TEXTURE_2D))
        return texture
    }
}

/// Hands out texture units to a program's samplers.
struct SamplerUnits {
    private var others: [GLenum: Int] = [:]

    /// The unit for a uniform; nil where it is no sampler.
    mutating func unit(for name: String, type: GLenum) -> Int? {
        switch Int32(type) {
        case GL_SAMPLER_2D:
            for channel in 0..<ChannelTextures.count where name == "iChannel\(channel)" {
                return channel
            }
            return Self.feedbackNames.contains(name)
                ? ChannelTextures.Unit.feedback : ChannelTextures.Unit.black
        case GL_SAMPLER_CUBE: return ChannelTextures.Unit.cube
        case GL_SAMPLER_3D: return ChannelTextures.Unit.volume
        case GL_SAMPLER_2D_ARRAY: return ChannelTextures.Unit.array
        default:
            guard Self.rare.contains(Int32(type)) else { return nil }
            if let unit = others[type] { return unit }
            // Nothing is bound there; GL gives zeros.
            let unit = ChannelTextures.Unit.others + others.count
            others[type] = unit
            return unit
        }
    }

    /// The names by which a pass reads the picture that it drew in the frame before.
    static let feedbackNames: Set<String> = [
        "backbuffer", "prevFrame", "texPreviousFrame", "iPreviousFrame",
    ]

    private static let rare: Set<Int32> = [
        GL_SAMPLER_1D, GL_SAMPLER_1D_SHADOW, GL_SAMPLER_2D_SHADOW, GL_SAMPLER_1D_ARRAY,
        GL_SAMPLER_1D_ARRAY_SHADOW, GL_SAMPLER_2D_ARRAY_SHADOW, GL_SAMPLER_2D_MULTISAMPLE,
        GL_SAMPLER_2D_MULTISAMPLE_ARRAY, GL_SAMPLER_CUBE_SHADOW, GL_SAMPLER_BUFFER,
        GL_SAMPLER_2D_RECT,
        GL_SAMPLER_2D_RECT_SHADOW, GL_SAMPLER_CUBE_MAP_ARRAY, GL_SAMPLER_CUBE_MAP_ARRAY_SHADOW,
        GL_INT_SAMPLER_1D, GL_INT_SAMPLER_2D, GL_INT_SAMPLER_3D, GL_INT_SAMPLER_CUBE,
        GL_INT_SAMPLER_1D_ARRAY, GL_INT_SAMPLER_2D_ARRAY, GL_INT_SAMPLER_BUFFER,
        GL_INT_SAMPLER_2D_RECT,
        GL_UNSIGNED_INT_SAMPLER_1D, GL_UNSIGNED_INT_SAMPLER_2D, GL_UNSIGNED_INT_SAMPLER_3D,
        GL_UNSIGNED_INT_SAMPLER_CUBE, GL_UNSIGNED_INT_SAMPLER_1D_ARRAY,
        GL_UNSIGNED_INT_SAMPLER_2D_ARRAY,
        GL_UNSIGNED_INT_SAMPLER_BUFFER, GL_UNSIGNED_INT_SAMPLER_2D_RECT,
    ]
}
