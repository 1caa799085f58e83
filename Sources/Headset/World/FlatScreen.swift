/// The large screen that a flat sketch (`mainImage` alone) is shown on: it stands in the room like one in a cinema.
///
/// 60 degrees wide from 5 m, its middle a little above the eyes; what is shown on it has the shape of its picture.
public struct FlatScreen: Sendable, Equatable {
    /// Its middle, in tracking space; it faces along plus z.
    public internal(set) var pose: Pose
    /// Width and height in metres.
    public private(set) var size: SIMD2<Float>
    /// Width by height of its picture.
    public private(set) var aspect: Float

    /// Metres from the eyes.
    public static let distance: Float = 5
    /// Metres wide: 60 degrees.
    public static let standardWidth: Float = 5.77
    /// How high its middle is above the eyes, in metres, so that it stands clear of the floor.
    public static let elevation: Float = 0.15
    /// How wide it may be made, in metres: from 20 to 100 degrees.
    public static let widths: ClosedRange<Float> = 1.76...11.9
    var width: Float
    /// Whether the user has put it where it is, or made it as large as it is.
    public internal(set) var isMoved = false
    var hold: Hold?

    /// A screen before somebody, upright; only the head's yaw counts.
    public init(head: Pose, picture: ImageSize) {
        (pose, size, aspect, width) = (.identity, .zero, 1, Self.standardWidth)
        setPicture(picture)
        place(head: head)
    }

    /// Puts it before the user anew; its size stays.
    public mutating func place(head: Pose) {
        let orientation = Quaternion(yaw: head.orientation.yaw)
        (isMoved, hold) = (false, nil)
        pose = Pose(
            position: head.position + Self.distance * orientation.forward
                + SIMD3(0, Self.elevation, 0), orientation: orientation)
    }

    /// Takes the shape of a picture of this size in pixels.
    public mutating func setPicture(_ picture: ImageSize) {
        aspect = Float(max(picture.width, 1)) / Float(max(picture.height, 1))
        fit()
    }

    /// Makes it larger or smaller; 1.1 is a tenth larger.
    public mutating func scale(_ factor: Float) {
        guard factor.isFinite, factor > 0 else { return }
        width = (width * factor).clamped(to: Self.widths)
        isMoved = true
        fit()
    }

    /// A tall picture is no higher than a wide one of 4:3.
    mutating func fit() {
        size = SIMD2(min(width, width * 0.75 * aspect), min(width / aspect, width * 0.75))
    }

    /// A place on it in tracking space; from its lower left, 0 to 1.
    public func point(_ share: SIMD2<Float>) -> SIMD3<Float> {
        let away = (share - 0.5) * size
        return pose.transform(SIMD3(away.x, away.y, 0))
    }

    /// Where a ray meets it, as iMouse counts: pixels of its picture from the lower left; nil beside it.
    ///
    /// - Parameter captured: while a button is held, what lies beyond the edge counts as the edge.
    public func mouse(_ ray: Ray, picture: ImageSize, captured: Bool = false) -> (
        place: SIMD2<Float>, distance: Float
    )? {
        guard let met = ray.meetsPlane(of: pose) else { return nil }
        let share = SIMD2(met.x, met.y) / size + 0.5
        let inside = share.clamped(lowerBound: SIMD2(0, 0), upperBound: SIMD2(1, 1))
        guard captured || inside == share else { return nil }
        return (inside * SIMD2(Float(picture.width), Float(picture.height)), met.distance)
    }
}
