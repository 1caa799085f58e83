import CEpoxy
import CSystem
import GLSL
import Glibc
import Render

/// What a guest does all day: it takes messages one by one and answers them.
///
/// Programs stay loaded by revision until the host lets go of them. Only one thread; whatever takes long is what the
/// host's watchdog is for.
final class GuestWorker {
    let channel: Channel
    let context: Render.EGLContext
    let info: GLInfo
    let common: CommonThings
    /// What a frame draws into besides what is kept and shown.
    let framePictures: FramePictures
    /// The depth of the newest picture, where somebody wants it.
    let frameDepth = FrameDepth()
    let timer: GPUTimer
    var ring: GuestRing?
    /// As large as a slot.
    var target: Framebuffer?
    /// How a slot is parted at present, and where each part is drawn.
    var layout = SlotLayout(slotWidth: 1, slotHeight: 1, views: 0)
    var targets: [Framebuffer] = []
    var programs: [Int: LoadedProgram] = [:]
    /// What they are linked from, which the next program takes over where it is the same.
    let stagePrograms = StagePrograms()
    /// The newest program that was compiled, also where the driver refused a part of it: the rest is good for the next.
    var newestProgram: LoadedProgram?
    /// What the shown program keeps from frame to frame, and whose it is.
    var liveState: ProgramState?
    var liveProgram: LoadedProgram?
    /// Whether that is of a frame that was drawn, and not zeros for the first one.
    var hasLiveFrame = false
    /// Whether drawing ends where a message comes, and whether it has.
    var yieldsToMail = false
    var hasYielded = false
    /// What somebody wants to know of a buffer.
    var question: BufferQuestion?
    /// What a program keeps during its trial.
    var trialState: ProgramState?
    /// Where the newest picture lies, one framebuffer an eye.
    var drawn: [Framebuffer] = []
    /// The ring's slots as pictures that the host sees, and their memory; empty where there are none.
    var images: [Int: Framebuffer] = [:]
    var sharedImages: [SharedImage] = []
    /// Whether finished frames go there, and not into the ring's memory.
    var drawsIntoImages = false
    /// The program tried last, for glslang, should the driver have refused it.
    var lastTried: (revision: Int, payload: ProgramPayload)?
    /// Messages that came while a trial waited for its permission, with their descriptors.
    var kept: [(message: HostMessage, descriptor: Int32)] = []
    let vertexArray: GLuint

    /// Whether the driver has lost the context, or a drill says so.
    private var hasLostContext = false

    /// Makes the context, and closes the sandbox behind it: no text of a user has been seen by then.
    init(channel: Channel, sandbox: inout Sandbox) throws {
        self.channel = channel
        context = try Render.EGLContext(robust: true, priority: .low)
        var info = GLInfo.current()
        sandbox.closeCalls()
        info.limits = sandbox.limits
        info.limits.hasLowContextPriority = context.priority == .low
        self.info = info
        common = CommonThings()
        framePictures = FramePictures()
        timer = GPUTimer(flushes: info.isSoftware)
        var name: GLuint = 0
        glGenVertexArrays(1, &name)
        vertexArray = name
    }

    /// Answers messages until the host says quit or is gone.
    func run() throws(GuestError) {
        try send(.ready(info))
        while true {
            // Warming takes some milliseconds, which a program that waits already must not be made to wait for.
            if ring != nil, !isWarm, !hasMail(within: 0) { warmUp() }
            // glslang's start is for a quiet moment after the first trial: then the first error needs no 100 ms more.
            if isWarm, !isLinterWarm, lastTried != nil, !hasMail(within: 250) {
                isLinterWarm = true
                Linter.warmUp()
            }
            guard let (message, descriptor) = try nextMessage() else { continue }
            defer { if descriptor >= 0 { close(descriptor) } }
            if message == .quit { return }
            try handle(message, descriptor: descriptor)
        }
    }

    /// The oldest message kept, or the next one from the socket; nil where a wait for it was interrupted.
    private func nextMessage() throws(GuestError) -> (HostMessage, descriptor: Int32)? {
        if !kept.isEmpty { return kept.removeFirst() }
        return try receive()
    }

    /// The next message from the socket; a host that is gone has said quit.
    func receive() throws(GuestError) -> (HostMessage, descriptor: Int32)? {
        switch channel.receive() {
        case .none: return nil
        case .ended: return (.quit, -1)
        case .malformed(let what): throw GuestError("The host sent \(what).")
        case .packet(let bytes, let descriptor):
            do throws(WireError) {
                return (try HostMessage(decoding: bytes), descriptor)
            } catch {
                throw GuestError("The host's message makes no sense (\(error)).")
            }
        }
    }

