import CSystem
import Glibc

extension GuestProcess {
    /// Puts the cause of its death into words, and says what verdict that is on the revision that was at work.
    ///
    /// No verdict where a death is somebody else's doing, or nobody's.
    func judge(status: Int32) -> (words: String, blame: Verdict?) {
        let phase = phaseWords
        switch ending?.cause ?? .lost {
        case .deadline: return ("it took too long while \(phase)", .hung(phase: phase))
        case .neverReady: return ("it got no OpenGL context in time", nil)
        case .overtaken: return ("a newer revision overtook what it did", nil)
        case .asked: return ("it was told to end", nil)
        case .contextLost: return ("the driver reset its context", nil)
        case .stopped: return ("it was stopped from outside", nil)
        case .memory(let megabytes):
            let words = "it took more than \(megabytes) MB of memory while \(phase)"
            return (words, .crashed(words))
        case .broken(let what):
            // A program that has drawn before is not dropped for one mad answer.
            if case .trial = job { return (what, .crashed(what)) }
            return (what, nil)
        case .lost:
            let words: String
            switch status {
            case 128 + SIGKILL, 128 + SIGTERM, 128 + SIGINT, 128 + SIGHUP:
                return ("it was killed from outside (signal \(status - 128))", nil)
            case let status where phosphor_sandbox_denied(status) != nil:
                let name = phosphor_sandbox_denied(status).map { String(cString: $0) } ?? "a call"
                words = "it tried what the sandbox denies (\(name)) while \(phase)"
            case 128...: words = "\(Self.name(ofSignal: status - 128)) while \(phase)"
            default: words = "it ended with code \(status) while \(phase)"
            }
            return (words, .crashed(words))
        }
    }

    private static func name(ofSignal signal: Int32) -> String {
        switch signal {
        case SIGSEGV: "a segmentation fault"
        case SIGABRT: "an abort"
        case SIGBUS: "a bus error"
        case SIGFPE: "an arithmetic fault"
        case SIGILL, SIGTRAP: "an illegal instruction"
        default: "signal \(signal)"
        }
    }
}
