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
    /// Why it cannot be drawn although it is linked, in words; nil where it can.
    private(set) var problem: String?

    init(_ payload: ProgramPayload? = nil) { self.payload = payload }

    /// Compiles all stages of all passes, also after an error, so that all errors are told.
    func compile(_ sources: [ProgramPayload.Pass]) -> Bool {
        var isGood = true
        for (index, source) in sources.enumerated() {
            let pass = LoadedPass(source)
            for stage in source.stages {
                let (good, log) = pass.compile(stage)
                isGood = isGood && good
                if !log.isEmpty {
                    logs.append(StageLog(pass: index, stage: stage.stage, text: log))
                }
            }
            passes.append(pass)
        }
        return isGood
    }

    /// Links all passes.
    func link() -> Bool {
        var isGood = true
        let values = Set(payload?.values.map(\.name) ?? [])
        for (index, pass) in passes.enumerated() {
            let (good, log) = pass.link(values: values)
            isGood = isGood && good
            if !log.isEmpty { logs.append(StageLog(pass: index, stage: nil, text: log)) }
        }
        if isGood { plan() }
        return isGood
    }

    private func plan() {
        let buffers = BufferNeeds(passes, payload?.buffers ?? [])
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

    func setReplaying(_ isReplaying: Bool) { passes.last?.setReplaying(isReplaying) }

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

    /// How large everything is in a frame.
    ///
    /// - Parameter values: the present values by name.
    func sizes(
        _ layout: SlotLayout, largest: Int, values: (String) -> Double?
    ) -> FrameSizes {
        func size(_ plan: SizePlan) -> FrameSizes.Size {
            let size = plan.size(width: layout.width, height: layout.height, values: values)
            return .init(width: min(size.width, largest), height: min(size.height, largest))
        }
        return FrameSizes(
            layout: layout,
            passes: pictures.map {
                // The picture itself may be larger than what a plan may ask for.
                $0.target.size == SizePlan()
                    ? .init(width: layout.width, height: layout.height) : size($0.target.size)
            }, images: images.map { size($0.size) })
    }
}
