import Foundation
import Headset
import Render
import Testing

/// A headset's runtime for one test, as `scripts/simulated-headset` gives it to a command.
final class SimulatedRuntime {
    /// What a program that runs beside it sees.
    let environment: [String: String]
    /// What goes before a program that uses it.
    let starter: [String]
    private let script = Process()
    private let input = Pipe()

    /// Starts it over a home's folders, and waits until it serves.
    ///
    /// - Parameters:
    ///   - options: for the script.
    ///   - display: what it finds as `DISPLAY`; nil has it make one.
    init(
        _ home: Home, screen: String = "1280x720", _ options: [String] = [],
        display: String? = nil
    ) throws {
        let output = Pipe()
        script.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        // A test's worker thread blocks signals, and children inherit that. The command says what it sees and stays.
        script.arguments =
            ["--default-signal", Self.path, "--screen", screen] + options + [
                "sh", "-c", "env -0; printf '\\0'; exec cat > /dev/null",
            ]
        script.environment = Self.environment(home).merging(
            display.map { ["DISPLAY": $0] } ?? [:]
        ) { $1 }
        script.standardInput = input
        script.standardOutput = output
        try script.run()
        var bytes: [UInt8] = []
        while bytes.suffix(2) != [0, 0] {
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else {
                throw RemoteHeadset.Failure(
                    description: "the runtime does not start; see above, and scripts/setup --tests")
            }
            bytes += data
        }
        var seen: [String: String] = [:]
        for entry in String(decoding: bytes, as: UTF8.self).split(separator: "\0") {
            guard let equals = entry.firstIndex(of: "=") else { continue }
            seen[String(entry[..<equals])] = String(entry[entry.index(after: equals)...])
        }
        seen["XDG_CACHE_HOME"] = home.environment["XDG_CACHE_HOME"]
        environment = seen
        starter = [try #require(seen["HEADSET_START"])]
    }

    deinit { end() }

    /// Ends the script by force, and with it all that it started.
    func end() { Foundation.kill(script.processIdentifier, SIGKILL) }

    /// Kills the runtime itself, as a crash does.
    func killService() { Foundation.kill(script.processIdentifier, SIGUSR1) }

    /// Starts the runtime again after that.
    func startService() { Foundation.kill(script.processIdentifier, SIGUSR2) }

    var pid: Int32 { script.processIdentifier }

    /// The process of the runtime itself; nil while there is none.
    ///
    /// Through a loader it goes by the loader's name, so its words are asked.
    var service: Int32? {
        let children = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return children.compactMap(Int32.init).first { child in
            guard let words = FileManager.default.contents(atPath: "/proc/\(child)/cmdline"),
                String(decoding: words, as: UTF8.self).contains("/monado-service\0"),
                let folder = environment["XDG_RUNTIME_DIR"],
                let seen = FileManager.default.contents(atPath: "/proc/\(child)/environ")
            else { return false }
            return String(decoding: seen, as: UTF8.self).contains("XDG_RUNTIME_DIR=\(folder)\0")
        }
    }

    /// What the headset shows.
    func openScreen() throws -> HeadsetScreen {
        try HeadsetScreen(path: try #require(environment["HEADSET_SCREEN"]))
    }

    static let path = Home.package.appending(path: "scripts/simulated-headset").path

    /// A home's environment for the script, which has the runtime in the real user's cache.
    static func environment(_ home: Home) -> [String: String] {
        let real = ProcessInfo.processInfo.environment
        var environment = home.environment
        environment["XDG_CACHE_HOME"] =
            real["XDG_CACHE_HOME"] ?? real["HOME"].map { $0 + "/.cache" }
        return environment
    }
}

/// What `status` tells of the headset.
struct HeadsetStatus: Decodable {
    struct Headset: Decodable {
        var phase: String
        var name: String?
        var reason: String?
        var frames: Int?
        var views: Int?
        var depth: Bool?
        var text: Double?
        /// Head and the editor's panel: metres, then the turns to the left and up in degrees; the panel's size.
        var head: [Float]?
        var panel: [Float]?
    }
    var headset: Headset

    init(_ line: String) throws {
        self = try JSONDecoder().decode(HeadsetStatus.self, from: Data(line.utf8))
    }
}

extension Home {
    /// Starts the program in the headset over a sketch, and waits until it is there with its picture.
    ///
    /// - Parameter display: the desktop for its window (GLX); nil for none, headless (EGL).
    func enter(
        _ runtime: SimulatedRuntime, _ sketch: String, display: XDisplay? = nil,
        _ arguments: String..., environment: [String: String] = [:]
    ) throws -> PhosphorProcess {
        var words = ["run", "--headset", "require", "--size", "640x360"]
        if display == nil { words.append("--headless") }
        var seen = runtime.environment.merging(environment) { $1 }
        if let display { seen["DISPLAY"] = display.name }
        let running = try PhosphorProcess(
            words + arguments + [sketch], home: self, environment: seen, through: runtime.starter)
        try send("wait good")
        try waitForHeadset("focused")
        return running
    }

    /// Waits until the headset's session is so far; each `status` is answered in the frame that it comes in.
    func waitForHeadset(_ phase: String, _ location: SourceLocation = #_sourceLocation) throws {
        try waitForStatus("the headset being \(phase)", location) { line in
            try HeadsetStatus(line).headset.phase == phase
        }
    }

    /// Waits for a state of the program.
    func waitForStatus(
        _ what: String, _ location: SourceLocation = #_sourceLocation,
        _ condition: (String) throws -> Bool
    ) throws {
        let end = ContinuousClock.now + .seconds(180)
        var line = ""
        repeat {
            line = try send("status")
            if try condition(line) { return }
        } while ContinuousClock.now < end
        Issue.record("\(what) never came; the program is at \(line)", sourceLocation: location)
        throw RemoteHeadset.Failure(description: "\(what) never came")
    }

    /// What the program says of the headset now.
    func headsetStatus() throws -> HeadsetStatus.Headset {
        try HeadsetStatus(send("status")).headset
    }

    /// The text as it is: a reply ends its last line.
    func text() throws -> String { String(try send("text").dropLast()) }

    /// Waits until the editor's panel stands in the room, and tells where.
    func panel(_ location: SourceLocation = #_sourceLocation) throws -> PanelView {
        var panel: PanelView?
        try waitForStatus("the editor's panel", location) { line in
            panel = PanelView(try HeadsetStatus(line).headset.panel ?? [])
            return panel != nil
        }
        return try #require(panel)
    }

    /// Waits until something stands still for a while of the headset's frames: `isSame` tells each time whether it did.
    func waitForStill(_ isSame: () throws -> Bool) throws {
        var calm = 0
        for _ in 0..<200 where calm < 3 {
            try waitForFrames(20)
            calm = try isSame() ? calm + 1 : 0
        }
        try #require(calm == 3, "it never stands still")
    }

    /// Waits until the head that was moved is there, too, and a picture of how it sees has been shown.
    ///
    /// Places in `status` are those of the room; where the user has recentred they are others.
    func waitForHead(_ head: Pose, _ location: SourceLocation = #_sourceLocation) throws {
        try waitForStatus("the head's move", location) { line in
            guard let seen = try HeadsetStatus(line).headset.head, seen.count >= 5 else {
                return false
            }
            let off = SIMD3(seen[0], seen[1], seen[2]) - head.position
            let turned = SIMD2(seen[3], seen[4]) * .pi / 180
            let wanted = SIMD2(head.orientation.yaw, head.orientation.pitch)
            return (off * off).sum() < 1e-5 && ((turned - wanted) * (turned - wanted)).sum() < 1e-5
        }
        try waitForFrames(4, location)
    }

    /// Waits until so many more frames were shown in the headset: what was moved has arrived then.
    func waitForFrames(_ count: Int = 6, _ location: SourceLocation = #_sourceLocation) throws {
        let before = try headsetStatus().frames ?? 0
        try waitForStatus("the next \(count) frames of the headset", location) { line in
            try HeadsetStatus(line).headset.frames ?? 0 >= before + count
        }
    }
}
