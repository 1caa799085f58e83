import CSystem
import GLSL
import Glibc
import Testing

@testable import Guest

/// What the host sees of its guests, with real ones.
///
/// One at a time: they would only take the processors from each other.
@Suite(.serialized)
struct SupervisorTests {
    @Test func aGoodShaderGivesGoodAndItsPixels() throws {
        let bench = try Bench()
        let program = try Shaders.fragment(
            """
            out vec4 color;
            void main() { color = vec4(step(16.0, gl_FragCoord.x), step(8.0, gl_FragCoord.y), 1, 1); }
            """)
        #expect(bench.show(7, program))
        #expect(bench.verdicts(7).count == 1)
        #expect(bench.verdicts(7).first?.isGood == true)
        #expect(bench.events.contains(.shown(revision: 7)))
        // Rows come from the bottom: the upper half has green.
        #expect(bench.pixel(2, 2) == [0, 0, 255])
        #expect(bench.pixel(20, 2) == [255, 0, 255])
        #expect(bench.pixel(2, 12) == [0, 255, 255])
        let info = try #require(bench.supervisor.info)
        #expect(!info.renderer.isEmpty)
    }

    @Test func uniformsCarryTheHostsClock() throws {
        let bench = try Bench()
        let program = try Shaders.fragment(
            """
            out vec4 color;
            void main() { color = vec4(iTime / 255.0, iResolution.x / 255.0, iResolution.y / 255.0, 1); }
            """)
        bench.time = 40
        #expect(bench.show(1, program))
        bench.time = 90
        #expect(bench.run { bench.pixel(0, 0) == [90, 32, 16] })
    }

    @Test func anErrorGivesItsLineAndThePictureStays() throws {
        let bench = try Bench()
        #expect(bench.show(1, try Shaders.flat(255, 0, 0)))
        let broken = try Shaders.fragment(
            "out vec4 color;\nvoid main() {\n    color = vec4(nothing);\n}\n")
        bench.supervisor.submit(2, program: broken)
        let verdict = try #require(bench.verdict(2))
        guard case .error(let diagnostics) = verdict else {
            Issue.record("not an error: \(verdict)")
            return
        }
        #expect(diagnostics.contains { $0.line == 3 && $0.stage == .fragment })
        #expect(bench.run { bench.supervisor.isIdle })
        let lint = bench.events.compactMap { event -> [Diagnostic]? in
            guard case .lint(2, let all) = event else { return nil }
            return all
        }
        // glslang says the same about `nothing`, which is not said twice.
        #expect(lint == [diagnostics])
        let sequence = bench.supervisor.pictureSequence
        #expect(bench.run { bench.supervisor.pictureSequence > sequence + 3 })
        #expect(bench.pixel(1, 1) == [255, 0, 0])
        #expect(bench.supervisor.statistics.deaths == 0)
    }

    @Test func theNewestWins() throws {
        let bench = try Bench()
        #expect(bench.show(1, try Shaders.flat(1, 0, 0)))
        #expect(bench.run { bench.supervisor.back?.isIdle == true })
        for revision in 2...30 {
            bench.supervisor.submit(revision, program: try Shaders.flat(revision, 0, 0))
        }
        #expect(bench.run { bench.supervisor.shownRevision == 30 })
        #expect(bench.pixel(0, 0) == [30, 0, 0])
        for revision in 2...30 {
            #expect(bench.verdicts(revision).count == 1, "revision \(revision)")
        }
        // The one under way was finished, those that waited were overtaken.
        #expect(bench.verdicts(2).first?.isGood == true)
        for revision in 3...29 { #expect(bench.verdicts(revision) == [.superseded]) }
    }

    @Test func oldProgramsAreForgotten() throws {
        let bench = try Bench()
        for revision in 1...24 { #expect(bench.show(revision, try Shaders.flat(revision, 0, 0))) }
        #expect(
            bench.run { bench.supervisor.guests.allSatisfy { ($0?.loaded.count ?? 0) <= 4 } })
        #expect(bench.supervisor.front?.loaded.contains(24) == true)
        // What was forgotten still comes back when it is asked for.
        bench.supervisor.activate(18)
        #expect(bench.run { bench.pixel(0, 0) == [18, 0, 0] })
    }

    @Test func goingBackToWhatIsShownNeedsNoTrial() throws {
        let bench = try Bench()
        let first = try Shaders.flat(9, 9, 9)
        #expect(bench.show(1, first))
        bench.supervisor.submit(2, program: try Shaders.flat(8, 8, 8))
        bench.clear()
        bench.supervisor.submit(1, program: first)
        #expect(bench.verdict(1)?.isGood == true)
        #expect(bench.run { bench.supervisor.isIdle })
        #expect(bench.supervisor.shownRevision == 1)
        #expect(bench.pixel(0, 0) == [9, 9, 9])
    }

    @Test func cutKeepsAGoodRevisionReady() throws {
        let bench = try Bench()
        #expect(bench.show(1, try Shaders.flat(10, 0, 0)))
        bench.supervisor.showsAtOnce = false
        bench.supervisor.submit(2, program: try Shaders.flat(0, 20, 0))
        #expect(bench.verdict(2)?.isGood == true)
        let sequence = bench.supervisor.pictureSequence
        #expect(bench.run { bench.supervisor.pictureSequence > sequence + 3 })
        #expect(bench.supervisor.shownRevision == 1)
        #expect(bench.pixel(0, 0) == [10, 0, 0])
        bench.supervisor.activate(2)
        #expect(bench.run { bench.pixel(0, 0) == [0, 20, 0] })
        #expect(bench.supervisor.shownRevision == 2)
        // And back again, which the other guest still has.
        bench.supervisor.activate(1)
        #expect(bench.run { bench.pixel(0, 0) == [10, 0, 0] })
    }

    @Test func aPreparedRevisionSurvivesItsGuest() throws {
        let bench = try Bench()
        #expect(bench.show(1, try Shaders.flat(10, 0, 0)))
        bench.supervisor.showsAtOnce = false
        bench.supervisor.submit(2, program: try Shaders.flat(0, 20, 0))
        #expect(bench.verdict(2)?.isGood == true)
        bench.supervisor.kill(.back)
        bench.supervisor.activate(2)
        #expect(bench.run { bench.pixel(0, 0) == [0, 20, 0] })
    }

    @Test func aResizeBringsARingOfItsOwn() throws {
        let bench = try Bench()
        #expect(bench.show(1, try Shaders.flat(5, 6, 7)))
        let before = try #require(bench.supervisor.picture).generation
        bench.supervisor.releasePicture()
        for side in 20...40 { bench.supervisor.resize(width: side, height: side * 2) }
        #expect(
            bench.run {
                defer { bench.supervisor.releasePicture() }
                return bench.supervisor.picture.map { $0.width == 40 && $0.height == 80 } ?? false
            })
        #expect(try #require(bench.supervisor.picture).generation > before)
        bench.supervisor.releasePicture()
        #expect(bench.pixel(39, 79) == [5, 6, 7])
        #expect(bench.show(2, try Shaders.flat(7, 7, 7)))
        #expect(bench.pixel(39, 79) == [7, 7, 7])
    }

    @Test func aCompileOnlyTrialIsNeverShown() throws {
        let bench = try Bench()
        #expect(bench.show(1, try Shaders.flat(5, 6, 7)))
        bench.supervisor.submit(
            2, program: try Shaders.flat(7, 7, 7), options: TryOptions(compileOnly: true))
        #expect(bench.verdict(2)?.isGood == true)
        #expect(bench.supervisor.shownRevision == 1)
    }
}
