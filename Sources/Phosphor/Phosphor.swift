import ArgumentParser
import CSystem
import Glibc
import Guest

/// The executable: the editor, its guests, and the small tools around them, all in one.
@main
enum Phosphor {
    static func main() {
        // Children of ours are this same executable; they must not pass through the parsing of options.
        let arguments = OwnProgram.arguments
        switch arguments.dropFirst().first {
        case "guest": GuestMain.run(arguments: Array(arguments.dropFirst(2)))
        case "allocator": AllocatorMain.run(arguments: Array(arguments.dropFirst(2)))
        case "clipboard": ClipboardReader.runChild()
        case "bench-floor": FloorProcess.runChild()
        case "storm-host": StormHost.runChild(arguments: Array(arguments.dropFirst(2)))
        case "storm-guest": MadGuest.run(arguments: Array(arguments.dropFirst(2)))
        default: break
        }
        // A reader that goes away (`phosphor check … | head`) is no reason to die without a word.
        signal(SIGPIPE, SIG_IGN)
        HostPriority.shortenTurns()
        phosphor_line_buffered_output()
        do {
            var command = try RootCommand.parseAsRoot(Array(arguments.dropFirst()))
            try command.run()
        } catch let failure as Failure {
            complain("phosphor: \(failure)")
            exit(1)
        } catch let error as FileError {
            complain("phosphor: \(error)")
            exit(1)
        } catch {
            // Usage errors exit with 2, as is the custom; help and version with 0.
            let code = RootCommand.exitCode(for: error)
            if code == .success || code.rawValue != ExitCode.validationFailure.rawValue {
                if code == .success { RootCommand.exit(withError: error) }
                let message = RootCommand.fullMessage(for: error)
                if !message.isEmpty { complain(message) }
                exit(code.rawValue)
            }
            complain(RootCommand.fullMessage(for: error))
            exit(2)
        }
        exit(0)
    }
}

/// The root of the command line; `run` where nothing else is said.
struct RootCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "phosphor",
        abstract: "A live GLSL editor that you use inside the picture.",
        discussion: """
            phosphor                     opens the sketch you had open last, or the welcome sketch
            phosphor waves.frag          opens a sketch
            The key under Escape opens the editor. F1 shows all keys.
            """,
        version: "0.1.0",
        subcommands: [
            RunCommand.self, CheckCommand.self, RenderCommand.self, BenchCommand.self,
            DoctorCommand.self,
            SendCommand.self, HeadsetProbeCommand.self,
        ],
        defaultSubcommand: RunCommand.self)
}
