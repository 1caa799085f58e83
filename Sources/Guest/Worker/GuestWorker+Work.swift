import CEpoxy
import CSystem
import Render

extension GuestWorker {
    /// Compiles, links, draws small, draws whole; says what came of it.
    func attempt(_ attempt: HostMessage.Attempt, descriptor: Int32) throws(GuestError) {
        guard let ring, attempt.slot < ring.layout.slots else {
            return try send(
                .failed(revision: attempt.revision, reason: "The guest has no ring yet."))
        }
        try arrange(views: attempt.state.views.count)
        let payload: ProgramPayload
        do throws(WireError) {
            payload = try ProgramPayload(reading: descriptor)
        } catch {
            throw GuestError("The program that the host sent makes no sense (\(error)).")
        }
        lastTried = (attempt.revision, payload)
        var timings = Timings()
        let known = programs.values.first { $0.payload == payload }
        let program = known ?? LoadedProgram(payload)
        if known == nil {
            ring.publish(.compiling, revision: attempt.revision)
            let before = stagePrograms.compiled
            let compiled = measure(&timings.compileNanoseconds) {
                program.compile(payload.passes, among: stagePrograms)
            }
            timings.compiledPrograms = stagePrograms.compiled - before
            // Only now may the one before it go.
            newestProgram = program
            stagePrograms.prune()
            ring.publish(.linking, revision: attempt.revision)
            let linked = measure(&timings.linkNanoseconds) { compiled && program.link() }
            guard linked else {
                return try answer(
                    .compiled(revision: attempt.revision, isGood: false, logs: program.logs))
            }
        }
        if let problem = program.problem {
            return try answer(.failed(revision: attempt.revision, reason: problem))
        }
        try send(.compiled(revision: attempt.revision, isGood: true, logs: program.logs))
        if attempt.extent == .link { return ring.publish(.idle, revision: attempt.revision) }
        if attempt.waits {
            guard try isPermitted(attempt.revision) else { return }
        }
        // Whatever an earlier program left behind is not this one's fault.
        _ = drawError()
        program.clearGuards()
        guard try beginTrial(of: program, revision: attempt.revision) else { return }
        defer { endTrial() }

        ring.publish(.firstDraw, revision: attempt.revision)
        // Drivers that compile late do it in this draw: what is only for later must not be in the way meanwhile.
        (yieldsToMail, hasYielded) = (attempt.extent == .small, false)
        measure(&timings.firstDrawNanoseconds) {
            draw(program, state: attempt.state, region: .small)
            glFinish()
        }
        yieldsToMail = false
        if hasYielded { return try answer(.yielded(revision: attempt.revision)) }
        guard attempt.extent == .whole else {
            programs[attempt.revision] = program
            return try answer(
                .tried(revision: attempt.revision, slot: attempt.slot, timings: timings))
        }
        if let limits = attempt.limits,
            let stop = reasonToStop(program, attempt, limits, timings, in: ring)
        {
            if case .estimate = stop { programs[attempt.revision] = program }
            return try answer(.stopped(revision: attempt.revision, timings: timings, stop))
        }
        ring.publish(.wholeDraw, revision: attempt.revision)
        var ticket: GPUTimer.Ticket?
        var hasDepth = false
        measure(&timings.wholeDrawNanoseconds) {
            ticket = timer.measure(attempt.revision, byClock: needsClock(program)) {
                draw(program, state: attempt.state, region: .whole)
            }
            hasDepth = deliver(to: attempt.slot, of: ring)
        }
        timings.gpuNanoseconds = ticket.flatMap(timer.result)
        if let reason = drawError() {
            return try answer(.failed(revision: attempt.revision, reason: reason))
        }
        if let limits = attempt.limits {
            if let stop = tripped(program, state: attempt.state) {
                return try answer(.stopped(revision: attempt.revision, timings: timings, stop))
            }
            timeAgain(program, attempt, limits, &timings)
        }
        programs[attempt.revision] = program
        ring.finish(
            slot: attempt.slot, revision: attempt.revision, request: 0, frame: attempt.state.frame,
            hasDepth: hasDepth)
        try answer(.tried(revision: attempt.revision, slot: attempt.slot, timings: timings))
    }

    /// Waits for the host's permission to draw; false where the host wants the guest to end instead.
    ///
    /// What comes meanwhile is kept for after the trial.
    private func isPermitted(_ revision: Int) throws(GuestError) -> Bool {
        while true {
            guard let received = try receive() else { continue }
            if received.0 == .mayDraw(revision: revision) { return true }
            kept.append((received.0, received.descriptor))
            if received.0 == .quit { return false }
        }
    }

    /// Draws a frame of a loaded program.
    func draw(request: UInt64, slot: Int, revision: Int, state: DrawState) throws(GuestError) {
        guard let ring, slot < ring.layout.slots, let program = programs[revision] else {
            return try send(
                .failed(
                    revision: revision, reason: "The guest has no program of revision \(revision).")
            )
        }
        try arrange(views: state.views.count)
        ring.publish(.drawing, revision: revision)
        guard try keepState(for: program, revision: revision) else {
            return ring.publish(.idle, revision: revision)
        }
        // Straight into the shared picture, where one is all there is to draw. Trials do not: they draw the same frame
        // again and again.
        let own = targets
        if own.count == 1, let image = image(of: slot) { targets = [image] }
        timer.measure(revision, byClock: needsClock(program)) {
            draw(program, state: state, region: .whole)
        }
        let hasDepth = deliver(to: slot, of: ring)
        (targets, drawn) = (own, own)
        hasLiveFrame = true
        ring.finish(
            slot: slot, revision: revision, request: request, frame: state.frame,
            hasDepth: hasDepth)
        // The pixels were waited for, so that this look waits for nothing.
        let tripped = program.trippedLoops()
        if !tripped.isEmpty { program.clearGuards() }
        try answer(
            .drawn(
                request: request, slot: slot, revision: revision,
                gpuNanoseconds: timer.newest(of: revision), tripped: tripped))
        try answerQuestion()
    }

    /// Asks glslang about the program tried last.
    func lint(revision: Int) throws(GuestError) {
        guard let lastTried, lastTried.revision == revision else {
            return try send(.lint(revision: revision, logs: []))
        }
        ring?.publish(.linting, revision: revision)
        // Where the driver took a pass there is nothing to ask; and while glslang is at it, the next edit waits.
        let refused = newestProgram.flatMap { $0.payload == lastTried.payload ? $0.refused : nil }
        try answer(
            .lint(
                revision: revision,
                logs: Linter.logs(of: lastTried.payload, passes: refused) { hasMail(within: 0) }))
    }

    /// Sends the last message of a job.
    ///
    /// The phase goes back to idle before that: the host may answer at once, and must not find the old job's phase
    /// when it looks at the new one's.
    private func answer(_ message: GuestMessage) throws(GuestError) {
        ring?.publish(.idle, revision: lastTried?.revision ?? 0)
        try send(message)
    }

    /// The first error that GL has kept since the last look, in words; nil for none.
    private func drawError() -> String? {
        var first: GLenum?
        while case let error = glGetError(), error != GLenum(GL_NO_ERROR) {
            first = first ?? error
            // After a reset some drivers return errors without end.
            if error == GLenum(GL_CONTEXT_LOST) { break }
        }
        return first.map {
            "The driver compiled this program but does not draw it (GL error 0x\(String($0, radix: 16)))."
        }
    }

    func measure<Result>(_ nanoseconds: inout UInt64, _ work: () -> Result) -> Result {
        let start = phosphor_now()
        defer { nanoseconds = phosphor_now() - start }
        return work()
    }
}
