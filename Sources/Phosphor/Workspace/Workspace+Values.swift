import Editor
import GLSL
import Guest
import Terminal

/// The values of the sketch in hand: `set`, `values`, and what guests are told of them.
extension Workspace {
    /// Sets a value of the sketch in hand; without numbers, it is again as its text has it.
    func setValue(_ name: String, _ value: String?, now: UInt64) -> Outcome {
        // What was typed just before counts.
        submitIfDue(now: now)
        let words = (value ?? "").split { $0 == " " || $0 == "," || $0 == "\t" }
        if value != nil, words.isEmpty {
            return .failed("no numbers: `set \(name)` alone takes \(name) back to its beginning")
        }
        let said: String?
        do { said = try sketch.values.set(name, to: words) } catch { return .failed("\(error)") }
        tellValues()
        eventsSetAt = picturesAsked
        return .done(said)
    }

    /// A row a value.
    func valueRows(now: UInt64) -> Outcome {
        submitIfDue(now: now)
        let rows = sketch.values.rows
        return .done(rows.isEmpty ? "no values" : rows.joined(separator: "\n"))
    }

    /// Takes over the values of a program that was just assembled, before guests get it.
    func takeValues(of program: AssembledProgram, _ owner: OpenSketch, _ revision: RevisionID) {
        owner.values.take(program.values, of: revision)
        if owner === sketch { tellValues() }
    }

    /// Forgets values that a good revision of a sketch no longer has.
    func settleValues(of owner: OpenSketch, _ revision: RevisionID) {
        owner.values.settle(revision)
        if owner === sketch { tellValues() }
    }

    /// Ends events once a picture was asked for with them; call it before the next one is.
    func endEvents() {
        guard picturesAsked > eventsSetAt, sketch.values.endEvents() else { return }
        tellValues()
    }

    private func tellValues() { supervisor.setValues(sketch.values.table) }
}
