import CSystem
import Glibc

/// The guest's side of the executable: `phosphor guest PARENT`, with the socket on descriptor 3.
///
/// A guest compiles and draws what it is told to, and nothing else. It may hang or die at any time; the host has all
/// that matters.
public enum GuestMain {
    /// The descriptor on which a guest finds its socket.
    static let socket: Int32 = 3

    /// Runs a guest until the host has no more use for it.
    ///
    /// The last argument is the host's process number.
    public static func run(arguments: [String]) -> Never {
        guard let parent = arguments.last.flatMap(pid_t.init), phosphor_die_with_parent(parent) == 0
        else {
            complain("a guest is started by phosphor itself, not by hand; its parent is missing.")
            exit(2)
        }
        var sandbox = Sandbox()
        sandbox.holdBack()
        sandbox.closeFiles()
        do {
            let worker = try GuestWorker(
                channel: Channel(descriptor: socket), sandbox: &sandbox)
            // Nothing is taken down at the end: the kernel does that in one go, while textures would go after the
            // context that they belong to, and libraries' exit handlers would meet the driver's running threads.
            withExtendedLifetime(worker) { () -> Never in
                do throws(GuestError) { try worker.run() } catch {
                    complain("\(error)")
                    _exit(3)
                }
                _exit(0)
            }
        } catch {
            complain("\(error)")
            _exit(3)
        }
    }

    private static func complain(_ text: String) {
        // write(2), since Swift 6 does not let a global of C such as stderr be touched.
        let line = Array("phosphor guest: \(text)\n".utf8)
        _ = write(2, line, line.count)
    }
}
