import CEpoxy
import CSystem
import Headset
import Terminal

/// Shows known colours in a headset, and notes what came of it.
///
/// The left eye's world is red, the right eye's green, both at half of the light (sRGB 188), and two metres ahead, in
/// the middle, stands a square metre of sRGB (128, 64, 200), left half opaque, right half 50 % over the world.
final class HeadsetProbe {
    private let wanted: Int
    private var shown = 0
    private var taken = 0
    private var withoutPicture = 0
    private var phases: [String] = []
    private var periods: [Int] = []
    private var controllers: (left: String?, right: String?)
    private var head: HeadViews?
    private var hands: [HandState] = []
    private(set) var hasFocused = false
    /// Time without any event or frame after which a runtime counts as stuck.
    private static let patience: UInt64 = 20_000_000_000

    init(frames: Int) { wanted = frames }

    /// Runs until so many frames were shown, then has the session end; the words of what went wrong, nil where nothing.
    func show(in driver: OpenXRDriver) -> String? {
        do throws(HeadsetError) {
            let size = driver.recommendedSize
            let world = try driver.makeSwapchain(
                size: ImageSize(width: 2 * size.width, height: size.height), mipLevels: 1,
                isStatic: false)
            let square = try driver.makeSwapchain(
                size: ImageSize(width: 64, height: 64), mipLevels: 3, isStatic: true)
            try drawSquare(square)
            return run(driver, world, square)
        } catch {
            return error.description
        }
    }

    private func run(
        _ driver: OpenXRDriver, _ world: any HeadsetSwapchain, _ square: any HeadsetSwapchain
    ) -> String? {
        var poller = Poller()
        var isLeaving = false
        var last = phosphor_now()
        while true {
            let ready = poller.wait(for: [driver.descriptor], until: last + Self.patience)
            let now = phosphor_now()
            if ready.isEmpty {
                return "The runtime gave neither frame nor event for 20 seconds (\(phases))."
            }
            for event in driver.pump(now: now) {
                switch event {
                case .phase(let phase):
                    phases.append(phase.rawValue)
                    if phase == .focused { hasFocused = true }
                case .lost(let words, _):
                    return isLeaving ? nil : words
                case .controllers(let left, let right): controllers = (left, right)
                case .recentred, .refreshRate: break
                }
            }
            last = now
            guard let frame = driver.takeFrame() else { continue }
            taken += 1
            if taken <= 4 { periods.append(Int(frame.period / 1000)) }
            hands = driver.hands
            let views = driver.views(at: frame.displayTime)
            if views.isTracked { head = views }
            if frame.shouldRender, shown < wanted {
                shown += 1
                driver.end(frame, layers: layers(views, world, square))
            } else {
                withoutPicture += frame.shouldRender ? 0 : 1
                driver.end(frame, layers: [])
            }
            if shown == wanted, !isLeaving {
                isLeaving = true
                driver.requestExit()
            }
        }
    }

    private func layers(
        _ views: HeadViews, _ world: any HeadsetSwapchain, _ square: any HeadsetSwapchain
    ) -> [HeadsetLayer] {
        drawWorld(world)
        let half = ImageSize(width: world.size.width / 2, height: world.size.height)
        let eyes = views.eyes.enumerated().map { index, view in
            EyeImage(
                image: ImagePart(swapchain: world, x: index * half.width, size: half), view: view)
        }
        let part = ImageSize(width: 32, height: 64)
        let quads = [(0, Float(-0.25), false), (32, Float(0.25), true)].map {
            x, offset, isBlended in
            HeadsetLayer.quad(
                QuadImage(
                    image: ImagePart(swapchain: square, x: x, size: part),
                    pose: Pose(position: SIMD3(offset, 1.6, -2)), size: SIMD2(0.5, 1),
                    isBlended: isBlended))
        }
        return [.world(eyes)] + quads
    }

    /// Red for the left eye, green for the right one; where the compositor keeps the image, it stays as it was.
    private func drawWorld(_ world: any HeadsetSwapchain) {
        guard let image = try? world.acquire() else { return }
        var framebuffer: GLuint = 0
        glGenFramebuffers(1, &framebuffer)
        glBindFramebuffer(GLenum(GL_FRAMEBUFFER), framebuffer)
        glFramebufferTexture2D(
            GLenum(GL_FRAMEBUFFER), GLenum(GL_COLOR_ATTACHMENT0), GLenum(GL_TEXTURE_2D),
            image.texture, 0)
        glEnable(GLenum(GL_FRAMEBUFFER_SRGB))
        glEnable(GLenum(GL_SCISSOR_TEST))
        let half = GLsizei(world.size.width / 2)
        for eye in 0..<GLsizei(2) {
            glScissor(eye * half, 0, half, GLsizei(world.size.height))
            glClearColor(eye == 0 ? 0.5 : 0, eye == 1 ? 0.5 : 0, 0, 1)
            glClear(GLbitfield(GL_COLOR_BUFFER_BIT))
        }
        glDisable(GLenum(GL_SCISSOR_TEST))
        glDisable(GLenum(GL_FRAMEBUFFER_SRGB))
        glBindFramebuffer(GLenum(GL_FRAMEBUFFER), 0)
        glDeleteFramebuffers(1, &framebuffer)
    }

    /// Bytes as they are, with mipmaps; the right half premultiplied for half of its alpha.
    private func drawSquare(_ square: any HeadsetSwapchain) throws(HeadsetError) {
        guard let image = try square.acquire() else { return }
        var bytes: [UInt8] = []
        for _ in 0..<64 {
            for x in 0..<64 {
                // Half of the light of 128, 64, 200, in sRGB.
                bytes += x < 32 ? [128, 64, 200, 255] : [92, 45, 146, 128]
            }
        }
        glBindTexture(GLenum(GL_TEXTURE_2D), image.texture)
        glTexSubImage2D(
            GLenum(GL_TEXTURE_2D), 0, 0, 0, 64, 64, GLenum(GL_RGBA), GLenum(GL_UNSIGNED_BYTE),
            bytes)
        glGenerateMipmap(GLenum(GL_TEXTURE_2D))
        glBindTexture(GLenum(GL_TEXTURE_2D), 0)
    }

    /// Adds what was seen to a line.
    func report(to line: inout JSONLine) {
        line.add("phases", phases.joined(separator: " "))
        line.add("shown", shown)
        line.add("withoutPicture", withoutPicture)
        line.add("periods", periods)
        line.add("left", controllers.left)
        line.add("right", controllers.right)
        if let head {
            let pose = head.head
            line.add("head", Self.words(pose.position))
            line.add("yaw", Double(pose.orientation.yaw))
            if let left = head.eyes.first, let right = head.eyes.last {
                let apart = left.pose.position - right.pose.position
                line.add("eyes", Double((apart * apart).sum().squareRoot()))
            }
        }
        line.add(
            "hands",
            hands.map { hand in
                var one = JSONLine()
                one.add("active", hand.isActive)
                one.add("aim", hand.aim.map { Self.words($0.position) })
                one.add("grip", hand.grip.map { Self.words($0.position) })
                one.add("select", hand.isSelecting)
                one.add("grab", hand.isGrabbing)
                one.add("stick", "\(hand.stick.x) \(hand.stick.y)")
                one.add("press", hand.isStickPressed)
                one.add("toggle", hand.isToggling)
                one.add("call", hand.isCalling)
                return one
            })
    }

    private static func words(_ place: SIMD3<Float>) -> String {
        "\(place.x) \(place.y) \(place.z)"
    }
}
