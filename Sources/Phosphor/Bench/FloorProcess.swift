import CEpoxy
import CSystem
import FoundationEssentials
import GLSL
import Glibc
import Guest
import Render

/// The benchmark's floor: a process with nothing but a context, that compiles, links, draws and finishes a program.
final class FloorProcess {
    private let socket: Int32
    private let pid: pid_t
    private let folder: String

    init(cache: String) throws {
        folder = cache
        try AtomicFile.makeFolder(cache)
        var pair: [Int32] = [-1, -1]
        guard phosphor_socket_pair(&pair, 64 * 1024) == 0 else { throw Failure("no socket pair") }
        setenv("MESA_SHADER_CACHE_DIR", cache, 1)
        pid = OwnProgram.spawn(["bench-floor"], socket: pair[1])
        unsetenv("MESA_SHADER_CACHE_DIR")
        close(pair[1])
        socket = pair[0]
        guard pid > 0 else { throw Failure("the floor's process does not start") }
    }

    deinit {
        close(socket)
        var status: Int32 = 0
        kill(pid, SIGKILL)
        _ = phosphor_reap(pid, 1, &status)
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Milliseconds that a bare compile, link, first draw and finish of the program take.
    func measure(_ program: AssembledProgram) throws -> Double {
        let path = folder + "/program.json"
        try AtomicFile.write(Array(JSONEncoder().encode(program)), to: path)
        _ = phosphor_send(socket, path, path.utf8.count, -1)
        var entry = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        poll(&entry, 1, 120_000)
        var nanoseconds: UInt64 = 0
        var attached: Int32 = -1
        guard phosphor_receive(socket, &nanoseconds, 8, &attached) == 8 else {
            throw Failure("the floor's process died")
        }
        return Double(nanoseconds) / 1e6
    }

    /// The process's whole life: a path comes in, nanoseconds go out.
    static func runChild() -> Never {
        do {
            let context = try Render.EGLContext()
            let target = try Framebuffer(width: 640, height: 360)
            var vertexArray: GLuint = 0
            glGenVertexArrays(1, &vertexArray)
            glBindVertexArray(vertexArray)
            var buffer = [UInt8](repeating: 0, count: 4096)
            var attached: Int32 = -1
            while true {
                let count = phosphor_receive(3, &buffer, buffer.count, &attached)
                guard count > 0 else { break }
                let path = String(decoding: buffer[..<count], as: UTF8.self)
                let program = try JSONDecoder().decode(
                    AssembledProgram.self, from: Data(AtomicFile.read(path)))
                var nanoseconds = draw(program, target)
                _ = phosphor_send(3, &nanoseconds, 8, -1)
            }
            withExtendedLifetime(context) {}
        } catch { complain("phosphor bench-floor: \(error)") }
        exit(1)
    }

    private static func draw(
        _ assembled: AssembledProgram, _ target: Framebuffer
    ) -> UInt64 {
        // What the user's own program keeps is there already, too.
        var buffers = [GLuint](repeating: 0, count: assembled.buffers.count)
        glGenBuffers(GLsizei(buffers.count), &buffers)
        for (index, plan) in assembled.buffers.enumerated() {
            let kind = GLenum(GL_SHADER_STORAGE_BUFFER)
            glBindBufferBase(kind, GLuint(index), buffers[index])
            glBufferData(kind, plan.bytes, nil, GLenum(GL_DYNAMIC_COPY))
            glClearBufferData(
                kind, GLenum(GL_R8UI), GLenum(GL_RED_INTEGER), GLenum(GL_UNSIGNED_BYTE), nil)
        }
        glFinish()
        var programs: [GLuint] = []
        let start = phosphor_now()
        for pass in assembled.passes {
            let compute = pass.stages.filter { $0.stage == .compute }
            if !compute.isEmpty, case .groups(let x, let y, let z)? = pass.dispatch {
                programs.append(use(compute))
                glDispatchCompute(GLuint(x), GLuint(y), GLuint(z))
                glMemoryBarrier(GLbitfield.max)
            }
            let drawing = pass.stages.filter { $0.stage != .compute }
            guard !drawing.isEmpty else { continue }
            programs.append(use(drawing))
            target.bind()
            let hasPatches = drawing.contains { $0.stage == .tessellationEvaluation }
            if hasPatches { glPatchParameteri(GLenum(GL_PATCH_VERTICES), 3) }
            glDrawArrays(GLenum(hasPatches ? GL_PATCHES : GL_TRIANGLES), 0, 3)
        }
        glFinish()
        let end = phosphor_now()
        for program in programs { glDeleteProgram(program) }
        glDeleteBuffers(GLsizei(buffers.count), &buffers)
        return end - start
    }

    /// Compiles and links stages, and makes them current.
    private static func use(_ stages: [AssembledStage]) -> GLuint {
        let kinds: [Stage: Int32] = [
            .vertex: GL_VERTEX_SHADER, .tessellationControl: GL_TESS_CONTROL_SHADER,
            .tessellationEvaluation: GL_TESS_EVALUATION_SHADER, .geometry: GL_GEOMETRY_SHADER,
            .fragment: GL_FRAGMENT_SHADER, .compute: GL_COMPUTE_SHADER,
        ]
        let program = glCreateProgram()
        for stage in stages {
            let shader = glCreateShader(GLenum(kinds[stage.stage] ?? GL_FRAGMENT_SHADER))
            stage.text.withCString {
                var text: UnsafePointer<CChar>? = $0
                glShaderSource(shader, 1, &text, nil)
            }
            glCompileShader(shader)
            glAttachShader(program, shader)
            glDeleteShader(shader)
        }
        glLinkProgram(program)
        glUseProgram(program)
        glUniform3f(glGetUniformLocation(program, "iResolution"), 640, 360, 1)
        glUniform1f(glGetUniformLocation(program, "iTime"), 1)
        return program
    }
}
