import GLSL
import Guest
import Headset
import Terminal

extension HeadsetRoom {
    /// What a flat sketch is drawn at on its screen at full scale.
    static let screenSize = ImageSize(width: 1280, height: 720)

    /// The size of the picture that guests draw: both eyes side by side, the screen's, or the window's.
    func pictureSize(_ surroundings: Surroundings, window: ImageSize) -> ImageSize {
        guard let session, isShown else {
            eyeSize = window
            return window
        }
        guard surroundings == .world else {
            // The screen's picture lies in the same textures as both eyes'.
            let share = min(
                1, Float(2 * session.full.width) / Float(Self.screenSize.width),
                Float(session.full.height) / Float(Self.screenSize.height))
            eyeSize = scale.applied(
                to: ImageSize(
                    width: Int(Float(Self.screenSize.width) * share),
                    height: Int(Float(Self.screenSize.height) * share)))
            return eyeSize
        }
        eyeSize = scale.applied(to: session.full)
        return ImageSize(width: 2 * eyeSize.width, height: eyeSize.height)
    }

    /// Puts views into the state of a request, as the sketch that is shown wants it; keeps them by its tag.
    func prepare(_ state: inout DrawState, _ surroundings: Surroundings, window: ImageSize) {
        isPictureDue = false
        guard surroundings == .world else { return }
        guard isShown else {
            guard isFlying else { return }
            let eye = EyeView(pose: head, fieldOfView: Self.windowView(window))
            state.views = [view(eye, 0)]
            return
        }
        guard nextViews.eyes.count == 2 else { return }
        asked.keep(nextViews, scale: rig.scale, tag: state.tag)
        state.wantsDepth = session?.takesDepth == true
        state.views = [view(nextViews.eyes[0], 0), view(nextViews.eyes[1], 1)]
    }

    private func view(_ eye: EyeView, _ index: Int) -> ViewState {
        ViewState(
            projection: eye.fieldOfView.projection(), view: rig.viewMatrix(for: eye), eye: index)
    }

    /// What a window shows of the world: 60 degrees from top to bottom.
    private static func windowView(_ window: ImageSize) -> FieldOfView {
        let up = Float.pi / 6
        let side = tangentArc(
            0.57735 * Float(max(window.width, 1)) / Float(max(window.height, 1)))
        return FieldOfView(left: -side, right: side, up: up, down: -up)
    }

    /// Takes what a sketch says of where one begins; what it said before is no news.
    func takeStart(_ place: StartingPlace) {
        guard (place.eyePosition, place.headSize) != (start.position, start.scale) else { return }
        start = (place.eyePosition, place.headSize)
        rig = Rig(eyes: place.eyePosition, scale: place.headSize)
        goToStart()
    }

    /// Back to where the sketch begins, looking along minus z: the eyes where it says, or over the origin.
    func goToStart() {
        (look, isFlying) = (.zero, false)
        // Without a head in sight it is done again for the first one.
        hasBegun = isShown && isSettled
        guard isShown else { return rig.reset() }
        rig.reset(head: head)
        let height = head.position.y
        if start.position == nil, height < Self.eyeHeight / 2 {
            // Tracking space has its origin where the head was, not on the floor.
            rig.step(SIMD3(0, Self.eyeHeight - height, 0), headYaw: 0)
        }
    }

    /// Moves by thumbsticks and held keys; called each frame while somebody may move.
    func move(stick: SIMD2<Float>, rise: Float, now: UInt64) {
        let seconds = lastMoved.map { Float(now - min(now, $0)) / 1e9 } ?? 0
        lastMoved = now
        var (stick, rise) = (stick, rise)
        if !heldKeys.isEmpty { isFlying = true }
        for heading in heldKeys.values {
            switch heading {
            case .forward: stick.y += 1
            case .back: stick.y -= 1
            case .left: stick.x -= 1
            case .right: stick.x += 1
            case .up: rise += 1
            case .down: rise -= 1
            }
        }
        stick.clamp(lowerBound: SIMD2(-1, -1), upperBound: SIMD2(1, 1))
        let head = head.orientation
        if isShown, rise == 0 {
            rig.walk(stick: stick, headYaw: head.yaw, seconds: seconds)
        } else {
            // In a window one flies where one looks; in a headset a glance down must not sink anybody.
            rig.fly(
                stick: stick, head: isShown ? Quaternion(yaw: head.yaw) : head, rise: rise,
                seconds: seconds)
        }
    }
}
