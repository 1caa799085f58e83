import CSystem
import Glibc

/// What the host's thread got of the priority that it asks for, so that a busy machine does not delay its frames.
///
/// Only the main thread has it, neither its helpers nor guests. It sleeps between two frames; should it ever run for
/// half a second without a sleep, the kernel's limit for real-time threads takes the priority away again.
enum HostPriority {
    case realTime
    /// A nice value below zero.
    case raised(nice: Int)
    case usual
    /// The user has turned it off.
    case off

    /// Asks for short turns on the processor for all threads that are started from now on, drivers' own among them.
    ///
    /// Nobody needs a privilege for that: a thread of short turns gets no more time, but gets it as soon as it wakes.
    static func shortenTurns() { _ = phosphor_set_slice(100_000) }

    /// Asks for it, for the thread that calls.
    static func raise() -> HostPriority {
        if let value = getenv("PHOSPHOR_PRIORITY"), String(cString: value) == "off" { return .off }
        var nice: Int32 = 0
        return switch phosphor_raise_priority(&nice) {
        case 2: .realTime
        case 1: .raised(nice: Int(nice))
        default: .usual
        }
    }

    /// What it is, for people.
    var words: String {
        switch self {
        case .realTime: "real-time: its frames come on time however busy the machine is"
        case .raised(let nice): "raised (nice \(nice))"
        case .usual: "as any program's: a busy machine may delay frames"
        case .off: "as any program's (PHOSPHOR_PRIORITY=off)"
        }
    }

    /// What more there could be, and how to get it; nil for nothing.
    var advice: String? {
        switch self {
        case .realTime, .off: nil
        case .raised, .usual:
            "for more, a file /etc/security/limits.d/phosphor.conf with the line "
                + "\"\(Self.userName) - rtprio 1\", then log in again"
        }
    }

    private static var userName: String {
        getenv("USER").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 } ?? "YOUR-NAME"
    }
}
