import GLSL
import Glibc
import TestSupport
import Testing

@testable import Guest

/// Two eyes beside everything else that a supervisor does.
@Suite(.serialized)
struct ViewStateTests {
    private func bench(width: Int = 64) throws -> Bench {
        var configuration = BuiltProduct.configuration()
        configuration.handoverLimit = 20
        configuration.snapshotEvery = 0.02
        let bench = try Bench(width: width, height: 16, configuration: configuration)
        bench.views = Eye.pair().map(\.state)
        return bench
    }

    /// Counts its frames in the picture before, the right eye twice as fast.
    private func counter(_ blue: Int) throws -> AssembledProgram {
        try Shaders.fragment(
            """
            out vec4 color;
            uniform sampler2D backbuffer;
            void main() {
                vec2 old = 255.0 * texelFetch(backbuffer, ivec2(gl_FragCoord.xy), 0).rg;
                int now = int(round(old.r + 250.0 * old.g)) + 1 + iViewIndex;
                color = vec4(float(now % 250), float(now / 250), \(blue), 255) / 255.0;
            }
            """)
    }

    /// What the newest picture's halves have counted, with that picture's number and blue.
    private func seen(
        _ bench: Bench
    ) -> (sequence: UInt64, left: Int, right: Int, blue: UInt8, views: Int)? {
        let sequence = bench.supervisor.pictureSequence
        let half = (bench.supervisor.picture?.width ?? 0) / 2
        let views = bench.supervisor.picture?.state.views.count ?? 0
        bench.supervisor.releasePicture()
        let (left, right) = (bench.pixel(5, 5), bench.pixel(half + 5, 5))
        guard left.count == 3, right.count == 3 else { return nil }
        return (
            sequence, Int(left[0]) + 250 * Int(left[1]), Int(right[0]) + 250 * Int(right[1]),
            left[2], views
        )
    }

    @Test("Both eyes' pictures go on over swaps, frame by frame")
    func swaps() throws {
        let bench = try bench()
        #expect(bench.show(1, try counter(10)))
        #expect(bench.run { (seen(bench)?.left ?? 0) >= 3 })
        var last = try #require(seen(bench))
        for revision in 2...5 {
            bench.supervisor.submit(revision, program: try counter(10 * revision))
            let isDone = bench.run {
                guard let now = seen(bench) else { return false }
                if now.sequence != last.sequence {
                    let frames = Int(now.sequence - last.sequence)
                    #expect(now.left - last.left == frames, "\(last) then \(now)")
                    #expect(now.right - last.right == 2 * frames, "\(last) then \(now)")
                }
                last = now
                return now.blue == UInt8(10 * revision)
            }
            #expect(isDone)
        }
        #expect(last.views == 2)
        #expect(bench.supervisor.stateReport == .kept)
    }

    @Test("The newest copy has both eyes when a front dies")
    func death() throws {
        let bench = try bench()
        #expect(bench.show(1, try counter(10)))
        #expect(bench.run { bench.supervisor.kept.snapshot != nil && seen(bench)?.left ?? 0 > 20 })
        let before = try #require(seen(bench)).left
        kill(try #require(bench.supervisor.front).pid, SIGKILL)
        #expect(bench.run { bench.supervisor.statistics.deaths == 1 })
        var least = (Int.max, Int.max)
        #expect(
            bench.run {
                guard let now = seen(bench) else { return false }
                least = (min(least.0, now.left), min(least.1, now.right))
                return now.left > before + 10
            })
        #expect(least.0 > 0 && least.1 > least.0)
    }

