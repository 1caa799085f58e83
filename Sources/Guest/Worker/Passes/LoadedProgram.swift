import CEpoxy
import GLSL

/// A user's program in GL: one linked program for each pass, and one more for each compute stage.
///
/// Freed when it goes.
final class LoadedProgram {
    let payload: ProgramPayload?
    private(set) var passes: [LoadedPass] = []
    /// What compilers and linkers said, in the order of the stages.
    private(set) var logs: [StageLog] = []
    /// What it keeps from frame to frame; known once it is linked.
    private(set) var needs = StateNeeds()
    /// What its passes draw into, in their order; known once it is linked.
    private(set) var pictures: [PicturePlan] = []
    /// The pictures for its image units, with formats; known once it is linked.
    private(set) var images: [ImagePlan] = []
    /// Where the blocks of storage buffers look for them that a plan names; known once it is linked.
    private(set) var storagePlaces: [String: Int] = [:]
    /// The places of its passes by their names, the first of each.
    private(set) var passIndices: [String: Int] = [:]
    /// Why it cannot be drawn although it is linked, in words; nil where it can.
    private(set) var problem: String?

    init(_ payload: ProgramPayload? = nil) { self.payload = payload }

    /// Compiles all stages of all passes, also after an error, so that all errors are told.
    ///
    /// - Parameter programs: what the guest has already, of which nothing is compiled again.
    func compile(_ sources: [ProgramPayload.Pass], among programs: StagePrograms) -> Bool {
        let values = payload?.values.map(\.name) ?? []
        for (index, source) in sources.enumerated() {
            let pass = LoadedPass(source, values: values, among: programs)
            passes.append(pass)
            for program in pass.programs {
                programs.compile(program)
                logs += program.stageLogs.map {
                    StageLog(pass: index, stage: $0.stage, text: $0.text)
                }
            }
        }
        passIndices = Dictionary(
            passes.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        return isGood
    }

    /// Links all passes.
    func link() -> Bool {
        for (index, pass) in passes.enumerated() {
            let programs = pass.programs
            for program in programs { program.link() }
            let words = programs.map(\.linkLog).joined()
            if !words.isEmpty { logs.append(StageLog(pass: index, stage: nil, text: words)) }
        }
        guard isGood else { return false }
        for pass in passes { pass.prepare() }
        plan()
        return true
    }

    /// The passes that the driver refuses; nil where it refuses none.
    var refused: Set<Int>? {
        let indices = passes.indices.filter { !passes[$0].programs.allSatisfy(\.isGood) }
        return indices.isEmpty ? nil : Set(indices)
    }

    private var isGood: Bool { refused == nil }

    private func plan() {
        let buffers = BufferNeeds(passes, payload?.buffers ?? [])
        storagePlaces = buffers.places
        let images = ImageNeeds(passes, payload?.images ?? [])
        pictures = PicturePlan.all(passes)
        self.images = images.plans
        needs = StateNeeds(pictures, buffers.buffers, images.plans)
        problem = buffers.problem ?? images.problem ?? ProgramCheck.problem(of: self)
    }

    /// Whether a pass dispatches compute work.
    var hasCompute: Bool { passes.contains(where: \.hasCompute) }

    /// Whether the picture's pass can only tell by its colours that a loop passed the limit.
    var replays: Bool { passes.last?.replays == true }

    func setReplaying(_ isReplaying: Bool) { passes.last?.isReplaying = isReplaying }

    /// Forgets which loops passed the limit.
    func clearGuards() {
        for pass in passes { pass.guardBuffer?.clear() }
    }

    /// The loops that passed the limit since the last clearing; waits until what was drawn is done.
    func trippedLoops() -> [Tripped] {
        passes.enumerated().flatMap { index, pass in
            (pass.guardBuffer?.loops() ?? []).map {
                Tripped(pass: index, stage: $0.stage, loop: $0.loop)
            }
        }
    }

    private var knownSizes: (version: Int, sizes: FrameSizes)?

    /// How large everything is in a frame; found out once for each layout and version of the values.
    ///
    /// - Parameter values: the present values by name.
    func sizes(
        _ layout: SlotLayout, largest: Int, version: Int, values: (String) -> Double?
    ) -> FrameSizes {
        if let knownSizes, knownSizes.version == version, knownSizes.sizes.layout == layout {
            return knownSizes.sizes
        }
        func size(_ plan: SizePlan) -> FrameSizes.Size {
            let size = plan.size(width: layout.width, height: layout.height, values: values)
            return .init(width: min(size.width, largest), height: min(size.height, largest))
        }
        let sizes = FrameSizes(
            layout: layout,
            passes: pictures.map {
                // The picture itself may be larger than what a plan may ask for.
                $0.target.size == SizePlan()
                    ? .init(width: layout.width, height: layout.height) : size($0.target.size)
            }, images: images.map { size($0.size) })
        knownSizes = (version, sizes)
        return sizes
    }
}
