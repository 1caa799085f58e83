import Foundation
import Testing

/// The built program, run as a user runs it, with folders of its own.
struct Home {
    /// The folder that stands for the user's home; removed by `remove()`.
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(
            path: "phosphor-test-\(UUID().uuidString.prefix(8))")
        for name in ["config/phosphor", "state", "cache", "run", "work"] {
            try FileManager.default.createDirectory(
                at: folder.appending(path: name), withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        }
    }

    /// The package's root.
    static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    func remove() { try? FileManager.default.removeItem(at: folder) }

    /// A file in the working folder.
    func path(_ name: String) -> String { folder.appending(path: "work/\(name)").path }

    @discardableResult
    func write(_ name: String, _ text: String) throws -> String {
        let path = path(name)
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        return path
    }

    func read(_ name: String) throws -> String {
        try String(contentsOfFile: path(name), encoding: .utf8)
    }

    /// The environment of a program in this home.
    ///
    /// Shader caches are shared between tests: they only save time.
    var environment: [String: String] {
        var environment = ProcessInfo.processInfo.environment
        environment["HOME"] = folder.path
        environment["XDG_CONFIG_HOME"] = folder.appending(path: "config").path
        environment["XDG_STATE_HOME"] = folder.appending(path: "state").path
        environment["XDG_CACHE_HOME"] = folder.appending(path: "cache").path
        environment["XDG_RUNTIME_DIR"] = folder.appending(path: "run").path
        environment["DISPLAY"] = nil
        environment["WAYLAND_DISPLAY"] = nil
        return environment
    }
}

/// What a finished program left.
struct Finished {
    var status: Int32
    var output: String
    var errors: String
    /// Replies, one an item.
    var lines: [String] { output.split(separator: "\n").map(String.init) }
}

/// A program that is running.
final class PhosphorProcess {
    let process = Process()
    private let output = Pipe()
    private let errors = Pipe()
    private let input = Pipe()

    /// The executable, built beside the tests.
    static let executable: URL = {
        var folder = Bundle.main.bundleURL
        for _ in 0..<6 {
            let candidate = folder.appending(path: "phosphor")
            if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
            folder.deleteLastPathComponent()
        }
        return URL(fileURLWithPath: ".build/debug/phosphor")
    }()

    /// Starts it, or the words of `through` with it and its arguments behind them.
    init(
        _ arguments: [String], home: Home, environment extra: [String: String] = [:],
        through starter: [String] = []
    ) throws {
        let words = starter + [Self.executable.path] + arguments
        process.executableURL = URL(fileURLWithPath: words[0])
        process.arguments = Array(words.dropFirst())
        process.environment = home.environment.merging(extra) { $1 }
        process.currentDirectoryURL = home.folder.appending(path: "work")
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = input
        try process.run()
    }

    /// Ends it without asking; for the end of a test.
    func kill() {
        if process.isRunning { Foundation.kill(pid, SIGKILL) }
    }

    var pid: Int32 { process.processIdentifier }

    /// Gives it standard input, and no more after that.
    func send(_ text: String) {
        input.fileHandleForWriting.write(Data(text.utf8))
        try? input.fileHandleForWriting.close()
    }

    /// Waits for the end and takes all that was printed.
    func finish() -> Finished {
        // Both pipes must be read at once: a program that fills one waits for us.
        let box = ErrorsBox()
        let handle = errors.fileHandleForReading
        let done = DispatchSemaphore(value: 0)
        DispatchQueue.global().async {
            box.data = handle.readDataToEndOfFile()
            done.signal()
        }
        let text = output.fileHandleForReading.readDataToEndOfFile()
        done.wait()
        process.waitUntilExit()
        return Finished(
            status: process.terminationReason == .exit
                ? process.terminationStatus : 128 + process.terminationStatus,
            output: String(decoding: text, as: UTF8.self),
            errors: String(decoding: box.data, as: UTF8.self))
    }

    private final class ErrorsBox: @unchecked Sendable { var data = Data() }
}

extension Home {
    /// Runs the program to its end.
    func phosphor(_ arguments: String..., environment: [String: String] = [:]) throws -> Finished {
        let process = try PhosphorProcess(arguments, home: self, environment: environment)
        process.send("")
        return process.finish()
    }

    /// Sends a command to the program that runs in this home; until it listens, `send` says that nobody runs.
    @discardableResult
    func send(_ command: String) throws -> String {
        while true {
            let answer = try phosphor("send", command)
            if answer.errors.contains("No Phosphor") { continue }
            try #require(answer.status == 0, "\(command): \(answer.errors)")
            return answer.output
        }
    }

    /// Starts the program headless over a sketch, without a script, and waits until its picture is there.
    func launch(
        _ sketch: String, size: String = "64x64", environment: [String: String] = [:]
    ) throws -> PhosphorProcess {
        let running = try PhosphorProcess(
            ["run", "--headless", "--size", size, sketch], home: self, environment: environment)
        try send("wait good")
        return running
    }

    /// Plays a session headless over a sketch and gives what it printed.
    func play(
        _ session: String, sketch: String? = nil, size: String = "320x180", _ arguments: String...,
        environment: [String: String] = [:]
    ) throws -> Finished {
        var words = ["run", "--headless", "--size", size, "--script", "-"]
        if let sketch { words.append(sketch) }
        let process = try PhosphorProcess(words + arguments, home: self, environment: environment)
        process.send(session)
        return process.finish()
    }
}

extension Home {
    /// Guests whose parent is `pid`; not its allocator, which is a child, too.
    func guests(of pid: Int32) -> [Int32] {
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return folders.compactMap(Int32.init).filter { child in
            guard let stat = try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8),
                let end = stat.lastIndex(of: ")")
            else { return false }
            let words = try? String(contentsOfFile: "/proc/\(child)/cmdline", encoding: .utf8)
            guard words?.contains("\0allocator\0") == false else { return false }
            let fields = stat[stat.index(end, offsetBy: 2)...].split(separator: " ")
            return fields[0] != "Z" && Int32(fields[1]) == pid
        }
    }
}

/// What `status` printed, as far as tests look at it.
struct StatusLine: Decodable {
    struct Problem: Decodable {
        var stage: String?
        var file: String?
        var line: Int?
        var column: Int?
        var message: String
    }
    struct Host: Decodable {
        var frames: Int
        var missed: Int
        var longestMilliseconds: Double
        var resets: Int
    }
    struct Guest: Decodable {
        var restarts: Int
        var frames: String?
    }
    struct Headset: Decodable {
        var phase: String
        var name: String?
        var reason: String?
        var frames: Int
        var missed: Int
        var scale: Double?
        var autoScale: Bool
        var views: Int?
        var depth: Bool
        var text: Double
        var keyboard: Bool
        var head: [Double]
        var panel: [Double]
    }
    var revision: Int
    var verdict: String
    var shown: Int?
    var lastGood: Int?
    var dialect: String
    var errors: [Problem]
    var host: Host
    var guest: Guest
    var modified: Bool
    var editor: Bool
    var time: Double
    var size: [Int]
    var stage: String
    var messages: Int
    var file: String
    var budgetMilliseconds: Double?
    var notice: String?
    var pinned: Int?
    var panic: Bool?
    var state: String
    var `guard`: String?
    var headset: Headset

    init(_ line: String) throws {
        self = try JSONDecoder().decode(StatusLine.self, from: Data(line.utf8))
    }
}
