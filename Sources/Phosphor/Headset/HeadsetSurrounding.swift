import CEpoxy
import Headset
import Render

/// What surrounds the screen of a flat sketch, and whoever waits for the first picture: a calm, dim room.
///
/// Soft enough for a quarter of the eye's pixels a side. It is drawn anew only once the head has moved.
final class HeadsetSurrounding {
    private let chain: any HeadsetSwapchain
    private let room: CalmRoom
    private var drawn: (views: HeadViews, screen: Pose?)?
    private var targets: [UInt32: [GLuint]] = [:]
    private let eye: ImageSize

    init(_ driver: any HeadsetDriver, eye full: ImageSize) throws {
        eye = ImageSize(width: max(16, full.width / 4), height: max(16, full.height / 4))
        chain = try driver.makeSwapchain(
            size: ImageSize(width: 2 * eye.width, height: eye.height), mipLevels: 1,
            isStatic: false)
        room = try CalmRoom(targetIsLinear: true)
    }

    deinit { for (_, target) in targets { HeadsetPanel.release(target) } }

    /// The room as a layer, for eyes that are about there; nil where they are not known.
    func layer(_ views: HeadViews, screen: Pose?) throws(HeadsetError) -> HeadsetLayer? {
        guard views.eyes.count == 2 else { return nil }
        if drawn.map({ Self.differs($0.views, views) || $0.screen != screen }) ?? true {
            try draw(views, screen)
        }
        guard let drawn else { return nil }
        return .world(
            drawn.views.eyes.enumerated().map { index, view in
                EyeImage(
                    image: ImagePart(swapchain: chain, x: index * eye.width, size: eye), view: view)
            })
    }

    private func draw(_ views: HeadViews, _ screen: Pose?) throws(HeadsetError) {
        guard let image = try chain.acquire() else { return }
        let target = targets[image.texture] ?? HeadsetPanel.framebuffers(of: image.texture, 1)
        targets[image.texture] = target
        glBindFramebuffer(GLenum(GL_FRAMEBUFFER), target[0])
        glDisable(GLenum(GL_SCISSOR_TEST))
        glEnable(GLenum(GL_FRAMEBUFFER_SRGB))
        // The floor, where tracking space has its origin there; under somebody who sits, where that has it.
        let height = views.head.position.y
        let floor = height > 0.8 ? 0 : height - 1.4
        for (index, view) in views.eyes.enumerated() {
            glViewport(
                GLint(index * eye.width), 0, GLsizei(eye.width), GLsizei(eye.height))
            room.draw(view, floor: floor, screen: screen)
        }
        glDisable(GLenum(GL_FRAMEBUFFER_SRGB))
        _ = consume image
        drawn = (views, screen)
    }

    /// Whether the head has moved by a centimetre or turned by half a degree, beyond which an edge would be seen.
    private static func differs(_ a: HeadViews, _ b: HeadViews) -> Bool {
        let way = a.head.position - b.head.position
        let cosine = abs((a.head.orientation.vector * b.head.orientation.vector).sum())
        return (way * way).sum() > 1e-4 || cosine < 0.99999
            || zip(a.eyes, b.eyes).contains { $0.fieldOfView != $1.fieldOfView }
    }
}
