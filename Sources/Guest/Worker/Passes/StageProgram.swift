import CEpoxy
import GLSL

/// One GL program: a pass's drawing stages, or its compute stage; with all that it wants to be given.
///
/// What has the same texts and is linked in the same way shares one (`StagePrograms`), so that one revision may draw
/// with it while the next is tried. Nothing in it may depend on who uses it: what does is set by each `use`.
final class StageProgram {
    /// All that decides what a driver makes of it.
    struct Key: Hashable {
        struct Text: Hashable {
            let stage: Stage
            let text: String
        }

        let stages: [Text]
        /// The varyings that are asked for before it is linked.
        let captured: [String]
        /// What says where its uniforms have their values from: they keep what they were given last, so that another
        /// who gives them less must not have it.
        let bindings: [UniformBinding]
        let values: [String]
    }

    let name: GLuint = glCreateProgram()
    let key: Key
    /// Whether the driver has taken it so far.
    private(set) var isGood = true
    /// What compilers said, by stage.
    private(set) var stageLogs: [(stage: Stage, text: String)] = []
    /// What the linker said.
    private(set) var linkLog = ""
    private(set) var inputs = ActiveUniforms()
    /// Storage blocks of its stages.
    private(set) var storage: [StorageBlock] = []
    /// GL's number of each, and where it looks for its buffer at present.
    private var places: [(index: GLuint, binding: Int)] = []
    /// The uniform that has the loop guard's report drawn.
    private var replaying: GLint = -1
    private var isCompiled = false
    private var isLinked = false

    init(_ key: Key) { self.key = key }

    deinit { glDeleteProgram(name) }

    /// Compiles its stages, once, also after an error, so that all errors are told.
    ///
    /// - Returns: whether it was not compiled before.
    func compile() -> Bool {
        guard !isCompiled else { return false }
        isCompiled = true
        for text in key.stages { compile(text) }
        return true
    }

    private func compile(_ source: Key.Text) {
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
        glAttachShader(name, shader)
        isGood = isGood && status != 0
        let log = InfoLog.text {
            glGetShaderiv(shader, $0, $1)
        } read: {
            glGetShaderInfoLog(shader, $0, $1, $2)
        }
        if !log.isEmpty { stageLogs.append((source.stage, log)) }
    }

    /// Links it, once; `isGood` tells whether the driver does.
    func link() {
        guard !isLinked else { return }
        isLinked = true
        if !key.captured.isEmpty { CapturePlan.request(key.captured, in: name) }
        glLinkProgram(name)
        var status: GLint = 0
        glGetProgramiv(name, GLenum(GL_LINK_STATUS), &status)
        linkLog = InfoLog.text {
            glGetProgramiv(name, $0, $1)
        } read: {
            glGetProgramInfoLog(name, $0, $1, $2)
        }
        isGood = isGood && status != 0
        guard isGood else { return }
        inputs = ActiveUniforms(of: name, bindings: key.bindings, values: Set(key.values))
        storage = StorageBlock.all(of: name)
        places = storage.map {
            (
                glGetProgramResourceIndex(name, GLenum(GL_SHADER_STORAGE_BLOCK), $0.name),
                $0.binding
            )
        }
        replaying = glGetUniformLocation(name, "phosphor_guard_report")
    }

    /// Makes it current, with all that it wants.
    ///
    /// - Parameter isReplaying: whether it draws which loops passed the limit in place of its picture.
    func use(_ frame: FrameValues, isReplaying: Bool = false) {
        glUseProgram(name)
        for uniform in inputs.uniforms { uniform.set(frame) }
        inputs.blocks?.bind(frame)
        if replaying >= 0 { glUniform1i(replaying, isReplaying ? 1 : 0) }
        guard let scene = frame.scene else { return }
        scene.bind(inputs.samplers)
        scene.bind(inputs.images)
        for (place, block) in storage.enumerated() {
            // A program that names the block and one that does not look for it in different places.
            let wanted = scene.program.storagePlaces[block.name] ?? block.binding
            guard places[place].binding != wanted, places[place].index != .max else { continue }
            places[place].binding = wanted
            glShaderStorageBlockBinding(name, places[place].index, GLuint(wanted))
        }
    }
}

/// The GL programs that a guest has, by what they are made of.
///
/// It keeps none alive: those that use one do, which are the loaded programs and the one that was tried last.
final class StagePrograms {
    private struct Known { weak var program: StageProgram? }

    private var known: [StageProgram.Key: Known] = [:]
    /// How many were compiled since the guest's start.
    private(set) var compiled = 0

    /// The one that is there already, or a new one; one that the driver refused is compiled anew.
    func program(_ key: StageProgram.Key) -> StageProgram {
        if let program = known[key]?.program, program.isGood { return program }
        let program = StageProgram(key)
        known[key] = Known(program: program)
        return program
    }

    /// Compiles one, unless that was done.
    func compile(_ program: StageProgram) { if program.compile() { compiled += 1 } }

    /// Forgets those that are gone.
    func prune() { known = known.filter { $0.value.program != nil } }
}

/// The words of compilers and linkers.
enum InfoLog {
    static func text(
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
