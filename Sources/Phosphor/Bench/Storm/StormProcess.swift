import CSystem
import FoundationEssentials
import Glibc
import Guest

/// A storm's host process, as its leader sees it.
final class StormProcess {
    let settings: StormSettings
    private let socket: Int32
    private let pid: pid_t

    /// Starts it, with all its folders in one place, away from the user's.
    init(_ settings: StormSettings) throws {
        var settings = settings
        settings.parent = getpid()
        self.settings = settings
        try AtomicFile.makeFolder(settings.folder)
        var pair: [Int32] = [-1, -1]
        guard phosphor_socket_pair(&pair, 256 << 10) == 0 else { throw Failure("no socket pair") }
        defer { close(pair[1]) }
        socket = pair[0]
        let kept = Self.folders.map { name in (name, getenv(name).map { String(cString: $0) }) }
        for name in Self.folders { setenv(name, settings.folder, 1) }
        defer {
            for (name, value) in kept {
                if let value { setenv(name, value, 1) } else { unsetenv(name) }
            }
        }
        let json = String(decoding: try JSONEncoder().encode(settings), as: UTF8.self)
        // What guests and drivers have to say of hostile programs goes to a file.
        let script = "log=$1; file=$2; shift 3; exec \"$file\" \"$@\" 2>>\"$log\""
        let words =
            ["sh", "-c", script, "sh", settings.folder + "/log", OwnProgram.starter]
            + OwnProgram.words(["storm-host", json])
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
        arguments.append(nil)
        defer { for argument in arguments { free(argument) } }
        pid = phosphor_spawn("/bin/sh", &arguments, phosphor_environment(), pair[1])
        guard pid > 0 else { throw Failure("the storm's host process does not start") }
    }

    deinit {
        // At its socket's end it tidies up and goes; one that cannot is ended.
        close(socket)
        var status: Int32 = 0
        for _ in 0..<300 {
            if phosphor_reap(pid, 0, &status) != 0 { return }
            poll(nil, 0, 10)
        }
        kill(pid, SIGKILL)
        _ = phosphor_reap(pid, 1, &status)
    }

    private static let folders = [
        "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR",
    ]

    /// How large it is now.
    var figures: HostFigures { HostFigures.of(pid) }

    /// What became of a task.
    enum Answer {
        case record(StormRecord)
        /// It died; its exit code, or 128 plus the signal.
        case died(status: Int32)
        /// It did not answer in time, and was killed.
        case hung
    }

    /// Has it do a task; waits no longer than `limit` seconds.
    func ask(_ task: StormTask, limit: Double) -> Answer {
        _ = StormSocket.send(task, to: socket)
        if let record = StormSocket.receive(
            StormRecord.self, from: socket, milliseconds: Int32(limit * 1000))
        {
            return .record(record)
        }
        var status: Int32 = 0
        // At the socket's end the process is about to be gone.
        for _ in 0..<200 {
            if phosphor_reap(pid, 0, &status) == 1 { return .died(status: status) }
            poll(nil, 0, 10)
        }
        kill(pid, SIGKILL)
        return .hung
    }
}
