import CEpoxy
import GLSL
import Glibc

/// Pictures for samplers that nobody gave one and that are not `sampler2D`: a sky, a volume of noise, a row, a layer.
///
/// Each is made when a program first asks for it. All have mipmaps where their kind can, since a sampler may ask for
/// them.
final class StandInTextures {
    private var textures: [SamplerKind: SampledTexture] = [:]

    /// The texture for a kind of sampler; nil where there is none.
    ///
    /// Making it takes the active unit.
    func texture(_ kind: SamplerKind) -> SampledTexture? {
        if let known = textures[kind] { return known }
        guard kind.scalar == .float, !kind.isShadow else { return nil }
        switch Int32(kind.target) {
        case GL_TEXTURE_CUBE_MAP: sky(side: 64)
        case GL_TEXTURE_3D: volume(side: 32)
        case GL_TEXTURE_1D: row(width: 256)
        case GL_TEXTURE_2D_ARRAY: flat(GL_TEXTURE_2D_ARRAY)
        case GL_TEXTURE_RECTANGLE: flat(GL_TEXTURE_RECTANGLE)
        default: return nil
        }
        return textures[kind]
    }

    deinit {
        var names = textures.values.map(\.name)
        glDeleteTextures(GLsizei(names.count), &names)
    }

    private func make(_ target: Int32, width: Int, height: Int, fill: () -> Void) {
        var name: GLuint = 0
        glGenTextures(1, &name)
        glBindTexture(GLenum(target), name)
        fill()
        if target == GL_TEXTURE_RECTANGLE {
            glTexParameteri(GLenum(target), GLenum(GL_TEXTURE_MIN_FILTER), GL_LINEAR)
        } else {
            glTexParameteri(GLenum(target), GLenum(GL_TEXTURE_MIN_FILTER), GL_LINEAR_MIPMAP_LINEAR)
            glGenerateMipmap(GLenum(target))
        }
        let kind = SamplerKind(target, .float)
        textures[kind] = SampledTexture(name: name, kind: kind, width: width, height: height)
    }

    /// A plain sky over dark ground, with a sun: what is reflected can be told from what is not.
    private func sky(side: Int) {
        make(GL_TEXTURE_CUBE_MAP, width: side, height: side) {
            for face in 0..<6 {
                var pixels: [UInt8] = []
                pixels.reserveCapacity(side * side * 4)
                for row in 0..<side {
                    for column in 0..<side {
                        pixels += Self.sky(Self.direction(face, column, row, side: side))
                    }
                }
                glTexImage2D(
                    GLenum(GL_TEXTURE_CUBE_MAP_POSITIVE_X) + GLenum(face), 0, GL_RGBA8,
                    GLsizei(side), GLsizei(side), 0, GLenum(GL_RGBA), GLenum(GL_UNSIGNED_BYTE),
                    pixels)
            }
        }
    }

    /// Where a texel of a face looks (OpenGL 4.6, table 8.19).
    private static func direction(
        _ face: Int, _ column: Int, _ row: Int, side: Int
    ) -> SIMD3<Float> {
        let s = 2 * (Float(column) + 0.5) / Float(side) - 1
        let t = 2 * (Float(row) + 0.5) / Float(side) - 1
        let place: SIMD3<Float> =
            switch face {
            case 0: SIMD3(1, -t, -s)
            case 1: SIMD3(-1, -t, s)
            case 2: SIMD3(s, 1, t)
            case 3: SIMD3(s, -1, -t)
            case 4: SIMD3(s, -t, 1)
            default: SIMD3(-s, -t, -1)
            }
        return place / (place * place).sum().squareRoot()
    }

    private static func sky(_ direction: SIMD3<Float>) -> [UInt8] {
        func mix(_ a: SIMD3<Float>, _ b: SIMD3<Float>, _ share: Float) -> SIMD3<Float> {
            a + (b - a) * share
        }
        let horizon = SIMD3<Float>(0.93, 0.87, 0.76)
        let height = direction.y
        var color =
            height >= 0
            ? mix(horizon, SIMD3(0.22, 0.42, 0.78), height.squareRoot())
            : mix(horizon * 0.45, SIMD3(0.10, 0.09, 0.09), (-height).squareRoot())
        let sun = SIMD3<Float>(0.48, 0.42, -0.77)
        let light = max(0, (direction * sun).sum())
        color += SIMD3(1, 0.85, 0.6) * (powf(light, 12) * 0.3 + powf(light, 200))
        return [color.x, color.y, color.z, 1].map { UInt8(min(max($0, 0), 1) * 255) }
    }

    private func volume(side: Int) {
        // xorshift64, as the flat noise: the same in every guest.
        var seed: UInt64 = 0x2545_F491_4F6C_DD1D
        let pixels = (0..<side * side * side * 4).map { _ -> UInt8 in
            seed ^= seed << 13
            seed ^= seed >> 7
            seed ^= seed << 17
            return UInt8(truncatingIfNeeded: seed >> 24)
        }
        make(GL_TEXTURE_3D, width: side, height: side) {
            let size = GLsizei(side)
            glTexImage3D(
                GLenum(GL_TEXTURE_3D), 0, GL_RGBA8, size, size, size, 0, GLenum(GL_RGBA),
                GLenum(GL_UNSIGNED_BYTE), pixels)
        }
    }

    /// From dark to light through colours, as maps of heights and temperatures are.
    private func row(width: Int) {
        let pixels = (0..<width).flatMap { column -> [UInt8] in
            let share = Float(column) / Float(width - 1)
            let wave = (0..<3).map { 0.5 - 0.5 * cosf(.pi * (share + 0.18 * Float($0) - 0.18)) }
            return wave.map { UInt8(255 * min(max($0, 0), 1)) } + [255]
        }
        make(GL_TEXTURE_1D, width: width, height: 1) {
            glTexImage1D(
                GLenum(GL_TEXTURE_1D), 0, GL_RGBA8, GLsizei(width), 0, GLenum(GL_RGBA),
                GLenum(GL_UNSIGNED_BYTE), pixels)
        }
    }

    /// The test picture, as a layer or a rectangle.
    private func flat(_ target: Int32) {
        let side = ChannelTextures.testSide
        let pixels = (0..<side * side).flatMap { index -> [UInt8] in
            let (red, green, blue) = ChannelTextures.test(index % side, index / side)
            return [red, green, blue, 255]
        }
        make(target, width: side, height: side) {
            let (size, layout, type) = (GLsizei(side), GLenum(GL_RGBA), GLenum(GL_UNSIGNED_BYTE))
            if target == GL_TEXTURE_RECTANGLE {
                glTexImage2D(GLenum(target), 0, GL_RGBA8, size, size, 0, layout, type, pixels)
            } else {
                glTexImage3D(GLenum(target), 0, GL_RGBA8, size, size, 1, 0, layout, type, pixels)
            }
        }
    }
}
