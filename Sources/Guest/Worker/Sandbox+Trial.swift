import CSystem
import Glibc

extension Sandbox {
    /// Tries what a guest must not be able to do, so that `phosphor doctor` tells what is so and not what was meant.
    static func tryOut() -> [SandboxTrial] {
        // For a moment the forbidden calls fail instead of ending this process.
        phosphor_sandbox_report_only(1)
        defer { phosphor_sandbox_report_only(0) }
        var trials: [SandboxTrial] = []
        func note(_ what: String, _ error: Int32) {
            let isDenied = error == EPERM || error == EACCES
            let answer = error == 0 ? "it was let" : String(cString: strerror(error))
            trials.append(SandboxTrial(what: what, isDenied: isDenied, answer: answer))
        }
        note("reading /etc/passwd", failure { open("/etc/passwd", O_RDONLY | O_CLOEXEC) })
        if let home = getenv("HOME") {
            note(
                "listing your home folder",
                failure { open(home, O_RDONLY | O_DIRECTORY | O_CLOEXEC) })
        }
        note(
            "writing a file in /tmp",
            // O_TMPFILE, a macro that Swift does not see: a file without a name, gone at once where it was let.
            failure { open("/tmp", O_RDWR | 0o20000000 | O_DIRECTORY | O_CLOEXEC, 0o600) })
        note("a socket", failure { socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0) })
        note("another program", phosphor_try_exec())
        note("another process", phosphor_try_process())
        note("the host's memory", phosphor_try_trace(getppid()))
        note("a signal to the host", kill(getppid(), 0) < 0 ? errno : 0)
        return trials
    }

    /// The error of a call that gives a descriptor, which is closed again; 0 where it was let.
    private static func failure(_ call: () -> Int32) -> Int32 {
        let descriptor = call()
        guard descriptor >= 0 else { return errno }
        close(descriptor)
        return 0
    }
}
