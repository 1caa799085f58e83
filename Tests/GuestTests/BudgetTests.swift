import CSystem
import GLSL
import Testing

@testable import Guest

/// Programs that are judged by the time that they take.
@Suite(.serialized)
struct BudgetTests {
    /// Green, after so many rounds of a loop; 60,000 take tenths of a second for 32x16 pixels.
    static func spinning(_ rounds: Int, times: Int = 1, note: String = "") throws
        -> AssembledProgram
    {
        try Shaders.fragment(
            """
            out vec4 color; // \(note)
            void main() {
                float a = gl_FragCoord.x;
                for (int j = 0; j < \(times); j++)
                    for (int i = 0; i < \(rounds); i++) a = sin(a * 1.0001 + float(i));
                color = vec4(0, 1, 0, 1) + a * 1e-9;
            }
            """)
    }

    @Test func aSlowProgramIsKeptOutAndStaysLoaded() throws {
        let bench = try Bench()
        #expect(bench.show(1, try Shaders.flat(1, 2, 3)))
        #expect(bench.run { bench.supervisor.back?.isIdle == true })
        let back = try #require(bench.supervisor.back?.pid)
        bench.supervisor.submit(
            2, program: try Self.spinning(60_000), options: TryOptions(budgetMilliseconds: 1))
        guard case .slow(let time, let budget, let isEstimate) = bench.verdict(2) else {
            Issue.record("not slow: \(bench.verdicts(2))")
            return
        }
        #expect(time > 1.1)
        #expect(budget == 1)
        #expect(!isEstimate)
        let sequence = bench.supervisor.pictureSequence
        #expect(bench.run { bench.supervisor.pictureSequence > sequence + 3 })
        #expect(bench.pixel(0, 0) == [1, 2, 3])
        #expect(bench.supervisor.back?.loaded.contains(2) == true)
        // Accepting it needs the guest that has it, and no other.
        #expect(bench.supervisor.activate(2))
        #expect(bench.run { bench.pixel(0, 0) == [0, 255, 0] })
        #expect(bench.supervisor.front?.pid == back)
        #expect(bench.verdicts(2).count == 1)
    }

    @Test func whatIsWithinItsBudgetIsGood() throws {
        let bench = try Bench()
        #expect(bench.show(1, try Shaders.flat(1, 2, 3)))
        bench.supervisor.submit(
            2, program: try Self.spinning(600), options: TryOptions(budgetMilliseconds: 60_000))
        #expect(bench.verdict(2)?.isGood == true)
    }

    @Test func withNothingToShowNothingIsSlow() throws {
        let bench = try Bench()
        bench.supervisor.submit(
            1, program: try Self.spinning(60_000), options: TryOptions(budgetMilliseconds: 0.01))
        #expect(bench.verdict(1)?.isGood == true)
        bench.supervisor.submit(
            2, program: try Self.spinning(60_000, note: "opened"),
            options: TryOptions(isOpening: true, budgetMilliseconds: 0.01))
        #expect(bench.verdict(2)?.isGood == true)
        #expect(bench.run { bench.supervisor.shownRevision == 2 })
    }

    @Test func whatIsFarOverIsNotDrawnWhole() throws {
        // Some 15 seconds for the whole picture: a few tenths for its first pixels.
        let bench = try Bench(
            width: 320, height: 180, configuration: BuiltProduct.configuration(deadline: 120))
        #expect(bench.show(1, try Shaders.flat(1, 2, 3)))
        bench.supervisor.submit(
            2, program: try Self.spinning(60_000), options: TryOptions(budgetMilliseconds: 5))
        var phases: Set<GuestPhase> = []
        #expect(
            bench.run {
                if let phase = bench.supervisor.trial?.phase { phases.insert(phase) }
                return !bench.verdicts(2).isEmpty
            })
        guard case .slow(let time, _, let isEstimate) = bench.verdicts(2).first else {
            Issue.record("not slow: \(bench.verdicts(2))")
            return
        }
        #expect(isEstimate)
        #expect(time > 100)
        #expect(phases.contains(.partDraw))
        #expect(!phases.contains(.wholeDraw))
        #expect(bench.verdicts(2).first?.words.contains("about") == true)
    }

    @Test func aCheapProgramIsDrawnWholeAtOnce() throws {
        let bench = try Bench(width: 640, height: 360)
        #expect(bench.show(1, try Shaders.flat(1, 2, 3)))
        bench.supervisor.submit(
            2, program: try Shaders.flat(4, 5, 6), options: TryOptions(budgetMilliseconds: 60_000))
        var phases: Set<GuestPhase> = []
        bench.run {
            if let phase = bench.supervisor.trial?.phase { phases.insert(phase) }
            return !bench.verdicts(2).isEmpty
        }
        #expect(bench.verdicts(2).first?.isGood == true)
        #expect(!phases.contains(.partDraw))
    }

    @Test func tilesLieInEveryPicture() {
        for (width, height) in [(1, 1), (3, 900), (16, 16), (17, 33), (320, 180), (1921, 1081)] {
            for region in [TrialRegion.small, .part, .whole] {
                for tile in region.rectangles(width: width, height: height) {
                    #expect(tile.width >= 1 && tile.height >= 1)
                    #expect(tile.x >= 0 && tile.x + tile.width <= width, "\(region) \(width)")
                    #expect(tile.y >= 0 && tile.y + tile.height <= height, "\(region) \(height)")
                }
            }
        }
        let area = TrialRegion.part.area(width: 1920, height: 1080)
        #expect((1920 * 1080 / 18...1920 * 1080 / 14).contains(area))
    }

    @Test func steadyTypingDoesNotStarveSlowPrograms() throws {
        let bench = try Bench(configuration: BuiltProduct.configuration(deadline: 60))
        #expect(bench.show(1, try Shaders.flat(1, 2, 3)))
        // Each takes longer than what is granted to one that was overtaken, after a last good that took no time.
        var revision = 1
        let isShown = bench.run(until: 60) {
            if bench.supervisor.trial == nil || bench.supervisor.pending == nil {
                revision += 1
                if let program = try? Self.spinning(60_000, times: 5, note: "\(revision)") {
                    bench.supervisor.submit(revision, program: program)
                }
            }
            return (bench.supervisor.shownRevision ?? 1) > 1
        }
        #expect(isShown)
        #expect((2...revision).contains { bench.verdicts($0) == [.superseded] })
    }
}
