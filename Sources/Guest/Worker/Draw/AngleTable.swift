import Glibc

/// Points on a circle.
enum AngleTable {
    /// Cosine and sine of so many half turns.
    static func point(_ halfTurns: Double) -> SIMD2<Double> {
        SIMD2(cos(halfTurns * .pi), sin(halfTurns * .pi))
    }
}
