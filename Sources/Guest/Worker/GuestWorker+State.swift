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
        guard let target, !program.needs.isEmpty else { return true }
        let (width, height) = (target.color.width, target.color.height)
        do throws(GuestError) {
            trialState = try ProgramState(program.needs, width: width, height: height)
        } catch {
            ring?.publish(.idle, revision: revision)
            try send(.failed(revision: revision, reason: error.description))
            return false
        }
        try send(
            .state(
                revision: revision, bytes: program.needs.bytes(width: width, height: height),
                remade: []))
        return true
    }

    /// Lets go of a trial's state.
    func endTrial() {
        trialState = nil
        drawn = target
    }

    /// Brings the state of what is shown into the form that a program wants; what has to begin anew is told.
    func keepState(for program: LoadedProgram, revision: Int) throws(GuestError) {
        guard let target else { return }
        let (width, height) = (target.color.width, target.color.height)
        guard !program.needs.isEmpty else {
            // It stays for a program that wants it: one that keeps nothing may only be a moment of typing.
            return
        }
        let fits = liveState?.pictures.values.allSatisfy {
            ($0.width, $0.height) == (width, height)
        }
        if liveProgram === program, fits == true { return }
        let state = try ProgramState(program.needs, width: width, height: height, from: liveState)
        (liveState, liveProgram) = (state, program)
        guard !state.remade.isEmpty else { return }
        try send(
            .state(
                revision: revision, bytes: program.needs.bytes(width: width, height: height),
                remade: state.remade))
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
        (liveState, liveProgram) = (nil, nil)
        guard let target, let program = programs[revision] else {
            return try send(
                .failed(revision: revision, reason: "The guest has no program of that revision."))
        }
        let old = descriptor >= 0 ? try ProgramState(reading: descriptor) : nil
        let (width, height) = (target.color.width, target.color.height)
        let state = try ProgramState(program.needs, width: width, height: height, from: old)
        (liveState, liveProgram) = (state, program)
        try send(
            .state(
                revision: revision, bytes: program.needs.bytes(width: width, height: height),
                remade: state.remade))
    }

    /// Forgets all that lives from frame to frame.
    func clearState() {
        (liveState, liveProgram) = (nil, nil)
        drawn = target
    }
}
