import CSystem
import Dispatch
import Glibc
import Synchronization

/// Carries results of background work to the main thread, which drains it at the start of each frame.
///
/// Rule: work runs on one serial queue and touches no state of the host; what it found comes back to a closure that
/// runs on the main thread. Why: a main thread that never yields starves an actor's queue, and two writers of a file
/// must not overtake each other. What if you don't: a slow disk stops the picture.
final class Mailbox {
    /// The part that the background may touch.
    private final class Slot: Sendable {
        let descriptor = phosphor_event_descriptor()
        let results = Mutex<[(ticket: Int, value: any Sendable)]>([])

        deinit { close(descriptor) }

        func post(_ ticket: Int, _ value: any Sendable) {
            results.withLock { $0.append((ticket, value)) }
            var one: UInt64 = 1
            _ = write(descriptor, &one, 8)
        }
    }

    private let slot = Slot()
    private let queue = DispatchQueue(label: "phosphor.files")
    private var replies: [Int: (any Sendable) -> Void] = [:]
    private var doors: [Int: (any Sendable) -> Void] = [:]
    private var nextTicket = 0

    /// Becomes readable when something lies in the box.
    var descriptor: Int32 { slot.descriptor }

    /// Does `work` in the background, then `reply` with its result on the main thread, in `drain`.
    func perform<Result: Sendable>(
        _ work: @escaping @Sendable () -> Result, reply: @escaping (Result) -> Void = { _ in }
    ) {
        perform(on: queue, work, reply)
    }

    /// Does `work` on a thread of its own: for what may wait for long, and touches no file that `perform` writes.
    ///
    /// `finish` does not wait for it.
    func performAside<Result: Sendable>(
        _ work: @escaping @Sendable () -> Result, reply: @escaping (Result) -> Void = { _ in }
    ) {
        perform(on: .global(qos: .utility), work, reply)
    }

    private func perform<Result: Sendable>(
        on queue: DispatchQueue, _ work: @escaping @Sendable () -> Result,
        _ reply: @escaping (Result) -> Void
    ) {
        let ticket = nextTicket
        nextTicket += 1
        replies[ticket] = { value in
            if let value = value as? Result { reply(value) }
        }
        queue.async { [slot] in slot.post(ticket, work()) }
    }

    /// A way in for somebody who has something to tell now and then, from any thread; `reply` gets it on the main one.
    func door<Value: Sendable>(_ reply: @escaping (Value) -> Void) -> @Sendable (Value) -> Void {
        let ticket = nextTicket
        nextTicket += 1
        doors[ticket] = { value in
            if let value = value as? Value { reply(value) }
        }
        return { [slot] value in slot.post(ticket, value) }
    }

    /// Hands out what has come back since the last call.
    ///
    /// Main thread only.
    func drain() {
        var count: UInt64 = 0
        guard read(slot.descriptor, &count, 8) == 8 else { return }
        let arrived = slot.results.withLock { results in
            defer { results = [] }
            return results
        }
        for (ticket, value) in arrived {
            (replies.removeValue(forKey: ticket) ?? doors[ticket])?(value)
        }
    }

    /// Waits until all work begun so far is done, and hands it out; for the end of the program only.
    func finish() {
        queue.sync {}
        drain()
    }
}
