import Glibc

/// A rotation, as OpenXR has it: x, y, z, w, of length 1; x right, y up, z towards the viewer.
public struct Quaternion: Sendable, Equatable {
    /// The components x, y, z, w.
    public var vector: SIMD4<Float>

    /// The rotation that does nothing.
    public static let identity = Quaternion(vector: SIMD4(0, 0, 0, 1))

    /// Takes the components x, y, z, w as they are.
    public init(vector: SIMD4<Float>) { self.vector = vector }

    /// A rotation by an angle in radians about an axis of length 1, counter-clockwise when the axis points at you.
    public init(angle: Float, axis: SIMD3<Float>) {
        let sine = sin(angle / 2)
        vector = SIMD4(axis.x * sine, axis.y * sine, axis.z * sine, cos(angle / 2))
    }

    /// Yaw about y, then pitch about x, then roll about z, in radians; positive yaw turns left, positive pitch up.
    public init(yaw: Float, pitch: Float = 0, roll: Float = 0) {
        self =
            Quaternion(angle: yaw, axis: SIMD3(0, 1, 0))
            * Quaternion(angle: pitch, axis: SIMD3(1, 0, 0))
            * Quaternion(angle: roll, axis: SIMD3(0, 0, 1))
    }

    /// The rotation that undoes this one.
    public var inverse: Quaternion {
        Quaternion(vector: SIMD4(-vector.x, -vector.y, -vector.z, vector.w))
    }

    /// The same with length 1; the identity where it has no length.
    public var normalized: Quaternion {
        let length = (vector * vector).sum().squareRoot()
        return length > 1e-9 && length.isFinite ? Quaternion(vector: vector / length) : .identity
    }

    /// A vector, rotated.
    public func rotate(_ v: SIMD3<Float>) -> SIMD3<Float> {
        let u = SIMD3(vector.x, vector.y, vector.z)
        let t = 2 * cross(u, v)
        return v + vector.w * t + cross(u, t)
    }

    /// Where it looks: minus z, rotated.
    public var forward: SIMD3<Float> { rotate(SIMD3(0, 0, -1)) }

    /// The turn about the vertical alone, in radians, positive to the left; where it looks straight up or down, that
    /// of its upper edge.
    public var yaw: Float {
        let f = forward
        if f.x * f.x + f.z * f.z > 1e-4 { return atan2(-f.x, -f.z) }
        let up = rotate(SIMD3(0, 1, 0)) * (f.y > 0 ? -1 : 1)
        return atan2(-up.x, -up.z)
    }

    /// How far it looks up, in radians.
    public var pitch: Float { asin(min(max(forward.y, -1), 1)) }

    /// First `b`, then `a`.
    public static func * (a: Quaternion, b: Quaternion) -> Quaternion {
        let (p, q) = (a.vector, b.vector)
        let u = SIMD3(p.x, p.y, p.z)
        let v = SIMD3(q.x, q.y, q.z)
        let w = p.w * v + q.w * u + cross(u, v)
        return Quaternion(vector: SIMD4(w.x, w.y, w.z, p.w * q.w - (u * v).sum()))
    }
}

/// The cross product of two vectors.
public func cross(_ a: SIMD3<Float>, _ b: SIMD3<Float>) -> SIMD3<Float> {
    SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
}
