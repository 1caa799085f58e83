import GLSL
import Render
import Testing

@testable import Guest

/// An edit compiles what it changes, and takes over the rest of what the guest has linked.
@Suite(.serialized)
struct SharedProgramTests {
    typealias Build = PassBuilder

    private let bench: Bench
    init() throws { bench = try Bench() }

    /// Twenty passes that include a file, five that do not, and a picture that adds the first of each.
    private func sketch(_ tint: String, other: String = "0.0") throws -> AssembledProgram {
        func texts(_ name: String, _ count: Int, _ text: (Int) -> String) -> [(String, String)] {
            (0..<count).map { ("\(name)\($0).frag", "out vec4 color;\n" + text($0)) }
        }
        let parts =
            texts("user", 20) {
                "#include \"tint.glsl\"\nvoid main() { color = vec4(tint(), \($0)); }"
            }
            + texts("other", 5) { "void main() { color = vec4(0, \(other), 0, \($0)); }" }
            + [
                (
                    "frag",
                    """
                    uniform sampler2D user0, other0;
                    out vec4 color;
                    void main() {
                        color = texelFetch(user0, ivec2(0), 0) + texelFetch(other0, ivec2(0), 0);
                    }
                    """
                )
            ]
        var source = SketchSource(
            parts: Dictionary(
                uniqueKeysWithValues: parts.map {
                    (SketchPart(rawValue: $0), StageText(text: $1, file: $0))
                }), name: "test")
        source.included = ["tint.glsl": "vec3 tint() { return \(tint); }\n"]
        return try Assembler.assemble(source).get()
    }

    /// How many programs a revision's trial compiled; nil where it was not good.
    private func compiled(_ revision: Int, _ program: AssembledProgram) -> Int? {
        bench.supervisor.submit(revision, program: program)
        guard case .good(let timings) = bench.verdict(revision) else { return nil }
        bench.run { bench.shownInPicture == revision }
        return timings.compiledPrograms
    }

    /// Shows a first revision and waits until both guests have it, as they have where nobody types for a moment.
    private func begin(_ program: AssembledProgram) {
        #expect(bench.show(1, program))
        awaitStandby(1)
    }

    private func awaitStandby(_ revision: Int) {
        #expect(bench.run { bench.supervisor.back?.loaded.contains(revision) == true })
    }

    /// Has the driver refuse a revision, and waits for glslang's word: who types on kills a guest that is at that for long.
    private func fail(_ revision: Int, _ program: AssembledProgram) {
        bench.supervisor.submit(revision, program: program)
        #expect(bench.verdict(revision)?.name == "error")
        #expect(bench.run { bench.supervisor.isIdle })
    }

    @Test func anEditOfAnIncludedFileCompilesTheProgramsThatUseItOnceEach() throws {
        begin(try sketch("vec3(1, 0, 0)"))
        #expect(bench.pixel(3, 3) == [255, 0, 0])
        #expect(compiled(2, try sketch("vec3(0, 0, 1)")) == 20)
        #expect(bench.pixel(3, 3) == [0, 0, 255])
        // Another edit goes to the guest that had the first; each has its own.
        #expect(compiled(3, try sketch("vec3(1, 0, 1)")) == 20)
        #expect(bench.pixel(3, 3) == [255, 0, 255])
        // And one of the passes that do not use it.
        awaitStandby(3)
        #expect(compiled(4, try sketch("vec3(1, 0, 1)", other: "1.0")) == 5)
        #expect(bench.pixel(3, 3) == [255, 255, 255])
        // Back to what a guest may still have.
        let back = compiled(5, try sketch("vec3(1, 0, 1)"))
        #expect(back == 0 || back == 5)
        #expect(bench.pixel(3, 3) == [255, 0, 255])
    }

    @Test func whatIsMadeReadyForLaterMakesRoomAndKeepsWhatItHasCompiled() throws {
        #expect(bench.show(1, try sketch("vec3(1, 0, 0)")))
        // The standby is at the draw in which drivers compile late, pass by pass.
        let isWarming = bench.run {
            bench.supervisor.back?.job == .warm(revision: 1)
                && bench.supervisor.back?.ring?.phase == .firstDraw
        }
        #expect(isWarming)
        #expect(compiled(2, try sketch("vec3(0, 0, 1)")) == 20)
        #expect(bench.supervisor.statistics.deaths == 0)
        #expect(bench.pixel(3, 3) == [0, 0, 255])
        // What was left is made up for.
        awaitStandby(2)
        #expect(compiled(3, try sketch("vec3(1, 0, 1)")) == 20)
    }

    @Test func aFailedEditKeepsWhatWasLinkedAndWhatWasGoodInIt() throws {
        begin(try sketch("vec3(1, 0, 0)"))
        fail(2, try sketch("vec3(wrong)"))
        #expect(compiled(3, try sketch("vec3(0, 0, 1)")) == 20)
        awaitStandby(3)
        // An included file that is good together with passes that are not: the file's users wait, compiled.
        fail(4, try sketch("vec3(1, 0, 1)", other: "wrong"))
        #expect(compiled(5, try sketch("vec3(1, 0, 1)", other: "1.0")) == 5)
        #expect(bench.pixel(3, 3) == [255, 255, 255])
    }

