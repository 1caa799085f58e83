import CSystem
import Editor
import FoundationEssentials
import GLSL
import Terminal

extension Workspace {
    /// Makes a good revision's text current: the one told, or the last good one.
    func rollback(to number: Int?, now: UInt64) -> Outcome {
        let target: RevisionID
        if let number {
            let wanted = RevisionID(number)
            guard sketch.judgements[wanted]?.isGood == true else {
                return .failed("revision \(number) is not a good one; `history` lists those")
            }
            target = wanted
        } else {
            guard let last = sketch.rollbackTarget else {
                return .failed("there is no earlier good revision to go back to")
            }
            target = last
        }
        guard let made = sketch.text.restore(target) else {
            return .done("the text is that of revision \(target.number) already")
        }
        sketch.origin[made] = sketch.original(target)
        isSubmissionDue = true
        notify("rolled back to revision \(target.number)", now: now, seconds: 2)
        return .done()
    }
}

extension OpenSketch {
    /// Good revisions that are much the same, as typing a number makes them: the newest stands for all.
    private struct Run {
        var newest: RevisionID
        var judgement: Judgement
        var oldest: RevisionID
        /// When the oldest was judged, and where its edit was.
        var time: Double
        var place: (part: SketchPart, offset: Int)?
        var count = 1
    }

    /// Longer than this between two good revisions, or from a run's first to its last, and they stand by themselves.
    private static let foldedPause = 3.0
    private static let foldedSpan = 20.0
    /// Bytes between two edits that still belong to the same number or word.
    private static let foldedDistance = 24

    /// What `history` prints: the good revisions as a table, the newest first.
    func history(now: Double, pinned: RevisionID? = nil) -> String {
        let runs = runs()
        guard !runs.isEmpty else { return "no good revision yet" }
        var rows = [["", "revision", "shown", "GPU ms", ""]]
        for run in runs {
            let isShown = shown.map { $0 >= run.oldest && $0 <= run.newest } ?? false
            var notes: [String] = []
            if isShown { notes.append("on screen") }
            if let pinned, pinned >= run.oldest, pinned <= run.newest {
                notes.append(pinned == run.newest ? "pinned" : "\(pinned.number) is pinned")
            }
            if run.count > 1 {
                notes.append("with \(run.count - 1) like it, from \(run.oldest.number) on")
            }
            if isHeld(run.newest) { notes.append("runs when asked") }
            let when = run.judgement.shownAt ?? run.judgement.judgedAt
            rows.append([
                isShown ? "●" : " ", String(run.newest.number),
                when.map { Self.moment($0, now: now) } ?? "",
                run.judgement.gpuMilliseconds.map(Workspace.oneDecimal) ?? "–",
                notes.joined(separator: " · "),
            ])
        }
        return Self.table(rows, right: [1, 3])
    }

    private func runs() -> [Run] {
        var runs: [Run] = []
        for (revision, judgement) in judgements.sorted(by: { $0.key > $1.key })
        where judgement.isGood {
            let place = text.editPlace(of: revision).map { ($0.part, $0.offset) }
            let time = judgement.shownAt ?? judgement.judgedAt ?? 0
            if let last = runs.last, let known = last.place, let place,
                abs(last.time - time) <= Self.foldedPause,
                abs((last.judgement.shownAt ?? last.time) - time) <= Self.foldedSpan,
                known.part == place.0, abs(known.offset - place.1) <= Self.foldedDistance
            {
                runs[runs.count - 1].oldest = revision
                runs[runs.count - 1].time = time
                runs[runs.count - 1].place = place
                runs[runs.count - 1].count += 1
            } else {
                runs.append(
                    Run(
                        newest: revision, judgement: judgement, oldest: revision, time: time,
                        place: place))
            }
        }
        return runs
    }

    /// Columns as wide as their widest entry, two blanks apart; those of `right` end at the same place.
    private static func table(_ rows: [[String]], right: Set<Int>) -> String {
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            var line = ""
            for (column, text) in row.enumerated() {
                let blanks = String(repeating: " ", count: widths[column] - text.count)
                line +=
                    (column > 0 ? "  " : "")
                    + (right.contains(column) ? blanks + text : text + blanks)
            }
            while line.last == " " { line.removeLast() }
            return line
        }.joined(separator: "\n")
    }

    /// A moment as people say it: the time alone for today, otherwise with the day.
    private static func moment(_ seconds: Double, now: Double) -> String {
        let clock = Workspace.clockText(seconds)
        func day(_ seconds: Double) -> DateComponents {
            Calendar.current.dateComponents(
                [.year, .month, .day], from: Date(timeIntervalSince1970: seconds))
        }
        let date = day(seconds)
        guard date != day(now) else { return "today \(clock)" }
        let parts = [date.year, date.month, date.day].map { value in
            let value = value ?? 0
            return value < 10 ? "0\(value)" : "\(value)"
        }
        return parts.joined(separator: "-") + " " + clock
    }
}
