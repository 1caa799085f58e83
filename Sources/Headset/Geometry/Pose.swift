/// A place and a direction: metres from the origin of a space, and a rotation (OpenXR's `XrPosef`).
public struct Pose: Sendable, Equatable {
    /// Metres: x right, y up, z towards the viewer.
    public var position: SIMD3<Float>
    /// Which way it looks; minus z is forward.
    public var orientation: Quaternion

    /// The origin, looking along minus z.
    public static let identity = Pose()

    /// Makes a pose.
    public init(position: SIMD3<Float> = .zero, orientation: Quaternion = .identity) {
        (self.position, self.orientation) = (position, orientation)
    }

    /// A point given in this pose's own space, in the space that the pose is given in.
    public func transform(_ point: SIMD3<Float>) -> SIMD3<Float> {
        position + orientation.rotate(point)
    }

    /// The pose that undoes this one.
    public var inverse: Pose {
        let back = orientation.inverse
        return Pose(position: -back.rotate(position), orientation: back)
    }

    /// A pose `b` that is given in the space of `a`, in the space of `a`'s own.
    public static func * (a: Pose, b: Pose) -> Pose {
        Pose(
            position: a.transform(b.position),
            orientation: (a.orientation * b.orientation).normalized)
    }

    /// The matrix from this pose's space to the space it is given in, column after column.
    public var matrix: SIMD16<Float> {
        let (x, y, z) = (
            orientation.rotate(SIMD3(1, 0, 0)), orientation.rotate(SIMD3(0, 1, 0)),
            orientation.rotate(SIMD3(0, 0, 1))
        )
        return SIMD16(
            x.x, x.y, x.z, 0, y.x, y.y, y.z, 0, z.x, z.y, z.z, 0,
            position.x, position.y, position.z, 1)
    }

    /// The view matrix of a camera that stands here: the inverse of `matrix`.
    public var viewMatrix: SIMD16<Float> { inverse.matrix }
}

/// What an eye sees: angles from straight ahead in radians, left and down negative (OpenXR's `XrFovf`).
public struct FieldOfView: Sendable, Equatable {
    /// To the left; negative.
    public var left: Float
    /// To the right.
    public var right: Float
    /// Up.
    public var up: Float
    /// Down; negative.
    public var down: Float

    /// Makes a field of view from four angles in radians.
    public init(left: Float, right: Float, up: Float, down: Float) {
        (self.left, self.right, self.up, self.down) = (left, right, up, down)
    }

    /// Where a world's picture begins, in units of the world.
    public static let near: Float = 0.05
    /// Where it ends.
    public static let far: Float = 1000

    /// The projection matrix of OpenGL's clip space (depth -1 to 1), column after column; `near` and `far` in units of the world.
    public func projection(near: Float = Self.near, far: Float = Self.far) -> SIMD16<Float> {
        let (l, r, u, d) = (tangent(left), tangent(right), tangent(up), tangent(down))
        let (w, h, z) = (r - l, u - d, far - near)
        return SIMD16(
            2 / w, 0, 0, 0, 0, 2 / h, 0, 0,
            (r + l) / w, (u + d) / h, -(far + near) / z, -1,
            0, 0, -2 * far * near / z, 0)
    }
}
