/// A straight line from a point, in tracking space: where a controller, the eyes or the mouse points.
public struct Ray: Sendable, Equatable {
    /// Where it begins, in metres.
    public var origin: SIMD3<Float>
    /// Where it goes, of length 1.
    public var direction: SIMD3<Float>

    /// Makes a ray; a direction of any length will do, one of none points forward.
    public init(origin: SIMD3<Float>, direction: SIMD3<Float>) {
        let length = (direction * direction).sum().squareRoot()
        self.origin = origin
        self.direction = length > 1e-9 && length.isFinite ? direction / length : SIMD3(0, 0, -1)
    }

    /// The ray of a controller's aim, or of a head: from the pose, forward.
    public init(aim: Pose) { self.init(origin: aim.position, direction: aim.orientation.forward) }

    /// The ray through a place of what an eye sees; from the picture's lower left, 0 to 1.
    public init(through share: SIMD2<Float>, of view: EyeView) {
        let field = view.fieldOfView
        let (left, down) = (tangent(field.left), tangent(field.down))
        let way = SIMD3(
            left + share.x * (tangent(field.right) - left),
            down + share.y * (tangent(field.up) - down), -1)
        self.init(origin: view.pose.position, direction: view.pose.orientation.rotate(way))
    }

    /// The point so many metres along.
    public func point(at distance: Float) -> SIMD3<Float> { origin + distance * direction }

    /// Where it meets the front of the plane through a pose, at right angles to the pose's z.
    ///
    /// - Returns: metres along the ray, and the point in the pose's own x and y; nil where the ray comes from behind,
    ///   runs along the plane, or leads away from it.
    public func meetsPlane(of pose: Pose) -> (distance: Float, x: Float, y: Float)? {
        let back = pose.inverse
        let from = back.transform(origin)
        let along = back.orientation.rotate(direction)
        guard from.z > 0, along.z < -1e-4 else { return nil }
        let distance = -from.z / along.z
        guard distance.isFinite else { return nil }
        return (distance, from.x + distance * along.x, from.y + distance * along.y)
    }
}

/// The length of a vector.
func length(_ v: SIMD3<Float>) -> Float { (v * v).sum().squareRoot() }