    @Test func objectsDoNotGrowWithEdits() throws {
        begin(try sketch("vec3(0.001)"))
        func census() -> [ObjectCensus] {
            bench.supervisor.takeCensus()
            bench.run { bench.supervisor.censuses.count == 2 }
            return bench.supervisor.censuses.sorted { $0.key < $1.key }.map(\.value)
        }
        var revision = 2
        var seen: [[ObjectCensus]] = []
        for _ in 0..<3 {
            for _ in 0..<10 {
                #expect(compiled(revision, try sketch("vec3(\(revision) * 0.001)")) == 20)
                revision += 1
            }
            awaitStandby(revision - 1)
            seen.append(census())
        }
        #expect(seen[1] == seen[2])
        let programs = try #require(ObjectCensus.sorts.firstIndex(of: "programs"))
        // Five loaded revisions and the newest, of which only the twenty are their own.
        for guest in seen[2] { #expect(guest.counts[programs] <= 6 * 20 + 6 + 20) }
    }

    @Test func whatIsTakenOverIsGoneWithItsLastUserAndItsWarningsAreToldAgain() throws {
        let context = try EGLContext()
        defer { withExtendedLifetime(context) {} }
        let programs = StagePrograms()
        // Of a text that Mesa has in its cache on the disk it says nothing any more.
        let unseen = "// \(UInt64.random(in: 0 ... .max))"
        func load(_ blue: Int, by programs: StagePrograms) -> LoadedProgram {
            let noisy = Build.pass(
                "noisy",
                [
                    .fragment: """
                    #extension GL_NOBODY_has_this : warn
                    \(unseen)
                    out vec4 color;
                    void main() { color = vec4(1); }
                    """
                ])
            let image = Build.pass("image", Build.flat("vec4(0, 0, \(blue), 1)"))
            let payload = ProgramPayload(Build.program([noisy, image]))
            let program = LoadedProgram(payload)
            #expect(program.compile(payload.passes, among: programs) && program.link())
            return program
        }
        let before = ObjectCensus.current()
        do {
            let first = load(0, by: programs)
            #expect(programs.compiled == 2)
            #expect(first.logs.contains { $0.pass == 0 && $0.text.contains("GL_NOBODY_has_this") })
            let second = load(1, by: programs)
            #expect(programs.compiled == 3)
            #expect(first.passes[0].drawingProgram == second.passes[0].drawingProgram)
            #expect(first.passes[1].drawingProgram != second.passes[1].drawingProgram)
            #expect(second.logs == first.logs)
        }
        #expect(ObjectCensus.current() == before)
        // Nothing is left to take over.
        _ = load(0, by: programs)
        #expect(programs.compiled == 5)
    }

    // MARK: What lies in a program of GL's

    /// A compute stage that counts in a block, and a picture that shows the count.
    private func counting(
        isNamed: Bool, taken: Bool = false, note: String = ""
    ) -> AssembledProgram {
        let block = "layout(std430, binding = 0) buffer Counts { uint count; };"
        let move = Build.pass(
            "move",
            [
                .compute: """
                layout(local_size_x = 1) in;
                \(block)
                void main() { count = 200u; }
                """
            ], dispatch: .groups(1, 1, 1))
        // Another block at the same binding, so that the one that is named has to move.
        let beside = Build.pass(
            "beside",
            [
                .compute: """
                layout(local_size_x = 1) in;
                layout(std430, binding = 0) buffer Other { uint other; };
                void main() { other = 7u; }
                """
            ], dispatch: .groups(1, 1, 1))
        let image = Build.pass(
            "image",
            [
                .fragment: """
                \(block)
                out vec4 color; // \(note)
                void main() { color = vec4(float(count) / 255.0, 0, 0, 1); }
                """
            ])
        return Build.program(taken ? [move, beside, image] : [move, image]) {
            if isNamed { $0.buffers = [BufferPlan(name: "Counts", bytes: 64)] }
        }
    }

    @Test func aBlockIsLookedForWhereTheProgramThatDrawsHasIt() throws {
        begin(counting(isNamed: false))
        bench.run { bench.pixel(3, 3) == [200, 0, 0] }
        #expect(bench.pixel(3, 3) == [200, 0, 0])
        #expect(compiled(2, counting(isNamed: true, taken: true)) == 1)
        bench.run { bench.pixel(3, 3) == [200, 0, 0] }
        #expect(bench.pixel(3, 3) == [200, 0, 0])
        // This guest has drawn the second one, too, and its programs look for the block elsewhere by now.
        awaitStandby(2)
        #expect(compiled(3, counting(isNamed: false, note: "again")) == 1)
        bench.run { bench.pixel(3, 3) == [200, 0, 0] }
        #expect(bench.pixel(3, 3) == [200, 0, 0])
    }

    @Test func aUniformThatIsNoValueAnyMoreHasItsOwnValueAgain() throws {
        let leveled = Build.pass(
            "level",
            [
                .fragment: """
                uniform float level = 1.0;
                out vec4 color;
                void main() { color = vec4(level); }
                """
            ])
        func program(_ value: String?, note: String) -> AssembledProgram {
            let image = Build.pass(
                "image",
                [
                    .fragment: """
                    uniform sampler2D picture;
                    out vec4 color; // \(note)
                    void main() { color = texelFetch(picture, ivec2(0), 0); }
                    """
                ], bindings: [UniformBinding("picture", .sampler(.pass("level"), .init(.nearest)))])
            return Build.program([leveled, image]) {
                if let value {
                    $0.values = [ValuePlan(name: value, kind: .float, initial: [0.2])]
                }
            }
        }
        begin(program("level", note: "a"))
        #expect(bench.pixel(1, 1) == [51, 51, 51])
        // A value that a pass does not have is nothing to it.
        #expect(compiled(2, program(nil, note: "b")) == 2)
        #expect(bench.pixel(1, 1) == [255, 255, 255])
        awaitStandby(2)
        #expect(compiled(3, program("elsewhere", note: "b")) == 0)
        awaitStandby(3)
        #expect(compiled(4, program("level", note: "b")) ?? 9 <= 1)
        #expect(bench.pixel(1, 1) == [51, 51, 51])
    }
}
