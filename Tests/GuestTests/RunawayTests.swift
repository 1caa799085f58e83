import GLSL
import Testing

@testable import Guest

/// Programs whose loops count their rounds, guarded by hand.
@Suite(.serialized)
struct RunawayTests {
    private let limit = 50_000

    /// A program that is green and whose loop on line 9 never ends from `start` seconds on, but for its guard.
    private func guarded(
        _ channel: GuardReport.Channel, from start: Double, only place: String = "true"
    ) throws -> AssembledProgram {
        let (head, told): (String, String) =
            switch channel {
            case .storage(let binding):
                (
                    "#version 450\nlayout(std430, binding = \(binding)) buffer G { uint tripped[6]; };",
                    "if (late) tripped[\(Stage.fragment.order)] = 2u;"
                )
            case .replay:
                (
                    "#version 330\nuniform int phosphor_guard_report;",
                    """
                    if (phosphor_guard_report == 1)
                        color = late ? vec4(2, 0, 165, 255) / 255.0 : vec4(0);
                    """
                )
            case .silent: ("#version 330\n", "")
            }
        var program = try Shaders.fragment(
            """
            \(head)
            uniform float iTime;
            out vec4 color;
            void main() {
                int rounds = 0;
                bool late = false;
                float a = 0.0;
                while (a < 1.0) {
                    if (++rounds > \(limit)) { late = true; break; }
                    a = iTime < float(\(start)) || !(\(place)) ? 2.0 : a - 1.0;
                }
                color = vec4(0, 1, 0, 1);
                \(told)
            }
            """)
        let index = try #require(program.passes[0].stages.firstIndex { $0.stage == .fragment })
        program.passes[0].stages[index].loopGuard = GuardReport(
            channel: channel, limit: limit,
            loops: [
                GuardedLoop(stage: .fragment, file: "test", line: 4),
                GuardedLoop(stage: .fragment, file: "test", line: 9),
            ])
        return program
    }

    private func expectRunaway(_ verdict: Verdict?) {
        guard case .runaway(let diagnostics) = verdict else {
            Issue.record("not runaway: \(String(describing: verdict))")
            return
        }
        #expect(diagnostics.count == 1)
        #expect(diagnostics.first?.line == 9)
        #expect(diagnostics.first?.message == "runaway: this loop passed 50,000 rounds")
    }

    @Test(arguments: [GuardReport.Channel.storage(binding: 7), .replay])
    func aTrialThatPassesTheLimitIsKeptOut(channel: GuardReport.Channel) throws {
        let bench = try Bench()
        #expect(bench.show(1, try Shaders.flat(1, 2, 3)))
        bench.supervisor.submit(2, program: try guarded(channel, from: -1))
        expectRunaway(bench.verdict(2))
        let sequence = bench.supervisor.pictureSequence
        #expect(bench.run { bench.supervisor.pictureSequence > sequence + 3 })
        #expect(bench.pixel(0, 0) == [1, 2, 3])
        #expect(!bench.supervisor.activate(2))
        // The same loops within the limit are good.
        bench.supervisor.submit(3, program: try guarded(channel, from: 1e9))
        #expect(bench.verdict(3)?.isGood == true)
        #expect(bench.run { bench.pixel(0, 0) == [0, 255, 0] })
    }

    @Test(arguments: [GuardReport.Channel.storage(binding: 0), .replay])
    func aFirstProgramIsKeptOutToo(channel: GuardReport.Channel) throws {
        let bench = try Bench()
        bench.supervisor.submit(
            1, program: try guarded(channel, from: -1), options: TryOptions(isOpening: true))
        expectRunaway(bench.verdict(1))
        #expect(bench.supervisor.shownRevision == nil)
    }

    @Test(arguments: [GuardReport.Channel.storage(binding: 3), .replay])
    func oneCornerIsEnough(channel: GuardReport.Channel) throws {
        let bench = try Bench(width: 160, height: 90)
        #expect(bench.show(1, try Shaders.flat(1, 2, 3)))
        let corner = "gl_FragCoord.x > 158.0 && gl_FragCoord.y > 88.0"
        bench.supervisor.submit(2, program: try guarded(channel, from: -1, only: corner))
        expectRunaway(bench.verdict(2))
    }

    @Test func loopsThatPassTheLimitLaterAreToldOnceAndShownOn() throws {
        let bench = try Bench()
        #expect(bench.show(1, try guarded(.storage(binding: 5), from: 10)))
        #expect(bench.verdicts(1).first?.isGood == true)
        func told() -> [[Diagnostic]] {
            bench.events.compactMap { if case .tripped(1, let all) = $0 { all } else { nil } }
        }
        #expect(told().isEmpty)
        bench.time = 20
        #expect(bench.run { !told().isEmpty })
        #expect(told().first?.first?.line == 9)
        let sequence = bench.supervisor.pictureSequence
        #expect(bench.run { bench.supervisor.pictureSequence > sequence + 5 })
        #expect(told().count == 1)
        #expect(bench.verdicts(1).count == 1)
        #expect(bench.supervisor.shownRevision == 1)
        #expect(bench.pixel(3, 3) == [0, 255, 0])
    }

    @Test func aLoopThatTheReportDoesNotHaveIsToldWithoutALine() throws {
        let program = try guarded(.storage(binding: 1), from: -1)
        let told = program.runaways([Tripped(pass: 0, stage: .fragment, loop: 77)])
        #expect(told.count == 1)
        #expect(told.first?.line == nil)
        #expect(program.runaways([Tripped(pass: 40, stage: .vertex, loop: 1)]).count == 1)
    }
}
