import Glibc
import Synchronization

/// Tells when files in any of several folders change (inotify(7)): a save by rename shows as a new file of that name.
///
/// Folders are looked up where the disk may be slow, in the background; what changed is read by the host's loop, which
/// never waits for it.
final class FolderWatches: Sendable {
    let descriptor: Int32
    /// The watched folders by the kernel's numbers.
    private let folders = Mutex<[Int32: String]>([:])

    init() { descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC)) }

    deinit { close(descriptor) }

    /// Watches these folders and no others; gives those that were not watched before.
    ///
    /// One that is not there is left out.
    func watch(_ wanted: Set<String>) -> Set<String> {
        // A file that is written to is no news before it is closed; what is linked there is new at once.
        let mask = UInt32(
            IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE | IN_ONLYDIR)
        let known = folders.withLock(\.self)
        for (number, folder) in known where !wanted.contains(folder) {
            inotify_rm_watch(descriptor, number)
            folders.withLock { $0[number] = nil }
        }
        var new: Set<String> = []
        // A folder that was replaced by another of its name has a new number. The lock is not held over the call, which
        // waits for the disk where the loop never may; what is told before the number is known is among the new.
        for folder in wanted {
            let number = inotify_add_watch(descriptor, folder, mask)
            guard number >= 0 else { continue }
            let isKnown = folders.withLock { $0.updateValue(folder, forKey: number) } != nil
            if !isKnown { new.insert(folder) }
        }
        return new
    }

    /// What happened since the last call.
    struct Changes {
        /// Paths of files that changed, came or went.
        var paths: Set<String> = []
        /// Whether more happened than the kernel kept, so that anything may have changed.
        var isOverflown = false
    }

    /// What happened since the last call; never waits.
    func changes() -> Changes {
        var changes = Changes()
        var buffer = [UInt8](repeating: 0, count: 16 * 1024)
        let header = MemoryLayout<inotify_event>.size
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return changes }
            var offset = 0
            while offset + header <= count {
                let (number, mask, length) = buffer.withUnsafeBytes {
                    (
                        $0.loadUnaligned(fromByteOffset: offset, as: Int32.self),
                        $0.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self),
                        Int($0.loadUnaligned(fromByteOffset: offset + 12, as: UInt32.self))
                    )
                }
                let name = buffer[(offset + header)..<min(offset + header + length, count)].prefix {
                    $0 != 0
                }
                offset += header + length
                if mask & UInt32(IN_Q_OVERFLOW) != 0 { changes.isOverflown = true }
                guard let folder = folder(number, isGone: mask & UInt32(IN_IGNORED) != 0),
                    !name.isEmpty
                else { continue }
                changes.paths.insert(folder + "/" + String(decoding: name, as: UTF8.self))
            }
        }
    }

    private func folder(_ number: Int32, isGone: Bool) -> String? {
        folders.withLock { folders in
            defer { if isGone { folders[number] = nil } }
            return folders[number]
        }
    }
}
