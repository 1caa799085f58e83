import CSystem
import GLSL
import Glibc
import TestSupport
import Testing

@testable import Guest

/// What lives from frame to frame, over swaps, deaths, resizes and rewinds, with real guests.
@Suite(.serialized)
struct StateTests {
    /// Counts its frames in a buffer: red and green are the count, blue is the program's own.
    private func counter(_ blue: Int, extra: String = "", size: String = "") throws
        -> AssembledProgram
    {
        try Shaders.fragment(
            """
            out vec4 color;
            layout(std430, binding = 2) buffer Counter { \(extra) uint count; uint rest[\(size)]; };
            void main() {
                uint now = count;
                memoryBarrierBuffer();
                if (ivec2(gl_FragCoord.xy) == ivec2(0)) count = now + 1u;
                color = vec4(float(now % 250u), float(now / 250u), \(blue), 255) / 255.0;
            }
            """)
    }

    /// Counts its frames in the picture before; the colours mean the same.
    private func feedback(_ blue: Int) throws -> AssembledProgram {
        try Shaders.fragment(
            """
            out vec4 color;
            uniform sampler2D backbuffer;
            void main() {
                vec2 old = 255.0 * texelFetch(backbuffer, ivec2(gl_FragCoord.xy), 0).rg;
                int now = int(round(old.r + 250.0 * old.g)) + 1;
                color = vec4(float(now % 250), float(now / 250), \(blue), 255) / 255.0;
            }
            """)
    }

    private func bench(_ change: (inout GuestConfiguration) -> Void = { _ in }) throws -> Bench {
        var configuration = BuiltProduct.configuration()
        // A busy machine must not make the state restart where that is not what is tried.
        configuration.handoverLimit = 20
        configuration.snapshotEvery = 0.02
        change(&configuration)
        return try Bench(configuration: configuration)
    }

    /// The count that the newest picture shows, with that picture's number and blue.
    private func seen(_ bench: Bench) -> (sequence: UInt64, count: Int, blue: UInt8)? {
        let sequence = bench.supervisor.pictureSequence
        let pixel = bench.pixel(5, 5)
        guard pixel.count == 3 else { return nil }
        return (sequence, Int(pixel[0]) + 250 * Int(pixel[1]), pixel[2])
    }

    /// Runs until `condition`, and checks that each new picture counts on by the pictures since the last.
    @discardableResult
    private func follow(
        _ bench: Bench, from start: (sequence: UInt64, count: Int, blue: UInt8)? = nil,
        until condition: (Int, UInt8) -> Bool
    ) -> (sequence: UInt64, count: Int, blue: UInt8)? {
        var last = start ?? seen(bench)
        let done = bench.run {
            guard let now = seen(bench) else { return false }
            if let before = last, now.sequence != before.sequence {
                let pictures = Int(now.sequence - before.sequence)
                #expect(now.count - before.count == pictures, "\(before) then \(now)")
            }
            last = now
            return condition(now.count, now.blue)
        }
        #expect(done)
        return last
    }

    /// Shows a first program and waits until its count moves.
    private func begin(_ bench: Bench, _ program: AssembledProgram) {
        #expect(bench.show(1, program))
        #expect(bench.run { (seen(bench)?.count ?? 0) >= 3 })
    }

    private var notices: (Bench) -> [String] {
        { bench in
            bench.events.compactMap { event in
                guard case .notice(let text) = event else { return nil }
                return text
            }
        }
    }

    @Test func aBufferCountsOnOverSwapsFrameByFrame() throws {
        let bench = try bench()
        begin(bench, try counter(10))
        var last = seen(bench)
        for revision in 2...6 {
            bench.supervisor.submit(revision, program: try counter(revision * 10))
            last = follow(bench, from: last) { $1 == UInt8(revision * 10) }
        }
        #expect(bench.supervisor.stateReport == .kept)
        #expect(notices(bench) == [])
        // Back to one that the other guest may still have: the state follows the screen.
        bench.supervisor.activate(4)
        follow(bench, from: last) { $1 == 40 }
    }

    @Test func aPictureGoesOnOverASwap() throws {
        let bench = try bench()
        begin(bench, try feedback(10))
        let last = seen(bench)
        bench.supervisor.submit(2, program: try feedback(20))
        follow(bench, from: last) { $1 == 20 }
        #expect(bench.supervisor.stateReport == .kept)
    }

