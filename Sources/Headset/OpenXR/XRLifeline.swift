import COpenXR
import CSystem
import Glibc
import Synchronization

/// The connection to a runtime's service, which is cut where the service does not answer.
///
/// OpenXR's calls have no deadline, and those that need GL are made by the main thread: a service that is stopped in the
/// middle of a frame would take the window with it. Runtimes with a service of their own (Monado, WiVRn) speak to it
/// through a socket; once that is shut down, whatever waits for an answer comes back with an error, as after the
/// service's death, and all goes on as after that. Of a runtime without such a socket nothing can be cut.
final class XRLifeline: Sendable {
    /// A connected socket: what it is called here, and what it is to the kernel, since numbers come again.
    struct Socket: Hashable, Sendable {
        let descriptor: Int32
        let inode: UInt64
    }

    /// What the watching thread needs; it holds this as long as it lasts.
    private final class Watch: Sendable {
        let timer = phosphor_timer_descriptor()
        let end = phosphor_event_descriptor()
        /// Sockets that are not the runtime's, since they were there before; then those that are.
        let others: Set<Socket>
        let known = Mutex<Set<Socket>?>(nil)
        /// Calls that are under way and must come back; one may be part of another one.
        let waiting = Atomic(0)
        /// When the last one begun must be back (CLOCK_MONOTONIC, nanoseconds).
        let deadline = Atomic(UInt64.max)
        let isCut = Atomic(false)

        init(others: Set<Socket>) { self.others = others }

        deinit {
            close(timer)
            close(end)
        }

        /// Waits for the timer, which goes off only when no call was begun for a while, or for the end.
        func run() {
            while true {
                var entries = [
                    pollfd(fd: timer, events: Int16(POLLIN), revents: 0),
                    pollfd(fd: end, events: Int16(POLLIN), revents: 0),
                ]
                _ = poll(&entries, 2, -1)
                if entries[1].revents != 0 { return }
                var count: UInt64 = 0
                guard read(timer, &count, 8) == 8 else { continue }
                // An earlier call's timer may go off while a new one begins.
                let isLate = phosphor_now() >= deadline.load(ordering: .acquiring)
                if waiting.load(ordering: .acquiring) > 0, isLate { cut() }
            }
        }

        func cut() {
            let sockets = known.withLock { $0 } ?? XRLifeline.connections().subtracting(others)
            for socket in sockets where XRLifeline.inode(of: socket.descriptor) == socket.inode {
                isCut.store(true, ordering: .releasing)
                shutdown(socket.descriptor, Int32(SHUT_RDWR))
            }
        }
    }

    private let watch: Watch
    private let thread: pthread_t?

    /// How long a call may take, in nanoseconds: longer than any that comes back by itself.
    enum Patience {
        /// On the main thread.
        static let frame: UInt64 = 2_000_000_000
        /// In the background, where a runtime's library is loaded and its service may just be starting.
        static let start: UInt64 = 15_000_000_000
    }

    /// Watches the sockets that appear from now on, until `settle`.
    init() {
        watch = Watch(others: Self.connections())
        let held = Unmanaged.passRetained(watch)
        var thread: UInt = 0
        let body: @convention(c) (UnsafeMutableRawPointer?) -> Void = { argument in
            guard let argument else { return }
            Unmanaged<Watch>.fromOpaque(argument).takeRetainedValue().run()
        }
        if phosphor_xr_start_thread("headset lifeline", body, held.toOpaque(), &thread) == 0 {
            self.thread = thread
        } else {
            held.release()
            self.thread = nil
        }
    }

    /// From now on the sockets that have appeared since the beginning are the runtime's, and no later ones.
    func settle() {
        let found = Self.connections().subtracting(watch.others)
        watch.known.withLock { $0 = found }
    }

    deinit {
        var one: UInt64 = 1
        _ = write(watch.end, &one, 8)
        if let thread { pthread_join(thread, nil) }
    }

    /// Makes a call that comes back in time, if need be with an error.
    ///
    /// One thread at a time. What is made of several calls may take that long from one to the next.
    func guarding<Result, Failure>(
        _ patience: UInt64 = Patience.frame, _ call: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        watch.deadline.store(phosphor_now() + patience, ordering: .releasing)
        watch.waiting.add(1, ordering: .acquiringAndReleasing)
        _ = phosphor_timer_start(watch.timer, patience, 0)
        defer { watch.waiting.subtract(1, ordering: .acquiringAndReleasing) }
        return try call()
    }

    /// Cuts the connection: every call comes back with an error from now on.
    func cut() { watch.cut() }

    /// Whether it was cut.
    var isCut: Bool { watch.isCut.load(ordering: .acquiring) }

    // MARK: Sockets

    /// The sockets of this process that are connected to a named one of another process, but for the desktop's.
    static func connections() -> Set<Socket> {
        var found: Set<Socket> = []
        guard let folder = opendir("/proc/self/fd") else { return found }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard let descriptor = Int32(name), let inode = inode(of: descriptor),
                let peer = peer(of: descriptor), !peer.isEmpty,
                !["X11-unix", "wayland", "/bus"].contains(where: { peer.contains($0) })
            else { continue }
            found.insert(Socket(descriptor: descriptor, inode: inode))
        }
        return found
    }

    /// The number by which the kernel knows a socket; nil for anything else.
    private static func inode(of descriptor: Int32) -> UInt64? {
        var about = stat()
        guard fstat(descriptor, &about) == 0, about.st_mode & S_IFMT == S_IFSOCK else {
            return nil
        }
        return UInt64(about.st_ino)
    }

    /// The path that a socket is connected to; nil where it is none, or has no path.
    private static func peer(of descriptor: Int32) -> String? {
        var address = sockaddr_un()
        var size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getpeername(descriptor, $0, &size)
            }
        }
        guard result == 0, address.sun_family == sa_family_t(AF_UNIX) else { return nil }
        let used = Int(size) - (MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 2)
        return withUnsafeBytes(of: &address.sun_path) { bytes in
            // A name that is no path begins with a zero.
            String(
                decoding: bytes.prefix(max(0, used)).drop { $0 == 0 }.prefix { $0 != 0 },
                as: UTF8.self)
        }
    }
}
