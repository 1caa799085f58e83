import CEpoxy
import GLSL

/// A user's program in GL: one linked program for each pass.
///
/// Freed when it goes.
final class LoadedProgram {
    let payload: ProgramPayload?
    private(set) var passes: [LoadedPass] = []
    /// What compilers and linkers said, in the order of the stages.
    private(set) var logs: [StageLog] = []
    /// What it keeps from frame to frame; known once it is linked.
    private(set) var needs = StateNeeds()

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

    /// Links all passes.
    func link() -> Bool {
        var isGood = true
        for (index, pass) in passes.enumerated() {
            let (good, log) = pass.link()
            isGood = isGood && good
            if !log.isEmpty { logs.append(StageLog(pass: index, stage: nil, text: log)) }
        }
        if isGood { needs = StateNeeds(passes) }
        return isGood
    }
}

/// One pass's GL program, and a second one where it has a compute stage.
final class LoadedPass {
    /// The pass's name.
    let name: String
    private let program: GLuint = glCreateProgram()
    private var uniforms: [ActiveUniform] = []
    private var computeStage: ComputeStage?
    private let isPersistent: Bool
    private(set) var hasTessellation = false
    /// What its vertex stage makes.
    private(set) var vertices = VertexPlan()
    /// Whether a stage that runs once an eye may write into a storage buffer.
    private(set) var writesStorage = false
    /// Where its stages write which loops passed the limit; nil where none does.
    private(set) var guardBuffer: GuardBuffer?
    /// Whether its fragment stage tells by its colours instead, when it is asked to.
    private(set) var replays = false
    /// Storage blocks of all its stages.
    private(set) var storage: [StorageBlock] = []

    /// Whether a compute stage runs before each of its pictures.
    var hasCompute: Bool { computeStage != nil }

    /// Whether its picture lives from frame to frame.
    var keepsPicture: Bool {
        isPersistent
            || (uniforms + (computeStage?.uniforms ?? [])).contains {
                $0.source == .unit(ChannelTextures.Unit.feedback)
            }
    }

    init(_ source: ProgramPayload.Pass) {
        (name, isPersistent) = (source.name, source.isPersistent)
    }

    deinit { glDeleteProgram(program) }

    /// Compiles one stage: whether the driver takes it, and its log.
    fileprivate func compile(_ source: ProgramPayload.Text) -> (Bool, String) {
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
            let stage = ComputeStage(text: source.text)
            glAttachShader(stage.name, shader)
            computeStage = stage
        } else {
            glAttachShader(program, shader)
        }
        if source.stage == .vertex { vertices = VertexPlan(text: source.text) ?? vertices }
        if source.stage != .compute, !writesStorage {
            writesStorage = StorageUse.writes(source.text)
        }
        if source.stage == .tessellationControl || source.stage == .tessellationEvaluation {
            hasTessellation = true
        }
        switch source.channel {
        case .storage(let binding):
            if guardBuffer == nil { guardBuffer = GuardBuffer() }
            guardBuffer?.bindings.insert(binding)
        case .replay: replays = replays || source.stage == .fragment
        case .silent, nil: break
        }
        return (
            status != 0,
            log {
                glGetShaderiv(shader, $0, $1)
            } read: {
                glGetShaderInfoLog(shader, $0, $1, $2)
            }
        )
    }

    fileprivate func link() -> (Bool, String) {
        var (isGood, words) = link(program)
        if isGood {
            uniforms = ActiveUniform.all(of: program)
            storage = StorageBlock.all(of: program)
        }
        if let computeStage {
            let (good, log) = link(computeStage.name)
            isGood = isGood && good
            words += log
            if good {
                computeStage.uniforms = ActiveUniform.all(of: computeStage.name)
                storage += StorageBlock.all(of: computeStage.name)
            }
        }
        return (isGood, words)
    }

    private func link(_ name: GLuint) -> (Bool, String) {
        glLinkProgram(name)
        var status: GLint = 0
        glGetProgramiv(name, GLenum(GL_LINK_STATUS), &status)
        return (
            status != 0,
            log {
                glGetProgramiv(name, $0, $1)
            } read: {
                glGetProgramInfoLog(name, $0, $1, $2)
            }
        )
    }

    /// Runs its compute stage, if it has one.
    func compute(_ frame: FrameValues, isSmall: Bool) {
        guard let computeStage else { return }
        glUseProgram(computeStage.name)
        for uniform in computeStage.uniforms { uniform.set(frame) }
        guardBuffer?.bind()
        computeStage.run(width: frame.width, height: frame.height, isSmall: isSmall)
    }

    /// Makes it current, with all uniforms that it has set.
    func use(_ frame: FrameValues) {
        glUseProgram(program)
        for uniform in uniforms { uniform.set(frame) }
        guardBuffer?.bind()
    }

    /// Has the fragment stage draw which loops passed the limit, or its picture.
    fileprivate func setReplaying(_ isReplaying: Bool) {
        glUseProgram(program)
        glUniform1i(glGetUniformLocation(program, "phosphor_guard_report"), isReplaying ? 1 : 0)
    }

    private func log(
        length: (GLenum, UnsafeMutablePointer<GLint>) -> Void,
        read: (GLsizei, UnsafeMutablePointer<GLsizei>, UnsafeMutablePointer<GLchar>) -> Void
    ) -> String {
        var count: GLint = 0
        length(GLenum(GL_INFO_LOG_LENGTH), &count)
        // Drivers have been seen to write more than they announce.
        var characters = [GLchar](repeating: 0, count: Int(max(0, count)) + 1024)
        var written: GLsizei = 0
        read(GLsizei(characters.count), &written, &characters)
        let bytes = characters.prefix(Int(max(0, written))).lazy.map(UInt8.init(bitPattern:))
        return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
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
