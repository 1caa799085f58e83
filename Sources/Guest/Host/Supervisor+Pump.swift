import CSystem
import Glibc

extension Supervisor {
    /// Takes what guests have sent, kills those that are late, replaces those that are gone, starts
    /// what can be started.
    ///
    /// Never blocks.
    ///
    /// - Parameter now: CLOCK_MONOTONIC in nanoseconds (`phosphor_now`).
    /// - Returns: what happened since the last call, in order.
    public func pump(now: UInt64) -> [GuestEvent] {
        for index in guests.indices {
            guard let guest = guests[index] else { continue }
            if guest.isAlive { drain(guest, index, now) }
            lookAtLimits(guest, now)
            if let phase = guest.overduePhase(now: now) {
                guest.end(guest.info == nil ? .neverReady : .deadline(phase), now: now)
            }
        }
        if let due = permissionDue, now >= due, let trying { permit(trying.revision) }
        endStuckFront(now)
        if let due = overtakenDue, now >= due { back?.end(.overtaken, now: now) }
        for index in guests.indices {
            if let guest = guests[index], let ending = guest.ending {
                bury(guest, index, ending, now)
            }
        }
        reapZombies()
        schedule(now)
        askQuestion()
        defer { events = [] }
        return events
    }

    private func drain(_ guest: GuestProcess, _ index: Int, _ now: UInt64) {
        // A bound, so that a guest that sends without end cannot keep the host here.
        for _ in 0..<64 where guest.isAlive {
            switch guest.channel.receive() {
            case .none: return
            case .ended: return guest.end(.lost, now: now)
            case .malformed(let what): return guest.end(.broken("it sent \(what)"), now: now)
            case .packet(let bytes, let descriptor):
                // Closed with the file, unless somebody keeps it.
                let file = descriptor >= 0 ? OwnedFile(descriptor) : nil
                do throws(WireError) {
                    let message = try GuestMessage(decoding: bytes)
                    handle(message, file: file, from: guest, index, now)
                } catch {
                    guest.end(.broken("it sent a message that makes no sense (\(error))"), now: now)
                }
            }
        }
    }
}
