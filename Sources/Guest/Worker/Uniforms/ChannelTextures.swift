import CEpoxy
import GLSL
import Render

/// Pictures that every guest has: what samplers see while there is no media, all complete textures.
final class ChannelTextures {
    /// iChannel0 … iChannel3.
    static let count = 4

    private let test: Texture
    private let secondTest: Texture
    private let noise: Texture
    private let black: Texture
    /// In place of a picture that is missing.
    private let checker: Texture
    private let keyboard: Texture
    private let audio: Texture
    private let wave: Texture
    private let spectrum: Texture
    /// For samplers of other kinds that nobody gave a picture.
    private let standIns = StandInTextures()
    /// Black of the kinds that are not `sampler2D`.
    private var special: [SamplerKind: (name: GLuint, width: Int)] = [:]
    private var keys = KeyboardState()

    /// The channels' sizes in texels.
    let sizes: [(width: Int, height: Int)]

    init() {
        let side = Self.testSide
        test = Self.texture(side: side, Self.test)
        secondTest = Self.texture(side: side) { x, y in
            // Rings over a ramp of the other colours, the other way round.
            let (across, up) = (Double(2 * x + 1 - side), Double(2 * y + 1 - side))
            let light: Double =
                Int((across * across + up * up).squareRoot() / 16) % 2 == 0 ? 1 : 0.6
            return (
                UInt8(255 * light), UInt8(Double(255 - x * 255 / (side - 1)) * light),
                UInt8(Double(255 - y * 255 / (side - 1)) * light)
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
        checker = Self.texture(side: side) { x, y in
            (x / 8 + y / 8) % 2 == 0 ? (230, 40, 200) : (40, 40, 40)
        }
        keyboard = Self.empty(width: 256, height: 3)
        audio = Self.empty(width: 512, height: 2)
        // The second row is a wave, whose rest is in the middle.
        let rest = (0..<512).flatMap { _ in [128, 128, 128, 255] as [UInt8] }
        audio.upload(y: 1, width: 512, height: 1, pixels: rest)
        wave = Self.empty(width: 512, height: 1)
        wave.upload(width: 512, height: 1, pixels: rest)
        spectrum = Self.empty(width: 1024, height: 1)
        sizes = [test, noise, test, noise].map { ($0.width, $0.height) }
        makeSpecial()
    }

    static let testSide = 64

    /// A checkerboard over a ramp of red and green: directions and scale can be told from it.
    static func test(_ x: Int, _ y: Int) -> (UInt8, UInt8, UInt8) {
        let light: Double = (x / 8 + y / 8) % 2 == 0 ? 1 : 0.6
        return (
            UInt8(Double(x * 255 / (testSide - 1)) * light),
            UInt8(Double(y * 255 / (testSide - 1)) * light), UInt8(128 * light)
        )
    }

    deinit {
        var names = special.values.map(\.name)
        glDeleteTextures(GLsizei(names.count), &names)
    }

    private func makeSpecial() {
        let pixel: [UInt8] = [0, 0, 0, 255]
        let (layout, kind) = (GLenum(GL_RGBA), GLenum(GL_UNSIGNED_BYTE))
        for target in [
            GL_TEXTURE_CUBE_MAP, GL_TEXTURE_3D, GL_TEXTURE_2D_ARRAY, GL_TEXTURE_1D,
        ] {
            var name: GLuint = 0
            glGenTextures(1, &name)
            glBindTexture(GLenum(target), name)
            glTexParameteri(GLenum(target), GLenum(GL_TEXTURE_MIN_FILTER), GL_LINEAR)
            var width = 1
            switch target {
            case GL_TEXTURE_CUBE_MAP:
                for face in 0..<6 {
                    glTexImage2D(
                        GLenum(GL_TEXTURE_CUBE_MAP_POSITIVE_X) + GLenum(face), 0, GL_RGBA8, 1, 1, 0,
                        layout, kind, pixel)
                }
            case GL_TEXTURE_1D:
                // The only use of a row alone is a spectrum, which is silent.
                width = 1024
                let row = Array(repeating: pixel, count: width).flatMap(\.self)
                glTexImage1D(GLenum(target), 0, GL_RGBA8, GLsizei(width), 0, layout, kind, row)
            default: glTexImage3D(GLenum(target), 0, GL_RGBA8, 1, 1, 1, 0, layout, kind, pixel)
            }
            special[SamplerKind(target, .float)] = (name, width)
        }
    }

    /// What reads as nothing, for a kind of sampler; no texture where GL has zeros for that.
    func black(_ kind: SamplerKind) -> SampledTexture {
        if kind == .plain { return sampled(black) }
        let known = special[kind]
        return SampledTexture(
            name: known?.name ?? 0, kind: kind, width: known?.width ?? 1, height: 1)
    }

    /// What a sampler of a kind reads that nobody gave a picture; nothing where GL has zeros for that.
    func standIn(_ kind: SamplerKind) -> SampledTexture {
        kind == .plain ? sampled(test) : standIns.texture(kind) ?? black(kind)
    }

    /// The texture of iChannel0 and so on, where nobody says what is there.
    func channel(_ index: Int) -> SampledTexture {
        sampled([test, noise, test, noise][max(0, min(index, Self.count - 1))])
    }

    /// In place of a picture that is missing.
    var missing: SampledTexture { sampled(checker) }

    /// A picture that every guest has; nil for those of a program.
    func texture(_ source: PictureSource, _ kind: SamplerKind) -> SampledTexture? {
        switch source {
        // Bonzomatic has it as a row.
        case .spectrum where kind == SamplerKind(GL_TEXTURE_1D, .float): black(kind)
        case .keyboard: sampled(keyboard)
        case .audio: sampled(audio)
        case .wave: sampled(wave)
        case .spectrum: sampled(spectrum)
        case .test: sampled(test)
        case .secondTest: sampled(secondTest)
        case .noise: sampled(noise)
        case .black: black(kind)
        case .pass, .previous, .texture, .image: nil
        }
    }

    /// Shows which keys are down.
    func show(_ keys: KeyboardState) {
        guard keys != self.keys else { return }
        self.keys = keys
        var pixels: [UInt8] = []
        for row in [keys.held, keys.pressed, keys.toggled] {
            for key in 0..<256 {
                let light: UInt8 = row.contains(key) ? 255 : 0
                pixels += [light, light, light, 255]
            }
        }
        keyboard.upload(width: 256, height: 3, pixels: pixels)
    }

    private func sampled(_ texture: Texture) -> SampledTexture {
        SampledTexture(
            name: texture.name, kind: .plain, width: texture.width, height: texture.height)
    }

    private static func empty(width: Int, height: Int) -> Texture {
        let texture = Texture(width: width, height: height)
        let pixels = Array(repeating: [0, 0, 0, 255] as [UInt8], count: width * height)
        texture.upload(width: width, height: height, pixels: pixels.flatMap(\.self))
        return texture
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
