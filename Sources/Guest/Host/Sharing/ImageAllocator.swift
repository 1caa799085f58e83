import CSystem
import Glibc
import Render

/// The process that allocates what guests and host share; see `AllocatorMain`.
///
/// Ended with its owner. Nothing here blocks.
final class ImageAllocator {
    /// What came of asking.
    enum Event {
        case memory(number: UInt32, OwnedFile, SharedMemory)
        case refused(String)
        /// It ended; it does so by itself when nothing was asked for some time.
        case ended(status: Int32?)
    }

    let pid: pid_t
    let channel: Channel
    private var isReaped = false

    /// Spawns one, on the main thread only.
    init(_ configuration: GuestConfiguration) throws(GuestError) {
        (pid, channel) = try configuration.spawn(["allocator"])
    }

    /// Takes over one that runs.
    init(pid: pid_t, channel: Channel) { (self.pid, self.channel) = (pid, channel) }

    deinit { _ = end() }

    /// Ends it; the process that somebody has to reap, nil where that is done.
    func end() -> pid_t? {
        guard !isReaped else { return nil }
        isReaped = true
        kill(pid, SIGKILL)
        return pid
    }

    /// Asks for memory; false where it takes no message.
    func ask(_ request: MemoryRequest) -> Bool { channel.send(request.encoded()) }

    /// The next thing that came of it; nil for nothing yet.
    func next() -> Event? {
        switch channel.receive() {
        case .none: return nil
        case .malformed(let what): return .refused("the allocator sent \(what)")
        case .ended:
            var status: Int32 = 0
            isReaped = phosphor_reap(pid, 0, &status) != 0
            return .ended(status: isReaped ? status : nil)
        case .packet(let bytes, let descriptor):
            let file = descriptor >= 0 ? OwnedFile(descriptor) : nil
            guard let answer = try? MemoryAnswer(decoding: bytes) else {
                return .refused("the allocator sent a message that makes no sense")
            }
            guard let memory = answer.memory else { return .refused(answer.reason) }
            guard let file else { return .refused("the allocator sent no memory") }
            return .memory(number: answer.number, file, memory)
        }
    }
}