    private func handle(_ message: HostMessage, descriptor: Int32) throws(GuestError) {
        switch message {
        case .configure(let generation, let width, let height, let slots):
            try configure(
                descriptor: descriptor, generation: generation, width: width, height: height,
                slots: slots)
        case .attempt(let attempt): try self.attempt(attempt, descriptor: descriptor)
        case .draw(let request, let slot, let revision, let state):
            try draw(request: request, slot: slot, revision: revision, state: state)
        case .forget(let revision): programs[revision] = nil
        case .lint(let revision): try lint(revision: revision)
        case .rewind: clearState()
        case .snapshot(let revision): try snapshot(revision: revision)
        case .restore(let revision): try restore(revision: revision, descriptor: descriptor)
        // It has done its work by being there.
        case .quit, .mayDraw, .hurry: break
        case .share(let share): try self.share(share, descriptor: descriptor)
        case .loseContext: hasLostContext = true
        case .trySandbox: try send(.sandboxTried(Sandbox.tryOut()))
        case .takeCensus:
            try send(.census(ObjectCensus.current().counts.map { UInt32(clamping: $0) }))
        case .values(let values): common.values = values
        case .resource(let info): try take(info, descriptor: descriptor)
        case .dropResource(let id): common.resources.drop(id)
        case .readBuffer(let revision, let name, let first, let rows):
            question = BufferQuestion(revision: revision, name: name, first: first, rows: rows)
            try answerQuestion()
        }
        try endIfContextIsLost()
    }

    /// Says that the context is lost, and ends; nothing that was drawn with it is to be believed.
    private func endIfContextIsLost() throws(GuestError) {
        guard isContextLost() else { return }
        try deliver(.contextLost)
        throw GuestError("The driver lost the OpenGL context.")
    }

    private func configure(
        descriptor: Int32, generation: UInt32, width: Int, height: Int, slots: Int
    ) throws(GuestError) {
        dropImages()
        ring = try GuestRing(
            descriptor: descriptor, generation: generation, width: width, height: height,
            slots: slots)
        do {
            target = try Framebuffer(width: width, height: height)
        } catch {
            throw GuestError("\(error)")
        }
        (targets, drawn) = ([], [])
        framePictures.forget()
        // The next frame's views count; there are as many as before, as a rule.
        try arrange(views: layout.eyes)
    }

    /// Sends an answer, unless the context was lost on the way to it: then its error is not the program's.
    func send(_ message: GuestMessage, descriptor: Int32 = -1) throws(GuestError) {
        try endIfContextIsLost()
        try deliver(message, descriptor: descriptor)
    }

    /// Sends a message; waits while the host's end is full, since the host empties it with every frame.
    private func deliver(_ message: GuestMessage, descriptor: Int32 = -1) throws(GuestError) {
        let bytes = message.encoded()
        while !channel.send(bytes, descriptor: descriptor) {
            guard errno == EAGAIN else { throw GuestError(system: "The host cannot be reached") }
            var request = pollfd(fd: channel.descriptor, events: Int16(POLLOUT), revents: 0)
            _ = poll(&request, 1, 1000)
        }
    }

    func hasMail(within milliseconds: Int32) -> Bool {
        var request = pollfd(fd: channel.descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&request, 1, milliseconds) > 0
    }

    private func isContextLost() -> Bool {
        if !hasLostContext, info.isRobust, glGetGraphicsResetStatus() != GLenum(GL_NO_ERROR) {
            hasLostContext = true
        }
        return hasLostContext
    }

    // MARK: Warming

    private var isWarm = false
    private var isLinterWarm = false

    /// Compiles and draws something trivial, so that the driver's own start-up is over before a program comes.
    private func warmUp() {
        isWarm = true
        let text = ProgramPayload.Text.self
        let pass = ProgramPayload.Pass(
            name: "warm",
            stages: [
                text.init(
                    stage: .vertex,
                    text: """
                        #version 430
                        void main() {
                            vec2 p = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 4. - 1.;
                            gl_Position = vec4(p, 0, 1);
                        }
                        """),
                text.init(
                    stage: .fragment,
                    text: """
                        #version 430
                        uniform float iTime;
                        out vec4 color;
                        void main() { color = vec4(sin(iTime)); }
                        """),
            ])
        let program = LoadedProgram()
        guard program.compile([pass], among: stagePrograms), program.link() else { return }
        draw(program, state: DrawState(), region: .small)
        glFinish()
    }
}
