import Glibc

/// `base` to the power of `exponent` (powf), so that only this file needs the C library for it.
func power(_ base: Float, _ exponent: Float) -> Float { powf(base, exponent) }
