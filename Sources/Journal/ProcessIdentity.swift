import Glibc

/// Who a session is: a process number alone is given to others after a while.
struct ProcessIdentity: Equatable, Sendable {
    var pid: Int32
    /// When the process began, in clock ticks since the boot (proc(5), field 22 of `stat`).
    var started: Int64
    /// The boot that these ticks count from.
    var boot: String

    /// This process.
    static var own: ProcessIdentity {
        ProcessIdentity(pid: getpid(), started: startTime(of: getpid()) ?? 0, boot: bootID)
    }

    /// Whether the process runs, on this boot; one that was killed and not yet reaped does not.
    var isAlive: Bool { boot == Self.bootID && Self.startTime(of: pid) == started }

    private static let bootID: String = {
        guard let text = read("/proc/sys/kernel/random/boot_id") else { return "unknown" }
        return String(text.prefix { $0 != "\n" })
    }()

    private static func startTime(of pid: Int32) -> Int64? {
        // The name in brackets may hold blanks and brackets; what follows the last one does not.
        guard let text = read("/proc/\(pid)/stat"), let bracket = text.lastIndex(of: ")")
        else { return nil }
        let fields = text[text.index(after: bracket)...].split(separator: " ")
        guard fields.count > 19, fields[0] != "Z", fields[0] != "X" else { return nil }
        return Int64(fields[19])
    }

    private static func read(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        guard count > 0 else { return nil }
        return String(decoding: buffer[..<count], as: UTF8.self)
    }
}
