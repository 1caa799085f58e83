import CSystem
import Glibc
import Guest

/// Sees guests die, and the picture move again.
struct StormWatch {
    private var pids: [GuestRole: Int32] = [:]
    /// Kills of our own, whose moment is known better than by their being noticed.
    private var kills: [Int32: UInt64] = [:]
    private var waiting: [(role: GuestRole, since: UInt64, asked: UInt64)] = []

    mutating func killed(_ pid: Int32, at now: UInt64) { kills[pid] = now }

    /// Nothing that happened before belongs to what comes now.
    mutating func begin(_ supervisor: Supervisor) {
        waiting = []
        kills = [:]
        pids = supervisor.statistics.pids
    }

    /// Looks at what a turn of the loop brought.
    mutating func observe(
        _ workspace: Workspace, shown: UInt64, _ record: inout StormRecord
    ) {
        let now = phosphor_now()
        let statistics = workspace.supervisor.statistics
        // Roles change hands, process numbers do not: one that is gone, or being killed, had the role it had last.
        let alive = Set(statistics.pids.values)
        for (role, pid) in pids where !alive.contains(pid) {
            if role == .front { record.frontDeaths += 1 } else { record.backDeaths += 1 }
            // With nothing to show there is nothing that could move.
            guard workspace.supervisor.shownRevision != nil else { continue }
            waiting.append((role, kills[pid] ?? now, workspace.picturesAsked))
        }
        pids = statistics.pids
        guard !waiting.isEmpty else { return }
        waiting.removeAll { death in
            // A picture that was asked for after the death, and is on the host's screen.
            guard shown > death.asked else { return false }
            let milliseconds = Double(now - min(now, death.since)) / 1e6
            if death.role == .back {
                record.backEffects.append(milliseconds)
            } else if statistics.frameNanoseconds < 50_000_000 {
                record.recoveries.append(milliseconds)
            } else {
                record.slowRecoveries.append(milliseconds)
            }
            return true
        }
    }

    /// Whether a death has not been followed by a picture yet.
    var isWaiting: Bool { !waiting.isEmpty }
}
