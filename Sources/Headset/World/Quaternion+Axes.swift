extension Quaternion {
    /// The rotation that takes the axes x, y and z to these three, which are of length 1 and at right angles.
    init(x: SIMD3<Float>, y: SIMD3<Float>, z: SIMD3<Float>) {
        // Of the four ways to get at it, the one that divides by the largest number (Shepperd 1978).
        let sums = SIMD4(
            1 + x.x - y.y - z.z, 1 - x.x + y.y - z.z, 1 - x.x - y.y + z.z, 1 + x.x + y.y + z.z)
        let vector: SIMD4<Float>
        switch sums.max() {
        case sums.w: vector = SIMD4(y.z - z.y, z.x - x.z, x.y - y.x, sums.w)
        case sums.x: vector = SIMD4(sums.x, x.y + y.x, z.x + x.z, y.z - z.y)
        case sums.y: vector = SIMD4(x.y + y.x, sums.y, y.z + z.y, z.x - x.z)
        default: vector = SIMD4(z.x + x.z, y.z + z.y, sums.z, x.y - y.x)
        }
        self = Quaternion(vector: vector).normalized
    }
}
