import CSystem
import GLSL
import Glibc

/// One guest for a caller who can wait: `check` and `render`.
///
/// The deadlines hold here as everywhere, so a wait always ends.
final class BlockingGuest {
    /// How a wait ended.
    enum Outcome {
        case message(GuestMessage)
        /// The guest is gone; the verdict on what it did.
        case died(Verdict)
    }

    let guest: GuestProcess
    private let deadlines: Deadlines
    private let memoryLimit: Int
    private var isGone = false

    /// Starts a guest and waits until it has a context and a ring.
    init(_ configuration: GuestConfiguration, deadlines: Deadlines, width: Int, height: Int)
        throws(GuestError)
    {
        configuration.prepareCache()
        (self.deadlines, memoryLimit) = (deadlines, configuration.memoryLimit)
        guest = try GuestProcess(configuration, now: phosphor_now())
        guard case .message(.ready(let info)) = wait() else {
            throw GuestError(
                "No guest could be started, so nothing can be compiled. `phosphor doctor` says what is missing."
            )
        }
        guest.becomeReady(info)
        let ring = try HostRing(
            width: width, height: height, slots: configuration.slots, generation: 1)
        guard guest.configure(ring) else {
            throw GuestError("A guest took no message after its start.")
        }
    }

    deinit { finish() }

    /// Tells values, pictures and meshes; what the socket does not take ends the guest at the next message.
    func introduce(_ resources: [String: Resource], _ values: [String: [Double]]) {
        if !values.isEmpty { _ = guest.send(.values(values)) }
        for resource in Set(resources.values.map(\.id)).sorted() {
            guard let resource = resources.values.first(where: { $0.id == resource }) else {
                continue
            }
            _ = guest.send(.resource(resource.info), descriptor: resource.file.descriptor)
        }
    }

    /// Asks what a buffer holds; nil where the guest died of it.
    func readBuffer(_ name: String, first: Int, rows: Int) -> BufferReading? {
        guard
            guest.begin(
                .start, .readBuffer(revision: 1, name: name, first: first, rows: rows),
                phase: .idle,
                deadlines: deadlines, now: phosphor_now()),
            case .message(.buffer(let reading)) = wait()
        else { return nil }
        guest.finishJob()
        return reading
    }

    /// Tries a program; with `compileOnly` its answer is the driver's word, otherwise the trial frame.
    func attempt(
        _ program: AssembledProgram, compileOnly: Bool, state: DrawState,
        resources: [String: UInt64] = [:]
    ) throws(GuestError) -> Outcome {
        let descriptor = try ProgramPayload(program, resources: resources).frozen()
        defer { close(descriptor) }
        let slot = guest.ring?.freeSlot() ?? 0
        guest.ring?.busy = slot
        let sent = guest.begin(
            .trial(revision: 1),
            .attempt(
                .init(revision: 1, slot: slot, extent: compileOnly ? .link : .whole, state: state)),
            descriptor: descriptor, phase: .compiling, deadlines: deadlines, now: phosphor_now())
        guard sent else { return bury(.broken("its socket takes no message")) }
        var outcome = wait()
        if !compileOnly, case .message(.compiled(_, true, _)) = outcome { outcome = wait() }
        return outcome
    }

    /// Asks glslang about the program tried last; nothing where that takes the guest down.
    func lint() -> [StageLog] {
        guard
            guest.begin(
                .lint(revision: 1), .lint(revision: 1), phase: .linting, deadlines: deadlines,
                now: phosphor_now()),
            case .message(.lint(_, let logs)) = wait()
        else { return [] }
        return logs
    }

    /// Has the guest try to break out of its sandbox; what came of each attempt.
    func trySandbox() throws(GuestError) -> [SandboxTrial] {
        guard
            // A part of the start, as far as the watch over it goes.
            guest.begin(
                .start, .trySandbox, phase: .idle, deadlines: deadlines, now: phosphor_now()),
            case .message(.sandboxTried(let trials)) = wait()
        else { throw GuestError("The guest did not come back from trying its sandbox.") }
        return trials
    }

    /// Draws a frame of the program tried last; its slot and its GPU time.
    func draw(request: UInt64, state: DrawState) -> Outcome {
        guard let ring = guest.ring, let slot = ring.freeSlot() else { return bury(.asked) }
        ring.busy = slot
        let sent = guest.begin(
            .draw(revision: 1, request: request),
            .draw(request: request, slot: slot, revision: 1, state: state), phase: .drawing,
            deadlines: deadlines,
            now: phosphor_now())
        guard sent else { return bury(.broken("its socket takes no message")) }
        return wait()
    }

    /// Waits for the answer to the current job.
    private func wait() -> Outcome {
        while true {
            switch guest.channel.receive() {
            case .packet(let bytes, let descriptor):
                if descriptor >= 0 { close(descriptor) }
                guard let message = try? GuestMessage(decoding: bytes), message.answers(guest.job)
                else {
                    return bury(.broken("it sent a message that makes no sense"))
                }
                if message == .contextLost { return bury(.contextLost) }
                // Nobody swaps here.
                if case .state = message { continue }
                return .message(message)
            case .malformed(let what): return bury(.broken("it sent \(what)"))
            case .ended: return bury(.lost)
            case .none: break
            }
            let now = phosphor_now()
            if let cause = guest.brokenLimit(now: now, memoryLimit: memoryLimit) {
                return bury(cause)
            }
            if let phase = guest.overduePhase(now: now) { return bury(.deadline(phase)) }
            // The phase is only seen when looked at: a look every 20 ms keeps its deadline honest.
            var request = pollfd(fd: guest.channel.descriptor, events: Int16(POLLIN), revents: 0)
            _ = poll(&request, 1, 20)
        }
    }

    private func bury(_ cause: GuestProcess.Cause) -> Outcome {
        guest.end(cause, now: phosphor_now())
        let status = guest.reap(block: true) ?? 0
        isGone = true
        let (words, blame) = guest.judge(status: status)
        return .died(blame ?? .crashed(words))
    }

    /// Ends the guest and waits until it is gone.
    private func finish() {
        guard !isGone else { return }
        isGone = true
        guest.end(.asked, now: phosphor_now())
        _ = guest.reap(block: true)
    }
}
