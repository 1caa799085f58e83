import CEpoxy
import GLSL

/// One pass's GL program, and a second one where it has a compute stage.
final class LoadedPass {
    /// The pass's name.
    let name: String
    let target: TargetPlan
    private let source: ProgramPayload.Pass
    private let program = StageProgram()
    private var computeStage: ComputeStage?
    /// Whether it has stages that draw.
    private(set) var draws = false
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
    private(set) var isReplaying = false

    /// What its bindings say of iChannel0 to iChannel3, whose sizes have a uniform of their own.
    let channelSources: [PictureSource?]

    init(_ source: ProgramPayload.Pass) {
        self.source = source
        channelSources = (0..<ChannelTextures.count).map { channel in
            let binding = source.bindings.first { $0.name == "iChannel\(channel)" }
            guard case .sampler(let picture, _)? = binding?.source else { return nil }
            return picture
        }
        (name, target) = (source.name, source.target)
        if let draw = source.draw { plan = draw }
    }

    /// The texts of its stages.
    var stages: [ProgramPayload.Text] { source.stages }

    /// Its GL programs.
    var programs: [StageProgram] {
        (draws ? [program] : []) + (computeStage.map { [$0.program] } ?? [])
    }

    /// GL's name of the program that draws.
    var drawingProgram: GLuint { program.name }

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
    var writesBeside: Bool { writesStorage || !program.inputs.images.isEmpty }

    /// Compiles one stage: whether the driver takes it, and its log.
    func compile(_ source: ProgramPayload.Text) -> (Bool, String) {
        let shader = glCreateShader(source.stage.kind)
        defer { glDeleteShader(shader) }
        var text = source.text
        // With its length, because a text may hold a zero byte.
        text.withUTF8 { utf8 in
            utf8.withMemoryRebound(to: CChar.self) { characters in
                var pointer = characters.baseAddress
                var length = GLint(clamping: characters.count)
                glShaderSource(shader, 1, &pointer, &length)
            }
        }
        glCompileShader(shader)
        var status: GLint = 0
        glGetShaderiv(shader, GLenum(GL_COMPILE_STATUS), &status)
        if source.stage == .compute {
            let stage = ComputeStage(text: source.text, plan: self.source.dispatch)
            glAttachShader(stage.program.name, shader)
            computeStage = stage
        } else {
            draws = true
            glAttachShader(program.name, shader)
        }
        note(source)
        return (
            status != 0,
            InfoLog.text {
                glGetShaderiv(shader, $0, $1)
            } read: {
                glGetShaderInfoLog(shader, $0, $1, $2)
            }
        )
    }

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

    /// Links its programs.
    func link(values: Set<String>) -> (Bool, String) {
        var (isGood, words) = (true, "")
        if draws {
            plan.capture?.request(in: program.name)
            (isGood, words) = program.link(bindings: source.bindings, values: values)
            if isGood {
                capture = plan.capture.map { CaptureLayout($0, of: program.name) }
                feed = VertexFeed(program: program.name)
            }
        }
        if let computeStage {
            let (good, log) = computeStage.program.link(
                bindings: source.bindings, values: values)
            isGood = isGood && good
            words += log
        }
        return (isGood, words)
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
        program.use(frame)
        guardBuffer?.bind()
    }

    /// Has the fragment stage draw which loops passed the limit, or its picture.
    func setReplaying(_ isReplaying: Bool) {
        self.isReplaying = isReplaying
        glUseProgram(program.name)
        glUniform1i(
            glGetUniformLocation(program.name, "phosphor_guard_report"), isReplaying ? 1 : 0)
    }
}

extension Stage {
    /// GL's name for this kind of shader.
    var kind: GLenum {
        switch self {
        case .vertex: GLenum(GL_VERTEX_SHADER)
        case .tessellationControl: GLenum(GL_TESS_CONTROL_SHADER)
        case .tessellationEvaluation: GLenum(GL_TESS_EVALUATION_SHADER)
        case .geometry: GLenum(GL_GEOMETRY_SHADER)
        case .fragment: GLenum(GL_FRAGMENT_SHADER)
        case .compute: GLenum(GL_COMPUTE_SHADER)
        }
    }
}
