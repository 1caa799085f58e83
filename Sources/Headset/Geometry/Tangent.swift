import Glibc

func tangent(_ angle: Float) -> Float { tan(angle) }

/// The angle with this tangent, in radians.
public func tangentArc(_ value: Float) -> Float { atan(value) }
