import CEpoxy
import GLSL

/// One pass's GL program, and a second one where it has a compute stage.
final class LoadedPass {
    /// The pass's name.
    let name: String
    let target: TargetPlan
    private let source: ProgramPayload.Pass
    /// What draws; nil where it has no such stages.
    private let program: StageProgram?
    private let computeStage: ComputeStage?
    private(set) var hasTessellation = false
    private(set) var hasGeometryStage = false
    /// What it draws.
    private(set) var plan = DrawPlan()
    /// How its vertex stage gets its vertices; known once it is linked.
    private(set) var feed: VertexFeed?
    /// The varyings that it keeps; known once it is linked.
    private(set) var capture: CaptureLayout?
    /// Whether a stage that runs once an eye may write into a storage buffer.
    private(set) var writesStorage = false
    /// Where its stages write which loops passed the limit; nil where none does.
    private(set) var guardBuffer: GuardBuffer?
    /// Whether its fragment stage tells by its colours instead, when it is asked to.
    private(set) var replays = false
    /// Whether it is doing so.
    var isReplaying = false

    /// What its bindings say of iChannel0 to iChannel3, whose sizes have a uniform of their own.
    let channelSources: [PictureSource?]

    /// - Parameter values: the names of the values that people tweak.
    init(_ source: ProgramPayload.Pass, values: [String], among programs: StagePrograms) {
        self.source = source
        program = source.key(compute: false, values: values).map(programs.program)
        computeStage = source.key(compute: true, values: values).map {
            ComputeStage(
                programs.program($0), text: $0.stages.last?.text ?? "", plan: source.dispatch)
        }
        channelSources = (0..<ChannelTextures.count).map { channel in
            let binding = source.bindings.first { $0.name == "iChannel\(channel)" }
            guard case .sampler(let picture, _)? = binding?.source else { return nil }
            return picture
        }
        (name, target) = (source.name, source.target)
        if let draw = source.draw { plan = draw }
        for stage in source.stages { note(stage) }
    }

    /// The texts of its stages.
    var stages: [ProgramPayload.Text] { source.stages }

    /// Its GL programs.
    var programs: [StageProgram] {
        [program, computeStage?.program].compactMap(\.self)
    }

    /// Whether it has stages that draw.
    var draws: Bool { program != nil }

    /// GL's name of the program that draws.
    var drawingProgram: GLuint { program?.name ?? 0 }

    /// Whether a compute stage runs before each of its pictures.
    var hasCompute: Bool { computeStage != nil }

    /// What its samplers read.
    var pictures: Set<SampledPicture> {
        Set(programs.flatMap(\.inputs.samplers).map(\.picture))
    }

    /// Bindings of storage buffers that the loop guard has for itself.
    var guardBindings: [Int] { Array(guardBuffer?.bindings ?? []) }

    /// Names of buffers that it uses besides the blocks of its texts.
    var bufferNames: [String] {
        var names = [plan.indirect, plan.capture?.buffer, computeStage?.argumentsBuffer]
        if case .feedback(let buffer, _) = plan.geometry { names.append(buffer) }
        return names.compactMap(\.self)
    }

    /// Whether what it draws may write what another pass reads, beside its picture.
    var writesBeside: Bool { writesStorage || program?.inputs.images.isEmpty == false }

    /// Takes from a stage's text what its pass has to know.
    private func note(_ source: ProgramPayload.Text) {
        if source.stage == .vertex, self.source.draw == nil,
            let vertices = VertexPlan(text: source.text)
        {
            plan = vertices.plan
        }
        if source.stage != .compute, !writesStorage {
            writesStorage = StorageUse.writes(source.text)
        }
        switch source.stage {
        case .tessellationControl, .tessellationEvaluation: hasTessellation = true
        case .geometry: hasGeometryStage = true
        default: break
        }
        switch source.channel {
        case .storage(let binding):
            if guardBuffer == nil { guardBuffer = GuardBuffer() }
            guardBuffer?.bindings.insert(binding)
        case .replay: replays = replays || source.stage == .fragment
        case .silent, nil: break
        }
    }

    /// Finds out how it draws, once its programs are linked.
    func prepare() {
        guard let program else { return }
        capture = plan.capture.map { CaptureLayout($0, of: program.name) }
        feed = VertexFeed(program: program.name)
    }

    /// Runs its compute stage, if it has one.
    func compute(_ frame: FrameValues, isSmall: Bool) {
        guard let computeStage else { return }
        computeStage.program.use(frame)
        guardBuffer?.bind()
        computeStage.run(
            width: frame.width, height: frame.height, isSmall: isSmall,
            arguments: computeStage.argumentsBuffer.flatMap { frame.scene?.buffer($0) })
    }

    /// Makes it current, with all uniforms that it has set.
    func use(_ frame: FrameValues) {
        program?.use(frame, isReplaying: isReplaying)
        guardBuffer?.bind()
    }
}

extension ProgramPayload.Pass {
    /// What its drawing stages or its compute stage are linked from; nil where it has none.
    ///
    /// - Parameter values: the names of all values, of which those count that a text has.
    fileprivate func key(compute: Bool, values: [String]) -> StageProgram.Key? {
        let texts = stages.filter { ($0.stage == .compute) == compute }
        guard !texts.isEmpty else { return nil }
        func has(_ name: String) -> Bool {
            // Members and elements have longer names than what is declared.
            let declared = String(name.prefix { $0 != "." && $0 != "[" })
            return texts.contains { $0.text.holds(declared) }
        }
        return StageProgram.Key(
            stages: texts.map { .init(stage: $0.stage, text: $0.text) },
            captured: compute ? [] : draw?.capture?.varyings ?? [],
            bindings: bindings.filter { has($0.name) }, values: values.filter(has))
    }
}

extension String {
    /// Whether a name stands somewhere in it, byte by byte: `contains` compares characters, which takes milliseconds.
    fileprivate func holds(_ name: String) -> Bool {
        var (text, name) = (self, name)
        return text.withUTF8 { bytes in
            name.withUTF8 { word in
                guard let first = word.first, bytes.count >= word.count else { return word.isEmpty }
                let last = bytes.count - word.count
                var place = 0
                while place <= last,
                    let found = bytes[place...last].firstIndex(of: first)
                {
                    if bytes[found..<found + word.count].elementsEqual(word) { return true }
                    place = found + 1
                }
                return false
            }
        }
    }
}
