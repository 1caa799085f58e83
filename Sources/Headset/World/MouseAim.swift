import Glibc

/// Where the mouse points in the room: a direction from the eyes, which the mouse moves.
///
/// For who has no controller in the hands. It stays where it is while the head turns, and is taken along only when it
/// would leave the view, and only when the mouse moves.
public struct MouseAim: Sendable, Equatable {
    private var yaw: Float
    private var pitch: Float

    /// Radians for each pixel of the mouse.
    public static let radiansPerPixel: Float = 0.0012
    /// How far from straight ahead it may be, sideways and up or down, in radians.
    static let sideways: Float = 40 * .pi / 180
    static let upOrDown: Float = 30 * .pi / 180

    /// Points at a place, as at the middle of a panel that was brought up.
    public init(at point: SIMD3<Float>, eyes: SIMD3<Float>) {
        let orientation = Pose.facing(eyes, from: point).orientation
        (yaw, pitch) = (orientation.yaw, orientation.pitch)
    }

    /// Moves by pixels of the mouse.
    public mutating func move(right: Float, down: Float, head: Pose) {
        guard right.isFinite, down.isFinite, right != 0 || down != 0 else { return }
        let (middle, level) = (head.orientation.yaw, head.orientation.pitch)
        let turn = remainder(yaw - right * Self.radiansPerPixel - middle, 2 * .pi)
        yaw = middle + turn.clamped(to: -Self.sideways...Self.sideways)
        let lowest = max(level - Self.upOrDown, -1.5)
        pitch = (pitch - down * Self.radiansPerPixel).clamped(
            to: lowest...max(min(level + Self.upOrDown, 1.5), lowest))
    }

    /// The ray from the eyes.
    public func ray(eyes: SIMD3<Float>) -> Ray {
        Ray(origin: eyes, direction: Quaternion(yaw: yaw, pitch: pitch).forward)
    }
}
