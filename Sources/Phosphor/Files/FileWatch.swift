import Glibc

/// Tells when files in a folder change (inotify(7)): a save by rename shows as a new file of the same name.
final class FileWatch {
    let descriptor: Int32
    private var watch: Int32 = -1

    init() { descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC)) }

    deinit { close(descriptor) }

    /// Watches a folder instead of the one before; false where it is not there.
    @discardableResult
    func watch(_ folder: String) -> Bool {
        if watch >= 0 { inotify_rm_watch(descriptor, watch) }
        let mask = IN_CLOSE_WRITE | IN_MOVED_TO | IN_DELETE | IN_CREATE
        watch = inotify_add_watch(descriptor, folder, UInt32(mask))
        return watch >= 0
    }

    /// The names of files that changed since the last call; a name stands once.
    func changes() -> Set<String> {
        var names = Set<String>()
        var buffer = [UInt8](repeating: 0, count: 16 * 1024)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return names }
            var offset = 0
            let header = MemoryLayout<inotify_event>.size
            while offset + header <= count {
                let length = buffer.withUnsafeBytes {
                    Int($0.loadUnaligned(fromByteOffset: offset + 12, as: UInt32.self))
                }
                let name = buffer[(offset + header)..<min(offset + header + length, count)].prefix {
                    $0 != 0
                }
                names.insert(String(decoding: name, as: UTF8.self))
                offset += header + length
            }
        }
    }
}
