import Glibc

/// What a controller with two buttons does (`khr/simple_controller`): its menu button stands in for all that others have.
///
/// Pressed and let go it is the toggle. While it is held, the controller is a joystick: tilted from where it pointed when
/// the menu went down, it gives what a thumbstick gives, so that one walks, turns, scrolls, pushes and resizes by it; the
/// ray stays where it was meanwhile. The trigger then goes back to where the sketch begins. Whether it was used is what
/// tells both apart, not how long it took.
public struct HeldMenu: Sendable, Equatable {
    /// How far it must be tilted to mean anything, and how far for all of a thumbstick's way, in radians.
    public static let tilts: ClosedRange<Float> = (5 * .pi / 180)...(22 * .pi / 180)

    private var wasHeld = false
    /// Where it pointed when the menu went down, as it was and as it was shown.
    private var begin: Pose?
    private var start: Pose?
    /// Whether it was more than a tap.
    private var isUsed = false
    /// Whose the trigger is: it was down before the menu, or went down with it held.
    private var trigger = Trigger.free
    /// What keeps a panel that was held meanwhile from jumping to where the controller points now.
    private var offset: Pose?

    private enum Trigger: Sendable, Equatable { case free, before, taken }

    /// A menu that nobody holds.
    public init() {}

    /// A hand as it is, in the words of one with a thumbstick and a button for the toggle.
    public mutating func take(_ now: HandState) -> HandState {
        guard now.isActive else {
            self = HeldMenu()
            return now
        }
        var hand = now
        if !now.isSelecting { (trigger, offset) = (.free, nil) }
        if now.isMenu {
            if !wasHeld {
                // A controller that is not tracked at that moment has no tilt until the next time.
                (begin, start) = (now.aim, shifted(now.aim))
                // A tap on it with something in the hand is a slip.
                (isUsed, wasHeld) = (now.isSelecting, true)
                if now.isSelecting { trigger = .before }
            }
            if trigger == .free, now.isSelecting { trigger = .taken }
            if let begin, let aim = now.aim {
                hand.stick = Self.stick(from: begin.orientation, to: aim.orientation)
                hand.aim = start
            }
            hand.isStickPressed = trigger == .taken
            isUsed = isUsed || hand.stick != .zero || hand.isStickPressed
        } else if wasHeld {
            wasHeld = false
            hand.isToggling = !isUsed
            if trigger == .before, let start, let aim = now.aim { offset = start * aim.inverse }
        }
        if trigger == .taken { hand.isSelecting = false }
        if !now.isMenu { hand.aim = shifted(now.aim) }
        return hand
    }

    private func shifted(_ aim: Pose?) -> Pose? {
        guard let offset, let aim else { return aim }
        return offset * aim
    }

    private static func stick(from start: Quaternion, to now: Quaternion) -> SIMD2<Float> {
        let tilt = SIMD2(remainder(start.yaw - now.yaw, 2 * .pi), now.pitch - start.pitch)
        let size = (tilt * tilt).sum().squareRoot()
        guard size > tilts.lowerBound else { return .zero }
        return tilt / size * min(size / tilts.upperBound, 1)
    }
}
