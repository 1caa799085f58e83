import Editor
import GLSL
import Guest
import Headset
import Journal
import Terminal

extension Workspace {
    /// What `status` prints.
    func status(now: UInt64) -> Status {
        let current = sketch.current
        var errors = current?.diagnostics.filter { $0.severity == .error } ?? []
        if case .runaway(let diagnostics)? = current?.verdict { errors = diagnostics }
        if case .slow? = current?.verdict { errors = current?.diagnostics ?? [] }
        return Status(
            revision: sketch.text.current.number,
            verdict: word(current),
            shown: sketch.shown?.number,
            lastGood: sketch.lastGood?.number,
            dialect: sketch.dialect.rawValue,
            errors: errors.map(Status.Problem.init),
            gpuMilliseconds: clock.held == nil ? gpuTimes.last ?? current?.gpuMilliseconds : nil,
            budgetMilliseconds: budget(of: sketch),
            host: .init(
                frames: statistics.frames, missed: statistics.missed,
                longestMilliseconds: statistics.longestMilliseconds, resets: hostResets),
            guest: .init(
                restarts: supervisor.statistics.restarts, frames: supervisor.frames.words),
            file: sketch.file.path,
            stage: sketch.text.active.rawValue,
            modified: sketch.text.isModified,
            editor: isEditorShown,
            paused: clock.isPaused,
            time: clock.time,
            size: [surface.width, surface.height],
            quarantined: sketch.isHeld(sketch.text.current),
            journal: journalState.words,
            messages: isEditorShown ? sketch.editor.inlineDiagnostics(now: seconds(now)).count : 0,
            notice: notice.flatMap { $0.until > now ? $0.text : nil } ?? standingNotice,
            pinned: pinned?.revision.number,
            panic: isPanicking,
            state: supervisor.stateReport.words,
            loopGuard: guardWord, sound: soundWord, headset: headsetStatus)
    }

    /// What the editor's frame shows around the text.
    func chrome(now: UInt64) -> EditorChrome {
        var chrome = EditorChrome()
        let current = sketch.text.current
        let present = sketch.text.parts
        for part in SketchPart.stages { chrome.tabs[part] = .missing }
        for part in present { chrome.tabs[part] = .present }
        if sketch.current?.diagnostics.isEmpty == false {
            for part in sketch.editor.brokenParts { chrome.tabs[part] = .broken }
        }
        chrome.fileTitle = sketch.file.label(sketch.text.active)
        chrome.isModified = sketch.text.isModified
        chrome.dialect = sketch.dialect.title
        chrome.verdict = shownVerdict(now: now)
        chrome.shownRevision = sketch.shown
        chrome.currentRevision = current
        let isHeld = clock.held != nil
        chrome.gpuMilliseconds = isHeld ? nil : gpuTimes.last ?? sketch.current?.gpuMilliseconds
        chrome.budgetMilliseconds = budget(of: sketch)
        chrome.recentGPUMilliseconds = isHeld ? [] : gpuTimes
        chrome.rate = isHeld ? 0 : statistics.rate
        chrome.late = isHeld ? 0 : statistics.missed
        calm(&chrome, now: now)
        chrome.clock = isHeld ? "" : String(Self.clockText(wallSeconds).prefix(5))
        chrome.isPaused = clock.isPaused
        chrome.notice = standingNotice ?? notice.flatMap { $0.until > now ? $0.text : nil }
        if case .slow? = sketch.current?.verdict, chrome.notice == nil {
            chrome.notice = "Ctrl+Enter shows it"
        }
        if sketch.ready == current, sketch.shown != current {
            chrome.notice = "ready · Ctrl+Enter shows it"
        }
        // The last of all: it holds for as long as such a sketch is shown.
        chrome.notice = chrome.notice ?? soundWord.map { "sound is \($0)" }
        chrome.question = confirmation?.text
        if let text = chrome.notice, text.count > 30, chrome.question == nil {
            // What does not fit beside the verdict gets the line above it.
            (chrome.notice, chrome.question) = (nil, text)
        }
        if case .question(let question) = overlay { chrome.question = question.text }
        return chrome
    }

    /// What holds for as long as it is so, and would puzzle whoever does not know it.
    private var standingNotice: String? {
        if isBlack { return "black · Shift+Escape shows the picture" }
        if isPanicking, let pinned {
            return "pinned revision \(pinned.revision.number) · Shift+Escape goes back"
        }
        if let reason = sketch.heldReason { return "\(reason): Ctrl+Enter runs it" }
        if sketch.shown == nil, let trial = supervisor.shownRevision,
            let owner = trials[trial]?.sketch, owner !== sketch
        {
            return "still showing \(owner.file.name)"
        }
        if room.isTrackingLost {
            return "tracking is lost: the headset does not know where it is"
        }
        if let over = overBudget {
            return "slow: \(Self.oneDecimal(over.time)) ms, budget \(Self.oneDecimal(over.budget))"
        }
        return guardNotice
    }

    private func shownVerdict(now: UInt64) -> EditorChrome.Verdict {
        guard let judgement = sketch.current else { return .idle }
        switch judgement.verdict {
        case nil:
            return .trying(seconds: clock.held == nil ? Double(now - judgement.began) / 1e9 : 0)
        case .good: return .good
        case .error(let diagnostics):
            return .error(count: diagnostics.filter { $0.severity == .error }.count)
        case .slow(let milliseconds, let budget, _):
            return .slow(milliseconds: milliseconds, budget: budget)
        case .runaway: return .runaway
        case .hung: return .hung
        case .crashed: return .crashed
        case .superseded: return .superseded
        }
    }
}
