/// Nanoseconds of the runtime's own clock (`XrTime`, `XrDuration`).
public typealias HeadsetTime = Int64

/// A width and a height in pixels.
public struct ImageSize: Sendable, Equatable {
    /// Width in pixels.
    public var width: Int
    /// Height in pixels.
    public var height: Int

    /// Makes a size.
    public init(width: Int, height: Int) { (self.width, self.height) = (width, height) }
}

/// What a session is good for (`XrSessionState`, without those that pass by themselves).
public enum HeadsetPhase: String, Sendable {
    /// The runtime does not want frames yet, or no longer.
    case idle
    /// Frames are wanted but nobody sees them.
    case synchronized
    /// Somebody sees the picture; controllers belong to someone else.
    case visible
    /// Seen, and the controllers are ours.
    case focused
}

/// What happened to a headset.
public enum HeadsetEvent: Sendable, Equatable {
    /// The session is good for something else now.
    case phase(HeadsetPhase)
    /// The runtime or the session has gone, in words for people; the driver is of no use any more.
    ///
    /// `mayReturn`: whether to look for it again; not where somebody wanted the end (`XR_SESSION_STATE_EXITING`).
    case lost(String, mayReturn: Bool = true)
    /// Tracking space was moved by the user (`XrEventDataReferenceSpaceChangePending`): poses from before do not fit.
    case recentred
    /// So many frames a second from now on.
    case refreshRate(Double)
    /// Which controllers are in the hands, by a name for people; nil for none.
    case controllers(left: String?, right: String?)
}

/// Why there is no headset, or what went wrong with it, in words: what, and what to do.
public struct HeadsetError: Error, Equatable, CustomStringConvertible {
    /// The words.
    public var description: String

    /// Makes an error.
    public init(_ description: String) { self.description = description }
}

/// One eye: where it is in tracking space, and what it sees.
public struct EyeView: Sendable, Equatable {
    /// Where it is and where it looks.
    public var pose: Pose
    /// What it sees.
    public var fieldOfView: FieldOfView

    /// Makes an eye.
    public init(pose: Pose, fieldOfView: FieldOfView) {
        (self.pose, self.fieldOfView) = (pose, fieldOfView)
    }
}

/// Both eyes at a moment, left first.
public struct HeadViews: Sendable, Equatable {
    /// Always two; where tracking is lost, the last that were known.
    public var eyes: [EyeView]
    /// Whether orientation and position are known at all, not made up (`XR_VIEW_STATE_*_VALID_BIT`).
    public var isTracked: Bool

    /// Makes a head's views.
    public init(eyes: [EyeView], isTracked: Bool) {
        (self.eyes, self.isTracked) = (eyes, isTracked)
    }

    /// The point between the eyes, looking where they look.
    public var head: Pose {
        guard let left = eyes.first, let right = eyes.last else { return .identity }
        // Displays may be turned outwards, each to its side. A rotation has two quaternions: the nearer one counts.
        let (a, b) = (left.pose.orientation.vector, right.pose.orientation.vector)
        return Pose(
            position: (left.pose.position + right.pose.position) / 2,
            orientation: Quaternion(vector: (a * b).sum() < 0 ? a - b : a + b).normalized)
    }
}

/// One hand's controller, by meaning rather than by button; see the suggested bindings in the README.
public struct HandState: Sendable, Equatable {
    /// Whether there is a controller that is awake.
    public var isActive = false
    /// Where it points, in tracking space; nil while it is not tracked.
    public var aim: Pose?
    /// Where the hand is; nil while it is not tracked.
    public var grip: Pose?
    /// Trigger: places the cursor, selects, presses iMouse.
    public var isSelecting = false
    /// Squeeze: takes hold of a panel.
    ///
    /// Where a controller has none (simple), selecting a panel's edge does it.
    public var isGrabbing = false
    /// Thumbstick, -1 to 1, right and up positive; zero where there is none.
    public var stick = SIMD2<Float>()
    /// Thumbstick pressed.
    public var isStickPressed = false
    /// Menu, or the upper face button: the editor on and off.
    public var isToggling = false
    /// The menu button of a controller that has nothing else beside its trigger; `HeldMenu` says what it means.
    public var isMenu = false
    /// The lower face button: asks the window for the keyboard.
    public var isCalling = false

    /// A hand without a controller.
    public init() {}
}
