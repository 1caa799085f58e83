import CSystem
import Editor
import FoundationEssentials
import GLSL
import Guest
import Terminal

extension Workspace {
    /// Does a command, whoever gave it: a key, the console, a script, `send`.
    func perform(_ command: Command, now: UInt64) -> Outcome {
        switch command {
        case .new(let template): return new(template: template, now: now)
        case .open(let path): return open(path, now: now)
        case .save(let path): return save(path)
        case .saveAs: return askForName()
        case .stage(let part):
            // A pass that is there has its own spelling.
            sketch.text.active = sketch.text.parts.first { $0.isSame(as: part) } ?? part
            return .done()
        case .goto(let line, let column):
            sketch.editor.goto(line: line, column: column)
            return .done()
        case .type(let text):
            changeText { sketch.editor.type(text, at: seconds(now)) }
            return .done()
        case .paste(let text):
            let cleaned = PasteCleaner.clean(text)
            if let notice = cleaned.notice { notify(notice, now: now) }
            changeText { sketch.editor.insert(cleaned.text, at: seconds(now)) }
            return .done()
        case .replace(let path): return replace(from: path, now: now)
        case .text: return .done(sketch.text.text(sketch.text.active))
        case .key(let chord): return key(chord, now: now)
        case .undo:
            changeText { sketch.text.undo() }
            return .done()
        case .redo:
            changeText { sketch.text.redo() }
            return .done()
        case .rollback(let number): return rollback(to: number, now: now)
        case .rewind:
            clock.rewind()
            supervisor.rewind()
            return .done()
        case .pause(let to):
            clock.setPaused(to.applied(to: clock.isPaused))
            return .done()
        case .time(let value):
            clock.hold(value)
            return .done()
        case .timeRun:
            clock.hold(nil)
            return .done()
        case .show(let mode):
            showsLive = mode == .live
            supervisor.showsAtOnce = showsLive
            if showsLive { showReady() }
            return .done()
        case .accept:
            if let waiting = confirmation {
                confirmation = nil
                waiting.confirm()
            } else if supervisor.isHeld {
                return fail("a panic holds the picture: Shift+Escape lets it go")
            } else if runHeld() {
                return .done()
            } else if case .slow(let milliseconds, _, _)? = sketch.current?.verdict {
                return acceptSlow(milliseconds)
            } else {
                showReady()
            }
            return .done()
        case .panic:
            panic()
            return .done()
        case .pin: return pin(now: now)
        case .unpin:
            unpin()
            return .done()
        case .wait(let state, let limit): return wait(for: state, limit: limit ?? 60, now: now)
        case .screenshot(let path): return screenshot(path, now: now)
        case .status: return .done(status(now: now).line)
        case .history: return .done(sketch.history(now: wallSeconds, pinned: pinnedHere))
        case .errors: return .done(errorText())
        case .say(let text): return .done(text)
        case .help(let topic): return help(topic)
        case .sleep(let duration):
            let end = now + Self.nanoseconds(duration)
            return .waiting(Wait(deadline: end) { $0 >= end ? .done() : nil })
        case .quit:
            exitStatus = exitStatus ?? 0
            return .done()
        case .quitAsk: return askToQuit()
        case .drill(let drill): return self.drill(drill)
        case .budget(let milliseconds):
            return setBudget(milliseconds.map { .milliseconds($0) } ?? .off)
        case .budgetAuto: return setBudget(nil)
        case .loopGuard(let to): return setGuard(to)
        case .set(let name, let value): return setValue(name, value, now: now)
        case .values: return valueRows(now: now)
        case .buffer(let name, let from, let rows):
            return readBuffer(name, from: from ?? 0, rows: rows ?? 16, now: now)
        default: return performPanelCommand(command, now: now)
        }
    }

    /// Seconds as nanoseconds, from none to a year.
    static func nanoseconds(_ seconds: Double) -> UInt64 { UInt64(min(max(0, seconds), 3e7) * 1e9) }

    /// Runs something that may change the text, and hands the text on if it did.
    func changeText(_ change: () -> Bool) {
        if change() { isSubmissionDue = true }
    }

    /// Shows the good revision that waits for it.
    private func showReady() {
        guard let ready = sketch.ready, let trial = trial(of: sketch, ready) else { return }
        supervisor.activate(trial)
    }

    /// Seconds since 1970 as the local time of day.
    static func clockText(_ seconds: Double) -> String {
        let parts = Calendar.current.dateComponents(
            [.hour, .minute, .second], from: Date(timeIntervalSince1970: seconds))
        return [parts.hour, parts.minute, parts.second].map {
            let value = $0 ?? 0
            return value < 10 ? "0\(value)" : "\(value)"
        }.joined(separator: ":")
    }

    /// A number with one decimal.
    static func oneDecimal(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    private func errorText() -> String {
        let all = sketch.current?.diagnostics ?? []
        guard !all.isEmpty else { return "no errors" }
        return all.map { diagnostic in
            let place = [
                diagnostic.file, diagnostic.line.map(String.init),
                diagnostic.column.map(String.init),
            ]
            return
                (place.compactMap(\.self) + [
                    " \(diagnostic.severity.rawValue): \(diagnostic.message)"
                ])
                .joined(separator: ":")
        }.joined(separator: "\n")
    }

    private func help(_ topic: String?) -> Outcome {
        guard let topic else { return .done(CommandHelp.summary()) }
        guard let text = CommandHelp.help(for: topic) else {
            return .failed("there is no command '\(topic)'; `help` lists them all")
        }
        return .done(text)
    }

    /// Waits until the current revision has the verdict, as the command language says.
    private func wait(for state: Command.WaitState, limit: Double, now: UInt64) -> Outcome {
        let end = now + Self.nanoseconds(limit)
        let check: (UInt64) -> Outcome? = { [unowned self] now in
            if state == .idle {
                if isIdle { return .done() }
            } else if !isSubmissionDue, let reason = sketch.heldReason,
                word(sketch.current) != state.rawValue || state == .good
            {
                return .failed(
                    "revision \(sketch.text.current.number) does not run by itself: \(reason); `accept` runs it"
                )
            } else if let verdict = sketch.current?.verdict, !isSubmissionDue, filesUnderWay == 0 {
                let word = word(sketch.current)
                if state == .good, word == "good" {
                    if sketch.shown == sketch.text.current { return .done() }
                } else if word == state.rawValue {
                    return .done()
                } else if word != "superseded" {
                    return .failed("\(explain(verdict, word)), not \(state.rawValue)")
                }
            }
            guard now >= end else { return nil }
            return .failed(
                "waited \(limit) s for \(state.rawValue): revision \(sketch.text.current.number) is still "
                    + "\(word(sketch.current))")
        }
        return check(now) ?? .waiting(Wait(deadline: end, check: check))
    }

    private func explain(_ verdict: Verdict, _ word: String) -> String {
        var text = "revision \(sketch.text.current.number) is \(word)"
        if let first = sketch.current?.diagnostics.first(where: { $0.severity == .error }) {
            text += " (\(first.line.map { "line \($0): " } ?? "")\(first.message))"
        }
        return text
    }
}
