import Glibc

func tangent(_ angle: Float) -> Float { tan(angle) }
