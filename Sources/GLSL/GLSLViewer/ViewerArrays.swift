/// The arrays of numbers that glslViewer fills, by formulas of our own: no two of its runs have the same, either.
enum ViewerArrays {
    /// The numbers of an array, element after element; nil for a name or a type that is none of them.
    static func numbers(_ name: String, _ type: String) -> [Double]? {
        guard type == "vec3" else { return nil }
        return switch name {
        case "u_ssaoSamples": samples
        case "u_ssaoNoise": noise
        case "u_SH": sky
        default: nil
        }
    }

    /// 64 places in the half ball over z = 0, the first ones near its middle.
    private static let samples: [Double] = {
        var numbers: [Double] = []
        for (index, turn) in turns(64).enumerated() {
            let share = Double(index) / 64
            let length = 0.1 + 0.9 * share * share
            // Heights that follow each other are far apart.
            let step = Double(index) * 0.7548776662 + 0.5
            let height = step - step.rounded(.down)
            let around = (1 - height * height).squareRoot()
            numbers += [turn.x * around * length, turn.y * around * length, height * length]
        }
        return numbers
    }()

    /// 16 directions around z, by which pixels turn those places.
    private static let noise: [Double] = turns(16).flatMap { turn in [turn.x, turn.y, 0] }

    /// Spherical harmonics of a plain sky: brighter above than below; y is up.
    private static let sky: [Double] =
        [0.80, 0.85, 0.92] + [0.22, 0.26, 0.34] + [Double](repeating: 0, count: 21)

    /// Directions around z, each the golden angle on from the one before.
    private static func turns(_ count: Int) -> [SIMD2<Double>] {
        let angle = SIMD2(-0.7373688780, 0.6754902943)
        var turns = [SIMD2(1.0, 0.0)]
        while turns.count < count {
            let last = turns[turns.count - 1]
            turns.append(
                SIMD2(last.x * angle.x - last.y * angle.y, last.x * angle.y + last.y * angle.x))
        }
        return turns
    }
}