    @Test func trialsThatAreNotShownChangeNothing() throws {
        let bench = try bench { $0.deadlines?.firstDraw = 0.3 }
        begin(bench, try counter(10))
        bench.supervisor.showsAtOnce = false
        var last = seen(bench)
        bench.supervisor.submit(2, program: try counter(20))
        last = follow(bench, from: last) { _, _ in !bench.verdicts(2).isEmpty }
        #expect(bench.verdicts(2).first?.isGood == true)
        bench.supervisor.submit(
            3, program: try Shaders.fragment("out vec4 c;\nvoid main() { c = vec4(no); }"))
        last = follow(bench, from: last) { _, _ in !bench.verdicts(3).isEmpty }
        bench.supervisor.submit(4, program: try Shaders.endless())
        last = follow(bench, from: last) { _, _ in !bench.verdicts(4).isEmpty }
        if let last { follow(bench, from: last) { count, _ in count > last.count + 3 } }
        #expect(seen(bench)?.blue == 10)
    }

    @Test func theNewestCopyServesAFrontThatWasKilled() throws {
        let bench = try bench()
        begin(bench, try counter(10))
        #expect(bench.run { bench.supervisor.kept.snapshot != nil && seen(bench)?.count ?? 0 > 40 })
        let before = try #require(seen(bench)).count
        kill(try #require(bench.supervisor.front).pid, SIGKILL)
        #expect(bench.run { bench.supervisor.statistics.deaths == 1 })
        // It jumps back to the copy, of some frames ago, and not to zero.
        var counts: [Int] = []
        #expect(
            bench.run {
                guard let now = seen(bench) else { return false }
                if counts.last != now.count { counts.append(now.count) }
                return now.count > before + 20
            })
        #expect((counts.min() ?? 0) > 0)
        #expect(bench.supervisor.stateReport == .kept)
    }

    @Test func withoutACopyADeathRestartsAndSaysSo() throws {
        let bench = try bench { $0.snapshotEvery = 3600 }
        begin(bench, try counter(10))
        bench.supervisor.rewind()
        kill(try #require(bench.supervisor.front).pid, SIGKILL)
        #expect(bench.run { bench.supervisor.stateReport.words.hasPrefix("restarted: its guest") })
        #expect(notices(bench).contains { $0.contains("restarts: its guest died") })
        follow(bench) { count, _ in count > 3 }
    }

    @Test func aCopyThatIsNotSealedEndsItsGuest() throws {
        let bench = try bench { $0.snapshotEvery = 3600 }
        begin(bench, try counter(10))
        let file = phosphor_memfd("open", 8192)
        let supervisor = bench.supervisor
        supervisor.snapshotTaken(
            OwnedFile(file), "", try #require(supervisor.front), supervisor.frontIndex,
            phosphor_now())
        #expect(bench.run { supervisor.statistics.deaths == 1 })
        #expect(
            bench.events.contains { event in
                guard case .died(_, let cause, _) = event else { return false }
                return cause.contains("not sealed")
            })
        #expect(bench.run { (seen(bench)?.count ?? 0) > 3 })
    }

    @Test func aCopyThatMakesNoSenseCostsAGuestAndTheStateAlone() throws {
        let bench = try bench { $0.snapshotEvery = 3600 }
        begin(bench, try counter(10))
        let file = phosphor_memfd("garbage", 3 * 4096)
        var bytes = [UInt8](repeating: 0xA5, count: 3 * 4096)
        #expect(write(file, &bytes, bytes.count) == bytes.count)
        #expect(phosphor_memfd_freeze(file) == 0)
        bench.supervisor.kept.snapshot = (OwnedFile(file), 0)
        bench.clear()
        kill(try #require(bench.supervisor.front).pid, SIGKILL)
        #expect(
            bench.run {
                bench.supervisor.stateReport == .restarted("its copy could not be read")
            })
        #expect((2...3).contains(bench.supervisor.statistics.deaths))
        // The program is not to blame.
        #expect(bench.verdicts(1) == [])
        #expect(bench.run { (seen(bench)?.count ?? 0) > 3 })
    }

    @Test func anotherLayoutBeginsAnewWithANotice() throws {
        let bench = try bench()
        begin(bench, try counter(10))
        #expect(bench.run { seen(bench)?.count ?? 0 > 60 })
        bench.supervisor.submit(2, program: try counter(20, extra: "vec2 more;"))
        #expect(bench.run { seen(bench)?.blue == 20 })
        #expect(try #require(seen(bench)).count < 60)
        #expect(bench.supervisor.stateReport == .restarted("the layout of Counter changed"))
        #expect(notices(bench).contains { $0.contains("the layout of Counter changed") })
        bench.supervisor.submit(3, program: try counter(30, extra: "vec2 more;"))
        follow(bench) { $1 == 30 }
        #expect(bench.supervisor.stateReport == .kept)
    }

