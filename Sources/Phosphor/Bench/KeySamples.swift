import CSystem
import Editor
import GLSL
import Guest

/// From a key's event to the host's frame with the new program's picture, in turns with the floor's bare work.
struct KeySamples {
    /// Milliseconds of each key, and of the floor for the same program.
    private(set) var keys: [Double] = []
    private(set) var floors: [Double] = []
    /// Milliseconds in the guest: compile, link, first draw, whole draw.
    private(set) var steps: [[Double]] = [[], [], [], []]
    /// How many GL programs each key compiled.
    private(set) var compiled: [Int] = []

    /// Types digits into the first line of a part, which is `KeystrokeBench.typedLine`.
    ///
    /// - Parameters:
    ///   - part: the part that is typed into.
    ///   - unmeasured: how many keys go before those that count.
    ///   - bare: what the floor gets of a program.
    ///   - beside: called before each key, and with its index when its picture is there.
    init(
        _ bench: BenchHost, part: SketchPart = .fragment, samples: Int, unmeasured: Int = 0,
        bare: (AssembledProgram) -> AssembledProgram = { $0 },
        beside: (_ isThere: Bool) throws -> Void = { _ in }
    ) throws {
        let workspace = bench.workspace
        let floor = try FloorProcess(cache: bench.cache + "-floor")
        try bench.runUntilShown()
        workspace.sketch.text.active = part
        workspace.sketch.editor.goto(line: 1, column: KeystrokeBench.typedLine.utf8.count + 1)
        for index in 0..<unmeasured + samples {
            try beside(false)
            // Digits that make a new number each time; the floor compiles the very text that the key made.
            let start = phosphor_now()
            _ = workspace.handle(.text(String(index % 9 + 1)), now: start)
            try bench.run {
                let shown = bench.shownTrial.flatMap { workspace.trials[$0]?.revision }
                return shown == workspace.sketch.text.current
            }
            let taken = Double(phosphor_now() - start) / 1e6
            try beside(true)
            let program = try Assembler.assemble(workspace.sketch.source).get()
            let least = try floor.measure(bare(program))
            guard index >= unmeasured else { continue }
            keys.append(taken)
            floors.append(least)
            guard case .good(let timings) = workspace.sketch.current?.verdict else { continue }
            compiled.append(timings.compiledPrograms)
            for (index, time) in [
                timings.compileNanoseconds, timings.linkNanoseconds,
                timings.firstDrawNanoseconds, timings.wholeDrawNanoseconds,
            ].enumerated() { steps[index].append(Double(time) / 1e6) }
        }
    }

    /// Adds the row of both, with their ratio.
    func tell(_ bench: String, _ what: String, _ report: inout BenchReport) {
        let (key, bare) = (Samples(keys), Samples(floors))
        report.add(
            bench, what,
            [
                "p50": key.median, "p99": key.percentile(99), "floor p50": bare.median,
                "floor p99": bare.percentile(99), "ratio p50": key.median / bare.median,
            ])
    }
}
