import Editor
import GLSL
import Terminal

/// The loop guard: on for each sketch, until one command takes it off.
extension Workspace {
    /// Turns the guard of the sketch in hand on or off, or says how it stands.
    func setGuard(_ to: Command.Switch?) -> Outcome {
        guard let to else { return .done(guardWords) }
        let isOn = to.applied(to: sketch.isGuarded)
        if isOn != sketch.isGuarded {
            sketch.isGuarded = isOn
            // The text is the same, but what runs is not.
            sketch.submitted = nil
            isSubmissionDue = true
        }
        return .done()
    }

    /// As `status` says it.
    var guardWord: String {
        guard sketch.isGuarded else { return "off" }
        guard let first = sketch.unguarded.first else { return "on" }
        let place = first.line.map { "line \($0) " } ?? ""
        return "partly: \(place)\(first.message)"
    }

    /// As the command `guard` says it: each uncounted loop on a line.
    private var guardWords: String {
        guard sketch.isGuarded else {
            return "off: endless loops of this sketch run until the watchdog ends them"
        }
        let limit = LoopGuard.standardLimit
        let state = "on: loops end after \(limit / 1000),000 rounds an invocation"
        return ([state] + sketch.unguarded.map(Self.described)).joined(separator: "\n")
    }

    private static func described(_ diagnostic: Diagnostic) -> String {
        let place = [diagnostic.file, diagnostic.line.map(String.init)].compactMap(\.self)
        return (place + [" " + diagnostic.message]).joined(separator: ":")
    }

    /// What stands in the panel while something runs uncounted.
    var guardNotice: String? {
        guard sketch.current?.isGood == true else { return nil }
        if !sketch.isGuarded { return "loops unguarded · guard on" }
        guard let first = sketch.unguarded.first else { return nil }
        return first.line.map { "line \($0) runs unguarded" } ?? "runs unguarded"
    }
}