    @Test("State goes along when the headset comes and goes")
    func layouts() throws {
        let bench = try bench(width: 32)
        bench.views = []
        #expect(bench.show(1, try counter(10)))
        #expect(bench.run { (seen(bench)?.left ?? 0) >= 20 })
        bench.supervisor.resize(width: 64, height: 16)
        bench.views = Eye.pair().map(\.state)
        #expect(
            bench.run {
                guard let now = seen(bench), now.views == 2, bench.supervisor.picture?.width == 64
                else { return false }
                return now.right > now.left && now.left > 20
            })
        bench.supervisor.resize(width: 32, height: 16)
        bench.views = []
        #expect(
            bench.run {
                guard let now = seen(bench), now.views == 0, bench.supervisor.picture?.width == 32
                else { return false }
                return now.left == now.right && now.left > 20
            })
        #expect(bench.supervisor.statistics.deaths == 0)
    }

    @Test(
        "A loop that runs away in one eye alone is told on its line",
        arguments: ["#version 300 es\nprecision highp float; uniform int iViewIndex;\n", "\n\n"])
    func runaway(head: String) throws {
        let bench = try bench()
        #expect(bench.show(1, try Shaders.flat(1, 2, 3)))
        let program = try Shaders.fragment(
            head
                + """
                out vec4 color;
                void main() {
                    float a = 1.0;
                    while (a > 0.0) a = iViewIndex == 1 ? a + 1.0 : 0.0;
                    color = vec4(a);
                }
                """)
        bench.supervisor.submit(2, program: LoopGuard.guarded(program))
        guard case .runaway(let errors)? = bench.verdict(2) else {
            Issue.record("not runaway: \(bench.verdicts(2))")
            return
        }
        #expect(errors.map(\.line) == [6])
        // With one eye, which is the left one, it ends.
        bench.views = []
        #expect(
            bench.run {
                defer { bench.supervisor.releasePicture() }
                return bench.supervisor.picture?.state.views.isEmpty == true
            })
        #expect(bench.show(3, LoopGuard.guarded(program)))
    }

    @Test("What is far over budget for both eyes is told before it is drawn whole")
    func budget() throws {
        let bench = try bench(width: 640)
        #expect(bench.show(1, try Shaders.flat(1, 2, 3)))
        let slow = try Shaders.fragment(
            """
            out vec4 color;
            void main() {
                float a = gl_FragCoord.x + float(iViewIndex);
                for (int i = 0; i < 20000; i++) a = sin(a) + 1.0;
                color = vec4(a);
            }
            """)
        bench.supervisor.submit(
            2, program: slow, options: TryOptions(budgetMilliseconds: 0.5))
        guard case .slow(_, let budget, _)? = bench.verdict(2) else {
            Issue.record("not slow: \(bench.verdicts(2))")
            return
        }
        #expect(budget == 0.5)
    }
}

/// The parts of it that need no guest.
struct ViewPartTests {
    @Test(arguments: 0..<50) func anInverseUndoes(seed: Int) throws {
        var random = Seeded(seed: seed)
        var columns = SIMD16<Double>()
        for index in 0..<16 { columns[index] = Double(random.below(2001) - 1000) / 100 }
        let matrix = Matrix(columns: columns)
        guard let inverse = matrix.inverse else { return }
        let product = matrix * inverse
        for index in 0..<16 {
            #expect(abs(product.columns[index] - Matrix.identity.columns[index]) < 1e-6)
        }
    }

    @Test func whatHasNoInverseHasNone() {
        #expect(Matrix(columns: .zero).inverse == nil)
        #expect(Matrix(columns: SIMD16(repeating: .nan)).inverse == nil)
        #expect(Matrix.translation(1, 2, 3).inverse == .translation(-1, -2, -3))
    }

    @Test func camerasOfNonsenseAreCameras() {
        let layout = SlotLayout(slotWidth: 64, slotHeight: 16, views: 2)
        let views = [Float.nan, 0].map {
            ViewState(projection: SIMD16(repeating: $0), view: SIMD16(repeating: $0), eye: 300)
        }
        #expect(
            EyeCamera.all(of: DrawState(views: views), standingAt: nil, layout: layout).count == 2)
    }

    @Test func aSlotIsPartedInHalves() {
        #expect(SlotLayout(slotWidth: 101, slotHeight: 9, views: 2).width == 50)
        #expect(SlotLayout(slotWidth: 101, slotHeight: 9, views: 1).width == 101)
        #expect(SlotLayout(slotWidth: 1, slotHeight: 9, views: 2).eyes == 1)
    }

    @Test func commentsSayHowManyVertices() {
        #expect(VertexPlan(text: "// @vertices 36\n")?.count == 36)
        #expect(VertexPlan(text: "// @vertices 4 triangle-strip 500")?.instances == 500)
        #expect(VertexPlan(text: "// @vertices points 100")?.count == 100)
        #expect(VertexPlan(text: "// @vertices 99999999999 x 5")?.count == VertexPlan.limit)
        #expect(VertexPlan(text: "// @vertices 1000000 1000000")?.instances == 16)
        #expect(VertexPlan(text: "// @vertices -4")?.count == 1)
        #expect(VertexPlan(text: "// @vertices\n36") == nil)
        #expect(VertexPlan(text: "// vertices 36") == nil)
    }

    @Test func onlyBlocksThatCanBeWrittenAreCopied() {
        let block = "layout(std430, binding = 0) buffer A { uint a; };"
        #expect(StorageUse.writes(block))
        #expect(StorageUse.writes("readonly buffer B { uint b; } b;\n" + block))
        #expect(!StorageUse.writes("layout(std430) readonly buffer B { uint b; };"))
        #expect(!StorageUse.writes("layout(binding=7)buffer phosphor_guard_phg_B{uint a;};"))
        #expect(!StorageUse.writes("// buffer A { uint a; };\nvoid main() {}"))
    }
}
