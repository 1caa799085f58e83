import Headset
import TestSupport
import Testing

/// The scale follows the budget, and comes to rest.
struct ResolutionScaleTests {
    /// A sketch that costs something a frame and something for each of its pixels, measured with noise and hitches.
    private struct Load {
        var base: Float
        var full: Float
        var noise: Float
        var hitches: Float
        var chance: Seeded

        mutating func cost(_ scale: Float) -> Float {
            if chance.number(0...1) < hitches { return chance.number(20...60) }
            return (base + full * scale * scale) * (1 + chance.number(-noise...noise))
        }
    }

    @Test(arguments: 0..<60) func itComesToRestWithinTheBudget(seed: Int) {
        var chance = Seeded(seed: seed)
        let budget: Float = 7.8
        var load = Load(
            base: chance.number(0...2), full: chance.number(0.5...80),
            noise: chance.number(0...0.08), hitches: 0.04, chance: chance)
        var scale = ResolutionScale()
        var changes: [(Double, Float)] = [(-1, 1)]
        for frame in 0..<(90 * 60) {
            let now = Double(frame) / 90
            let before = scale.value
            if scale.note(milliseconds: load.cost(before), budget: budget, now: now) {
                #expect(scale.value != before)
                #expect(now - (changes.last?.0 ?? 0) >= 1, "no more than one change a second")
                changes.append((now, scale.value))
            } else {
                #expect(scale.value == before)
            }
            #expect((0.25...1).contains(scale.value))
        }
        let settled = load.base + load.full * scale.value * scale.value
        let least = load.base + load.full / 16
        #expect(settled <= budget * 1.02 || least > budget * 0.9, "\(settled) ms at \(scale.value)")
        // Nor is it smaller than it need be: two sizes up would be too slow.
        let larger = scale.value * 1.21
        #expect(
            scale.value > 0.98 || load.base + load.full * larger * larger > budget * 0.85,
            "\(settled) ms at \(scale.value)")
        // The last half minute is quiet.
        #expect(changes.filter { $0.0 > 30 }.count <= 1, "\(changes)")
    }

    @Test func aHitchChangesNothing() {
        var scale = ResolutionScale()
        for frame in 0..<600 {
            let cost: Float = frame % 10 == 0 ? 90 : 5
            let isChanged = scale.note(
                milliseconds: cost, budget: 8, now: Double(frame) / 90)
            #expect(!isChanged)
        }
        #expect(scale.value == 1)
    }

    @Test func aSlowSketchIsHelpedWithinTwoSeconds() {
        var scale = ResolutionScale()
        for frame in 0..<180 {
            let cost = 60 * scale.value * scale.value
            scale.note(milliseconds: cost, budget: 8, now: Double(frame) / 90)
        }
        #expect(60 * scale.value * scale.value <= 8)
    }

    @Test func itGoesUpAgainForALighterSketch() {
        var scale = ResolutionScale()
        for frame in 0..<900 {
            scale.note(milliseconds: 200, budget: 8, now: Double(frame) / 90)
        }
        #expect(scale.value == 0.25)
        var values: [Float] = [scale.value]
        for frame in 900..<(90 * 60) {
            if scale.note(milliseconds: 0.5, budget: 8, now: Double(frame) / 90) {
                values.append(scale.value)
            }
        }
        #expect(scale.value == 1)
        for (before, after) in zip(values, values.dropFirst()) {
            #expect(abs(after / before - ResolutionScale.step) < 0.01, "steps of about a tenth")
        }
    }

    @Test func aSetScaleStays() {
        var scale = ResolutionScale()
        scale.setFixed(0.6)
        for frame in 0..<500 {
            let isChanged = scale.note(milliseconds: 90, budget: 8, now: Double(frame) / 90)
            #expect(!isChanged)
        }
        #expect(scale.value == 0.6 && !scale.isAutomatic)
        scale.setFixed(3)
        #expect(scale.value == 1)
        scale.setFixed(0.6)
        scale.setAutomatic()
        #expect(scale.value <= 0.6 && scale.value > 0.53 && scale.isAutomatic)
        #expect(
            scale.applied(to: ImageSize(width: 1000, height: 10))
                == ImageSize(width: Int((1000 * scale.value).rounded()), height: 16))
    }
}
