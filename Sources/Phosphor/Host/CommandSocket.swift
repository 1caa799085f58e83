import CSystem
import Glibc
import Terminal

/// The socket through which `phosphor send` reaches a running program: `PID.sock` in the runtime folder.
///
/// A connection sends command lines. For each it gets the reply's lines, each behind a "=", then "ok", or "error" and
/// the message. Everything is non-blocking: a peer that does not read is cut off.
final class CommandSocket {
    private final class Connection {
        let descriptor: Int32
        var input: [UInt8] = []
        /// How much of the input was taken as commands already.
        var taken = 0
        var output: [UInt8] = []
        var session: CommandSession?
        var isClosed = false
        /// Whether commands wait that the last turn had no time for.
        var hasMore = false
        init(_ descriptor: Int32) { self.descriptor = descriptor }
    }

    /// Where it listens.
    let path: String
    private let listener: Int32
    private var connections: [Connection] = []
    /// A line of commands is a person's or a script's: past this it is neither.
    private static let longestLine = 17 << 20
    private static let commandsPerTurn = 32

    init() throws(FileError) {
        let folder = Folders.runtime
        try AtomicFile.makeFolder(folder, mode: 0o700)
        var status = stat()
        // In a folder that all can write to, somebody else may have been there first.
        // A link is as good as what it points to where both are this user's.
        guard lstat(folder, &status) == 0, status.st_uid == getuid(), stat(folder, &status) == 0,
            status.st_mode & S_IFMT == S_IFDIR, status.st_uid == getuid(),
            status.st_mode & 0o022 == 0
        else {
            throw FileError(
                "No command socket: \(folder) belongs to somebody else or others may write to it. Remove it, "
                    + "or set XDG_RUNTIME_DIR")
        }
        path = "\(folder)/\(getpid()).sock"
        unlink(path)
        listener = socket(
            AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0
        )
        guard listener >= 0, Self.withAddress(path, { bind(listener, $0, $1) }) == 0,
            listen(listener, 8) == 0
        else {
            let error = FileError.system("No command socket at", path)
            if listener >= 0 { Glibc.close(listener) }
            throw error
        }
    }

    /// Ends all talk and removes the socket.
    func close() {
        unlink(path)
        Glibc.close(listener)
        for connection in connections { Glibc.close(connection.descriptor) }
        connections = []
    }

    /// Calls `body` with the socket address of a path (unix(7)); -1 where the path is too long for one.
    static func withAddress(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32)
        -> Int32
    {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            errno = ENAMETOOLONG
            return -1
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    /// What the loop waits on.
    var descriptors: [Int32] { [listener] + connections.map(\.descriptor) }
    /// When the loop must look again at the latest.
    var deadline: UInt64? {
        if connections.contains(where: \.hasMore) { return 0 }
        return connections.compactMap { $0.session?.deadline }.min()
    }

    /// Takes new connections and commands, and runs them as far as they go.
    func advance(now: UInt64, ready: [Int32], perform: (Command) -> Outcome) {
        while ready.contains(listener) {
            let descriptor = phosphor_accept(listener)
            guard descriptor >= 0 else { break }
            connections.append(Connection(descriptor))
        }
        for connection in connections {
            if ready.contains(connection.descriptor) { receive(connection) }
            // A bound, so that a peer with a thousand commands cannot hold up the picture: the rest waits a turn.
            var left = Self.commandsPerTurn
            while left > 0, step(connection, now: now, perform: perform) { left -= 1 }
            connection.hasMore = left == 0
            flush(connection)
        }
        connections.removeAll { connection in
            guard connection.isClosed else { return false }
            Glibc.close(connection.descriptor)
            return true
        }
    }

    private func receive(_ connection: Connection) {
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while !connection.isClosed {
            let count = read(connection.descriptor, &buffer, buffer.count)
            if count > 0 {
                connection.input += buffer[..<count]
                if connection.input.count > Self.longestLine { connection.isClosed = true }
            } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
                connection.isClosed = true
            } else {
                return
            }
        }
    }

    /// Begins or goes on with one command; true where another may follow at once.
    private func step(_ connection: Connection, now: UInt64, perform: (Command) -> Outcome) -> Bool
    {
        if connection.session == nil {
            guard let end = connection.input[connection.taken...].firstIndex(of: 10) else {
                connection.input.removeFirst(connection.taken)
                connection.taken = 0
                return false
            }
            let line = String(decoding: connection.input[connection.taken..<end], as: UTF8.self)
            connection.taken = end + 1
            do throws(CommandError) {
                guard let command = try CommandParser.parse(line) else {
                    connection.output += Array("ok\n".utf8)
                    return true
                }
                connection.session = CommandSession(
                    [.init(command: command, line: 1)],
                    reply: { [unowned connection] text in
                        // By bytes: a carriage return and a newline are one character, and no end of a line.
                        for line in text.utf8.split(separator: 10, omittingEmptySubsequences: false)
                        {
                            connection.output += [UInt8(ascii: "=")] + Array(line) + [10]
                        }
                    },
                    failed: { [unowned connection] in
                        connection.output += Array("error \(Self.oneLine($1))\n".utf8)
                    },
                    finished: { [unowned connection] in connection.output += Array("ok\n".utf8) })
            } catch {
                connection.output += Array("error \(Self.oneLine(error.message))\n".utf8)
                return true
            }
        }
        connection.session?.advance(now: now, perform: perform)
        guard connection.session?.isFinished == true else { return false }
        connection.session = nil
        return true
    }

    private func flush(_ connection: Connection) {
        while !connection.output.isEmpty {
            let count = Glibc.send(
                connection.descriptor, connection.output, connection.output.count,
                Int32(MSG_NOSIGNAL))
            guard count > 0 else {
                if errno != EAGAIN || connection.output.count > Self.longestLine {
                    connection.isClosed = true
                }
                return
            }
            connection.output.removeFirst(count)
        }
    }

    private static func oneLine(_ message: String) -> String {
        String(decoding: message.utf8.map { $0 == 10 ? 32 : $0 }, as: UTF8.self)
    }
}