    @Test func tooMuchRestartsAndSaysSo() throws {
        let bench = try bench()
        begin(bench, try counter(10, size: "17000000"))
        #expect(bench.run { seen(bench)?.count ?? 0 > 10 })
        bench.supervisor.submit(2, program: try counter(20, size: "17000000"))
        #expect(bench.run { seen(bench)?.blue == 20 })
        #expect(bench.supervisor.stateReport.words.contains("64 MB can be handed over"))
        let blocks = (0..<3).map { "buffer B\($0) { uint b\($0)[25000000]; };" }
        bench.supervisor.submit(
            3,
            program: try Shaders.fragment(
                """
                layout(std430, binding = 0) \(blocks[0])
                layout(std430, binding = 1) \(blocks[1])
                layout(std430, binding = 2) \(blocks[2])
                out vec4 color;
                void main() { color = vec4(b0[1] + b1[1] + b2[1]); }
                """))
        guard case .error(let errors)? = bench.verdict(3) else {
            Issue.record("accepted")
            return
        }
        #expect(errors.first?.message.contains("256 MB are allowed") == true)
    }

    @Test func tooSlowACopyRestartsAndSaysSo() throws {
        let bench = try bench { ($0.handoverLimit, $0.snapshotEvery) = (0, 3600) }
        begin(bench, try counter(10, size: "4000000"))
        bench.supervisor.submit(2, program: try counter(20, size: "4000000"))
        let isShown = bench.run {
            // The time is looked at before an answer is: a host that is kept from running would see both at once.
            bench.supervisor.continueHandover(phosphor_now())
            return seen(bench)?.blue == 20
        }
        #expect(isShown)
        #expect(bench.supervisor.stateReport == .restarted("copying it took longer than 0 ms"))
        follow(bench) { count, _ in count > 3 }
    }

    @Test func rewindZeroes() throws {
        let bench = try bench()
        begin(bench, try counter(10))
        #expect(bench.run { seen(bench)?.count ?? 0 > 100 })
        bench.supervisor.rewind()
        #expect(bench.run { seen(bench)?.count ?? 1000 < 50 })
        // And no copy of before comes back.
        kill(try #require(bench.supervisor.front).pid, SIGKILL)
        #expect(bench.run { bench.supervisor.statistics.deaths == 1 })
        let sequence = bench.supervisor.pictureSequence
        #expect(bench.run { bench.supervisor.pictureSequence > sequence })
        #expect(seen(bench)?.count ?? 1000 < 90)
    }

    @Test func aResizeKeepsBuffersAndScalesPictures() throws {
        let bench = try bench()
        begin(bench, try counter(10))
        #expect(bench.run { seen(bench)?.count ?? 0 > 20 })
        let before = try #require(seen(bench)).count
        bench.supervisor.resize(width: 48, height: 24)
        #expect(bench.run { !bench.pixel(47, 23).isEmpty && bench.supervisor.picture?.width == 48 })
        #expect(try #require(seen(bench)).count > before)

        bench.supervisor.submit(2, program: try feedback(20))
        #expect(bench.run { seen(bench).map { $0.blue == 20 && $0.count > 20 } ?? false })
        bench.supervisor.resize(width: 32, height: 16)
        follow(bench) { count, _ in bench.supervisor.latest?.ring.layout.width == 32 && count > 22 }
    }

    @Test func anotherSketchBeginsWithZeros() throws {
        let bench = try bench()
        begin(bench, try counter(10))
        #expect(bench.run { seen(bench)?.count ?? 0 > 60 })
        bench.supervisor.submit(
            2, program: try counter(20), options: TryOptions(isOpening: true, sketch: 1))
        #expect(bench.run { seen(bench)?.blue == 20 })
        #expect(try #require(seen(bench)).count < 30)
        #expect(bench.supervisor.stateReport == .kept)
        #expect(notices(bench) == [])
    }

    @Test func aComputeStageRunsBeforeEachPicture() throws {
        let bench = try bench()
        func program(_ blue: Int) throws -> AssembledProgram {
            try Shaders.assemble([
                .compute: """
                // @groups 1 1 1
                layout(local_size_x = 1) in;
                layout(std430, binding = 0) buffer Steps { uint steps; };
                void main() { steps += 1u; }
                """,
                .fragment: """
                out vec4 color;
                layout(std430, binding = 0) readonly buffer Steps { uint steps; };
                void main() { color = vec4(float(steps % 250u), float(steps / 250u), \(blue), 1) / 255.0; }
                """,
            ])
        }
        begin(bench, try program(10))
        let last = seen(bench)
        bench.supervisor.submit(2, program: try program(20))
        follow(bench, from: last) { $1 == 20 }
        // Its errors are told as those of any stage.
        bench.supervisor.submit(
            3,
            program: try Shaders.assemble([
                .compute: "layout(local_size_x = 1) in;\nvoid main() { nothing(); }",
                .fragment: "out vec4 c; void main() { c = vec4(1); }",
            ]))
        guard case .error(let errors)? = bench.verdict(3) else {
            Issue.record("no error")
            return
        }
        #expect(errors.first?.stage == .compute)
        #expect(errors.first?.line == 2)
    }

    @Test func groupsCoverThePictureOrAreNamed() {
        #expect(ComputeStage.groups(in: "// @groups 4 2\nvoid main() {}") == [4, 2, 1])
        #expect(ComputeStage.groups(in: "/* @groups 0 99999 3 */") == [1, 65_535, 3])
        #expect(ComputeStage.groups(in: "// groups 4") == nil)
        #expect(ComputeStage.groups(in: "// @groups\n4") == nil)
    }

    @Test func aRenderIsTheSameTwice() throws {
        let program = try counter(7)
        for _ in 0..<2 {
            let renderer = try FrameRenderer(
                program, width: 8, height: 8, configuration: BuiltProduct.configuration())
            for frame in 0..<4 {
                let pixels = try renderer.frame(DrawState(frame: frame))
                #expect(Array(pixels[4..<7]) == [UInt8(frame), 0, 7])
            }
        }
    }

    @Test func manySwapsLeaveNothingBehind() throws {
        let bench = try bench()
        begin(bench, try counter(10))
        func open(_ pid: pid_t) -> Int {
            var count = 0
            guard let folder = opendir("/proc/\(pid)/fd") else { return -1 }
            defer { closedir(folder) }
            while readdir(folder) != nil { count += 1 }
            return count
        }
        func all() -> [Int] {
            bench.run { bench.supervisor.isIdle && bench.supervisor.handover == nil }
            return [open(getpid())]
                + bench.supervisor.guests.compactMap { $0 }.map { open($0.pid) }.sorted()
        }
        for revision in 2...20 {
            #expect(bench.show(revision, try counter(revision % 200)))
        }
        let before = all()
        for revision in 21...Self.lastSwap {
            #expect(bench.show(revision, try counter(revision % 200)))
        }
        // A copy may be on its way at either moment; and other tests have files of their own open in this process.
        for (index, (now, then)) in zip(all(), before).enumerated() {
            #expect(now <= then + (index == 0 ? 12 : 2))
        }
        #expect(bench.supervisor.stateReport == .kept)
        #expect(bench.supervisor.statistics.deaths == 0)
    }

    /// `PHOSPHOR_SWAPS=1000` tries more.
    private static let lastSwap: Int =
        getenv("PHOSPHOR_SWAPS").flatMap { Int(String(cString: $0)) } ?? 80
}

/// The file that carries state: only what is sealed, whole and of the right size is believed.
struct StateSnapshotTests {
    private func file(_ keys: [StateKey]) throws -> Int32 {
        try StateSnapshot(keys).frozen { key, memory in
            memset(memory, Int32(key.name.utf8.first ?? 0), key.bytes)
        }
    }

