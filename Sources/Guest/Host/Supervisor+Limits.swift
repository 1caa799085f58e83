import CSystem
import Glibc
public import Render

extension Supervisor {
    /// Ends a guest that takes too much memory, or that somebody has stopped.
    func lookAtLimits(_ guest: GuestProcess, _ now: UInt64) {
        if let cause = guest.brokenLimit(now: now, memoryLimit: memoryLimit) {
            guest.end(cause, now: now)
        }
    }

    /// The verdict on a revision at whose work the driver lost its context for the third time within a minute.
    ///
    /// Once may be anybody's doing that uses the same GPU. Drills do not count.
    func blameForReset(_ guest: GuestProcess, _ cause: GuestProcess.Cause, _ now: UInt64)
        -> Verdict?
    {
        guard cause == .contextLost, !guest.isDrilled, let revision = guest.job?.revision else {
            return nil
        }
        resets = resets.filter { now - min(now, $0.time) < 60_000_000_000 }
        resets.append((revision, now))
        guard resets.count(where: { $0.revision == revision }) >= 3 else { return nil }
        return .crashed("the driver was reset again and again")
    }

    /// Has all guests count their contexts' objects, for whoever looks for leaks.
    public func takeCensus() {
        for guest in guests.compactMap({ $0 }) {
            guest.census = nil
            if guest.isAlive, !guest.send(.takeCensus) {
                guest.end(.broken("its socket is full"), now: phosphor_now())
            }
        }
    }

    /// What the guests have counted since, by process; empty until all have answered.
    public var censuses: [Int32: ObjectCensus] {
        let guests = guests.compactMap { $0 }
        guard guests.allSatisfy({ $0.census != nil }) else { return [:] }
        return Dictionary(
            uniqueKeysWithValues: guests.compactMap { guest in
                guest.census.map { (guest.pid, $0) }
            })
    }

    /// Does to a guest what a bad driver would, so that people see for themselves that the picture goes on.
    ///
    /// - Returns: false where there is no such guest at the moment.
    public func drill(_ drill: GuestDrill, _ role: GuestRole) -> Bool {
        guard let guest = role == .front ? front : back, guest.isAlive, guest.info != nil else {
            return false
        }
        switch drill {
        case .reset:
            guest.isDrilled = true
            if !guest.send(.loseContext) {
                guest.end(.broken("its socket is full"), now: phosphor_now())
            }
        case .kill: _ = Glibc.kill(guest.pid, SIGKILL)
        case .stop: _ = Glibc.kill(guest.pid, SIGSTOP)
        }
        return true
    }
}

/// What can be done to a guest for a drill.
public enum GuestDrill: Sendable {
    /// As if the driver had reset its context.
    case reset
    /// A kill from outside.
    case kill
    /// It stands still, as if it hung outside of any deadline.
    case stop
}
