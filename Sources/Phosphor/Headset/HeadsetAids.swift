import CEpoxy
import Glibc
import Headset
import Render

/// The small things that the host draws into a headset by itself: the ray of a controller, the dot at its end, the light
/// over the cell under it.
///
/// Each lies in a little texture that is drawn once.
final class HeadsetAids {
    private let pointer: any HeadsetSwapchain
    private let light: any HeadsetSwapchain
    private let dark: any HeadsetSwapchain

    init(_ driver: any HeadsetDriver, accent: Color) throws {
        pointer = try driver.makeSwapchain(
            size: PointerPicture.size, mipLevels: PointerPicture.mipLevels, isStatic: true)
        light = try driver.makeSwapchain(
            size: ImageSize(width: 16, height: 16), mipLevels: 1, isStatic: true)
        dark = try driver.makeSwapchain(
            size: ImageSize(width: 16, height: 16), mipLevels: 1, isStatic: true)
        let image = try Self.image(of: pointer)
        glEnable(GLenum(GL_FRAMEBUFFER_SRGB))
        defer { glDisable(GLenum(GL_FRAMEBUFFER_SRGB)) }
        let levels = HeadsetPanel.framebuffers(of: image.texture, PointerPicture.mipLevels)
        defer { HeadsetPanel.release(levels) }
        glBindFramebuffer(GLenum(GL_FRAMEBUFFER), levels[0])
        try PointerPicture.draw(accent: accent, targetIsLinear: true)
        let size = (width: PointerPicture.size.width, height: PointerPicture.size.height)
        try MipmapRenderer().draw(
            image.texture, size: size, levels: levels,
            areas: [PixelArea(columns: 0..<size.width, rows: 0..<size.height)])
        _ = consume image
        let square = try Self.image(of: light)
        let target = HeadsetPanel.framebuffers(of: square.texture, 1)
        defer { HeadsetPanel.release(target) }
        glBindFramebuffer(GLenum(GL_FRAMEBUFFER), target[0])
        // Premultiplied, in linear light.
        let share: Float = 0.3
        glClearColor(
            pow(accent.red, 2.2) * share, pow(accent.green, 2.2) * share,
            pow(accent.blue, 2.2) * share, share)
        glClear(GLbitfield(GL_COLOR_BUFFER_BIT))
        _ = consume square
        let black = try Self.image(of: dark)
        let night = HeadsetPanel.framebuffers(of: black.texture, 1)
        defer { HeadsetPanel.release(night) }
        glBindFramebuffer(GLenum(GL_FRAMEBUFFER), night[0])
        glClearColor(0, 0, 0, 1)
        glClear(GLbitfield(GL_COLOR_BUFFER_BIT))
        _ = consume black
    }

    /// The only image of a texture that nobody has shown yet.
    private static func image(of chain: any HeadsetSwapchain) throws(HeadsetError) -> HeadsetImage {
        guard let image = try chain.acquire() else {
            throw HeadsetError("The headset's compositor gives no image to draw into.")
        }
        return image
    }

    /// Black all around: without any layer a runtime may show a room of its own.
    func black(_ views: HeadViews) -> HeadsetLayer? {
        guard views.eyes.count == 2 else { return nil }
        let part = ImagePart(swapchain: dark, x: 4, y: 4, size: ImageSize(width: 8, height: 8))
        return .world(views.eyes.map { EyeImage(image: part, view: $0) })
    }

    /// The light over the cell that is pointed at.
    func cell(_ pose: Pose, size: SIMD2<Float>) -> HeadsetLayer {
        let part = ImagePart(swapchain: light, x: 4, y: 4, size: ImageSize(width: 8, height: 8))
        return .quad(QuadImage(image: part, pose: pose, size: size, isBlended: true))
    }

    /// Where a ray ends.
    func dot(_ point: SIMD3<Float>, on surface: Pose, eyes: SIMD3<Float>) -> HeadsetLayer {
        .quad(PointerPicture.dot(at: point, on: surface, eyes: eyes, picture: pointer))
    }

    /// A thin line from a controller to what it points at; nil where there is no room for one.
    func ray(_ aim: Pose, length: Float?, eyes: SIMD3<Float>) -> HeadsetLayer? {
        PointerPicture.beam(from: aim, length: length, eyes: eyes, picture: pointer).map {
            .quad($0)
        }
    }
}