    private var keys: [StateKey] {
        [
            StateKey(kind: .picture, pass: "image", format: 1, width: 3, height: 5, bytes: 60),
            StateKey(kind: .buffer, name: "a", layout: 9, bytes: 1000),
            StateKey(kind: .buffer, name: "b", layout: 7, bytes: 4),
        ]
    }

    @Test func whatIsWrittenIsReadAgain() throws {
        let descriptor = try file(keys)
        defer { close(descriptor) }
        var read: [StateKey] = []
        try StateSnapshot.read(descriptor) { key, memory in
            read.append(key)
            for offset in 0..<key.bytes {
                #expect(
                    memory.load(fromByteOffset: offset, as: UInt8.self) == key.name.utf8.first ?? 0)
            }
        }
        #expect(read == keys)
    }

    @Test func nothingElseIsBelieved() throws {
        let whole = try file(keys)
        defer { close(whole) }
        let size = Int(phosphor_memfd_frozen_size(whole))
        var bytes = [UInt8](repeating: 0, count: size)
        #expect(pread(whole, &bytes, size, 0) == size)
        func reading(_ bytes: [UInt8], freeze: Bool = true) throws {
            let descriptor = phosphor_memfd("test", bytes.count)
            defer { close(descriptor) }
            #expect(write(descriptor, bytes, bytes.count) == bytes.count)
            if freeze { #expect(phosphor_memfd_freeze(descriptor) == 0) }
            try StateSnapshot.read(descriptor) { _, _ in }
        }
        try reading(bytes)
        #expect(throws: WireError.self) { try reading(bytes, freeze: false) }
        #expect(throws: WireError.self) { try reading(Array(bytes.dropLast(64))) }
        #expect(throws: WireError.self) { try reading(bytes + [0]) }
        var random = Seeded(seed: 5)
        for _ in 0..<300 {
            // Damage in the header is found or harmless; it never reads past the file.
            var damaged = bytes
            damaged[random.below(120)] = UInt8(truncatingIfNeeded: random.next())
            try? reading(damaged)
        }
    }
}
