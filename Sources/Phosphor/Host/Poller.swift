import CSystem
import Glibc

/// Waits for whichever comes first: a readable descriptor or a moment (poll(2)).
///
/// The host's loop sleeps nowhere else, so that a key, a guest's answer and a command each wake it at once.
struct Poller {
    private var entries: [pollfd] = []

    /// Waits until a descriptor is readable, or until `deadline` (nanoseconds of CLOCK_MONOTONIC; nil for ever).
    ///
    /// - Returns: the descriptors that have something to say, hang-ups included.
    mutating func wait(for descriptors: [Int32], until deadline: UInt64?) -> [Int32] {
        entries.removeAll(keepingCapacity: true)
        for descriptor in descriptors where descriptor >= 0 {
            entries.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
        }
        let left = deadline.map { Int64($0 - min($0, phosphor_now())) } ?? -1
        let ready = phosphor_poll(&entries, UInt(entries.count), left)
        guard ready > 0 else { return [] }
        return entries.filter { $0.revents != 0 }.map(\.fd)
    }
}
