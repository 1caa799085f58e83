import ArgumentParser
import FoundationEssentials
import Glibc

/// `phosphor send 'COMMAND'`: a command for a running program.
struct SendCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send", abstract: "Send a command to a running Phosphor.",
        discussion: """
            Prints the command's reply and exits as the command did: 0, or 1 with the reason. Talks to the program \
            started last, unless --pid says otherwise. `phosphor send help` lists the commands.

              phosphor send 'screenshot now.png'
              phosphor send 'wait good' && phosphor send status
            """)

    @Argument(
        parsing: .captureForPassthrough, help: "The command; several words are joined by blanks.")
    var command: [String]

    @Option(help: "The process id of the program to talk to.")
    var pid: Int32?

    func validate() throws {
        if command.isEmpty { throw ValidationError("Say a command, as in: phosphor send status") }
    }

    func run() throws {
        let path = try socketPath()
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0, CommandSocket.withAddress(path, { connect(descriptor, $0, $1) }) == 0
        else {
            throw Failure(
                "No Phosphor answers at \(path): it may have ended. Start one with `phosphor run`.")
        }
        defer { close(descriptor) }
        let line = command.joined(separator: " ").replacing("\n", with: " ") + "\n"
        var bytes = Array(line.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes {
                send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Failure("Phosphor closed the connection.") }
            bytes = bytes.dropFirst(count)
        }
        try printReply(descriptor)
    }

    private func socketPath() throws -> String {
        let folder = Folders.runtime
        var status = stat()
        guard lstat(folder, &status) != 0 || status.st_uid == getuid() else {
            throw Failure("\(folder) belongs to somebody else. Remove it, or set XDG_RUNTIME_DIR.")
        }
        if let pid { return "\(folder)/\(pid).sock" }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        // Started last means the newest socket; one whose process is gone is left over from a crash.
        let alive = names.filter { $0.hasSuffix(".sock") }.compactMap {
            name -> (path: String, time: Int)? in
            guard let pid = Int32(name.dropLast(5)), kill(pid, 0) == 0 || errno == EPERM,
                let stamp = AtomicFile.stamp("\(folder)/\(name)")
            else { return nil }
            return ("\(folder)/\(name)", stamp.seconds * 1_000_000_000 + stamp.nanoseconds)
        }
        guard let newest = alive.max(by: { $0.time < $1.time }) else {
            throw Failure("No Phosphor is running. Start one with `phosphor run`.")
        }
        return newest.path
    }

    private func printReply(_ descriptor: Int32) throws {
        var pending: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            while let end = pending.firstIndex(of: 10) {
                let line = String(decoding: pending[..<end], as: UTF8.self)
                pending.removeSubrange(...end)
                if line.hasPrefix("=") {
                    print(line.dropFirst())
                } else if line == "ok" {
                    return
                } else {
                    throw Failure(String(line.dropFirst("error ".count)))
                }
            }
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw Failure("Phosphor ended before it answered.") }
            pending += buffer[..<count]
        }
    }
}
