import CSystem
import GLSL
import Glibc

extension Supervisor {
    /// Deals with a guest that is ending, once it is gone: blame, verdict, role, replacement.
    func bury(
        _ guest: GuestProcess, _ index: Int, _ ending: (cause: GuestProcess.Cause, since: UInt64),
        _ now: UInt64
    ) {
        var status = guest.reap()
        if status == nil {
            // A process that sits in a driver's call may take long to go. Its replacement need not wait for that.
            guard now >= ending.since + 50_000_000 else { return }
            zombies.append(guest.pid)
            status = 128 + SIGKILL
        }
        var (words, blame) = guest.judge(status: status ?? 0)
        blame = blame ?? blameForReset(guest, ending.cause, now)
        figures.deaths += 1
        let job = guest.job
        let role = role(of: index)
        guests[index] = nil
        figures.restarts += 1
        events.append(.died(role: role, cause: words, revision: job?.revision))
        mourn(job, words, blame, isOvertaken: ending.cause == .overtaken, now)
        spawnAt[index] = now + backoff
        stateLost(with: guest, index, job, blame)
        takeOver(from: index)
    }

    /// What becomes of the dead guest's job.
    private func mourn(
        _ job: GuestProcess.Job?, _ words: String, _ blame: Verdict?, isOvertaken: Bool,
        _ now: UInt64
    ) {
        switch job {
        case .start:
            failedStarts += 1
            if failedStarts == 3 {
                events.append(
                    .notice(
                        "No guest starts, so nothing can be compiled. `phosphor doctor` says what is missing."
                    ))
            }
        case .trial(let revision):
            guard let entry = trying else { return }
            permissionDue = nil
            if let verdict = blame {
                finishTrial(verdict, now)
            } else if isOvertaken || pending != nil {
                killsInARow += 1
                finishTrial(.superseded, now)
            } else if isBeyondChance(revision) {
                finishTrial(.crashed("its guest was killed again and again"), now)
            } else {
                trying = nil
                pending = entry
            }
        case .load(let revision) where isOvertaken:
            // Somebody has typed on meanwhile; it can be asked for again.
            if wanted == revision { wanted = nil }
            events.append(.verdict(revision: revision, .superseded))
        case .load(let revision), .draw(let revision, _):
            if let verdict = blame {
                events.append(.verdict(revision: revision, verdict))
                drop(revision)
                // A guest that gets the same program ready is on its way into the same hole.
                endWarming { $0 == revision }
            } else if isBeyondChance(revision) {
                events.append(
                    .verdict(revision: revision, .crashed("its guest was killed again and again")))
                drop(revision)
            }
        case .warm(let revision):
            if !isOvertaken { unwarmable.insert(revision) }
        case .lint: linting = nil
        case .restore(let revision):
            // Two died with a copy, and one without: then it is the program that nobody can begin.
            guard kept.failedRestores >= 3 else { return }
            kept.failedRestores = 0
            events.append(
                .verdict(
                    revision: revision, blame ?? .crashed("its guest was killed again and again")))
            drop(revision)
        case .share: sharingDeath(words, blame)
        case .snapshot, nil: break
        }
    }

    /// Counts a death that a revision was present at but is not blamed for; true from the third on.
    private func isBeyondChance(_ revision: Int) -> Bool {
        outsideDeaths[revision, default: 0] += 1
        return outsideDeaths[revision, default: 0] >= 3
    }

    /// A front that died is replaced by the back at once, if that has no trial to finish.
    private func takeOver(from index: Int) {
        guard index == frontIndex, let other = guests[1 - index], other.isAlive, other.info != nil
        else { return }
        switch other.job {
        case .trial, .load, .start: return
        case .warm, .lint, .draw, .snapshot, .restore, .share, nil:
            frontIndex = 1 - index
        }
    }
}
