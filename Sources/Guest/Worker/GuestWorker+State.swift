import CEpoxy
import CSystem
import Glibc
import Render

extension GuestWorker {
    /// Gives a program that is tried state of its own, of zeros, so that a trial changes nothing that is shown; tells
    /// the host what the program keeps.
    ///
    /// - Returns: false where that is too much; the host has been told.
    func beginTrial(of program: LoadedProgram, revision: Int) throws(GuestError) -> Bool {
        trialState = nil
        guard target != nil else { return true }
        let sizes = sizes(of: program)
        do throws(GuestError) {
            if let problem = program.problem { throw GuestError(problem) }
            try framePictures.prepare(program, sizes)
            if !program.needs.isEmpty { trialState = try ProgramState(program.needs, sizes) }
        } catch {
            ring?.publish(.idle, revision: revision)
            try send(.failed(revision: revision, reason: error.description))
            return false
        }
        guard !program.needs.isEmpty else { return true }
        try send(.state(revision: revision, bytes: program.needs.bytes(sizes), remade: []))
        return true
    }

    /// Lets go of a trial's state.
    func endTrial() {
        trialState = nil
        drawn = targets
    }

    /// Brings the state of what is shown into the form that a program wants; what has to begin anew is told.
    ///
    /// - Returns: false where there is too much of it at this size; that is answered.
    func keepState(for program: LoadedProgram, revision: Int) throws(GuestError) -> Bool {
        guard target != nil else { return true }
        let sizes = sizes(of: program)
        do throws(GuestError) { try framePictures.prepare(program, sizes) } catch {
            try send(.failed(revision: revision, reason: error.description))
            return false
        }
        // It stays for a program that wants it: one that keeps nothing may only be a moment of typing.
        if program.needs.isEmpty { return true }
        if liveProgram === program, liveState?.fits(sizes) == true { return true }
        guard let state = try begin(program, revision: revision, from: liveState) else {
            return false
        }
        (liveState, liveProgram) = (state, program)
        guard !state.remade.isEmpty else { return true }
        try send(
            .state(
                revision: revision, bytes: program.needs.bytes(sizes), remade: state.remade))
        return true
    }

    /// A program's state at the present size; nil where there is too much of it, as after a resize, which is answered.
    private func begin(
        _ program: LoadedProgram, revision: Int, from old: ProgramState?
    ) throws(GuestError) -> ProgramState? {
        do throws(GuestError) {
            return try ProgramState(
                program.needs, sizes(of: program), from: old, isSame: liveProgram === program)
        } catch {
            try send(.failed(revision: revision, reason: error.description))
            return nil
        }
    }

    /// Sends a copy of what the shown revision keeps.
    func snapshot(revision: Int) throws(GuestError) {
        guard let liveState else {
            // Nothing but zeros so far: no copy, and no reason to speak of.
            return try send(.snapshot(revision: revision, reason: ""))
        }
        let descriptor: Int32
        do throws(GuestError) {
            descriptor = try liveState.frozen()
        } catch {
            return try send(.snapshot(revision: revision, reason: error.description))
        }
        defer { close(descriptor) }
        try send(.snapshot(revision: revision, reason: ""), descriptor: descriptor)
    }

    /// Begins a revision with the state of another guest, or with none.
    func restore(revision: Int, descriptor: Int32) throws(GuestError) {
        clearState()
        guard target != nil, let program = programs[revision] else {
            return try send(
                .failed(revision: revision, reason: "The guest has no program of that revision."))
        }
        let old = descriptor >= 0 ? try ProgramState(reading: descriptor) : nil
        // As many eyes as the copy has, so that it is not scaled twice: the next frame says how many there are.
        if let eyes = old?.eyes { try arrange(views: eyes) }
        guard let state = try begin(program, revision: revision, from: old) else { return }
        (liveState, liveProgram, hasLiveFrame) = (state, program, old != nil)
        try send(
            .state(
                revision: revision, bytes: program.needs.bytes(sizes(of: program)),
                remade: state.remade))
    }

    /// Forgets all that lives from frame to frame.
    func clearState() {
        (liveState, liveProgram, hasLiveFrame) = (nil, nil, false)
        drawn = targets
    }
}
