import Editor
import FoundationEssentials
import GLSL
import Guest
import Render
import TOMLKit
import Terminal

/// What the user's settings file says: `phosphor.toml` in the XDG config folder.
///
/// All of it is optional. A mistake is reported with its line, and the settings as a whole stay as they were: half of a
/// file that is just being typed is never taken.
struct Settings: Sendable {
    var keymap = Keymap.standard
    var sketchFolder = Folders.sketches
    var theme = "dark"
    var showsLive = true
    /// What a frame may take; nil for what suits the machine.
    var budget: FrameBudget?
    /// What a guest may take of memory, in bytes.
    var guestMemory = GuestConfiguration.defaultMemoryLimit
    /// How long the typing must rest before a message comes into the line that is being typed, in seconds.
    var calmSeconds = 0.4
    /// Megabytes of history that the journal keeps; 0 for no journal.
    var journalMegabytes = 256
    /// Folders in which `#include` looks after the sketch's own.
    var includePaths: [String] = []

    static var path: String { Folders.config + "/phosphor.toml" }

    /// A mistake in the settings file.
    struct Mistake: Error, CustomStringConvertible {
        var line: Int
        var message: String
        var description: String { "\(Folders.shown(Settings.path)):\(line): \(message)" }
    }

    /// Reads the file; the standard settings where there is none.
    static func load() -> Result<Settings, Mistake> {
        guard AtomicFile.stamp(path) != nil else { return .success(Settings()) }
        do {
            let bytes = try AtomicFile.read(path, limit: 1 << 20)
            guard let text = String(validating: bytes, as: UTF8.self) else {
                return .failure(Mistake(line: 1, message: "the file is not UTF-8"))
            }
            return parse(text)
        } catch {
            return .failure(Mistake(line: 1, message: error.description))
        }
    }

    /// Takes a file's text.
    static func parse(_ text: String) -> Result<Settings, Mistake> {
        // TOMLKit does not survive every text: it gets what was read to its end before.
        if case .failure(let mistake) = PlanNode.read(text) {
            return .failure(Mistake(line: mistake.place.line, message: mistake.message))
        }
        do {
            return .success(try Settings(TOMLTable(string: text), text))
        } catch let mistake as Mistake {
            return .failure(mistake)
        } catch let error as TOMLParseError {
            return .failure(
                Mistake(line: Int(error.source.begin.line), message: error.description))
        } catch {
            return .failure(Mistake(line: 1, message: "\(error)"))
        }
    }

    init() {}

    private init(_ table: TOMLTable, _ text: String) throws {
        for key in table.keys {
            let line = Self.line(of: key, in: text)
            switch key {
            case "theme":
                guard let name = table[key]?.string, Theme.named(name) != nil else {
                    throw Mistake(
                        line: line, message: "theme is one of \"dark\", \"contrast\", \"light\"")
                }
                theme = name
            case "sketches":
                guard let folder = table[key]?.string else {
                    throw Mistake(
                        line: line, message: "sketches is the path of a folder, in quotes")
                }
                sketchFolder = Folders.absolute(folder, from: Folders.home)
            case "show":
                guard let mode = table[key]?.string, mode == "live" || mode == "cut" else {
                    throw Mistake(line: line, message: "show is \"live\" or \"cut\"")
                }
                showsLive = mode == "live"
            case "budget":
                if table[key]?.string == "off" {
                    budget = .off
                } else {
                    let figure = table[key]?.double ?? table[key]?.int.map(Double.init)
                    guard let figure, (0.001...100_000).contains(figure) else {
                        throw Mistake(
                            line: line, message: "budget is milliseconds above 0, or \"off\"")
                    }
                    budget = .milliseconds(figure)
                }
            case "memory":
                guard let megabytes = table[key]?.int, (512...1_048_576).contains(megabytes) else {
                    throw Mistake(
                        line: line,
                        message:
                            "memory is what a shader may take, in megabytes, from 512: memory = 4096"
                    )
                }
                guestMemory = megabytes << 20
            case "journal":
                guard let size = table[key]?.int, (0...1_000_000).contains(size) else {
                    throw Mistake(
                        line: line,
                        message:
                            "journal is the history that is kept, in whole megabytes; 0 for none")
                }
                journalMegabytes = size
            case "calm":
                let seconds = table[key]?.double ?? table[key]?.int.map(Double.init)
                guard let seconds, (0...60).contains(seconds) else {
                    throw Mistake(
                        line: line,
                        message: "calm is the seconds without a key before a message comes, to 60")
                }
                calmSeconds = seconds
            case "include":
                let folders = table[key]?.array.map { list in list.map { $0.string } }
                guard let folders, !folders.contains(nil) else {
                    throw Mistake(
                        line: line, message: "include is a list of folders: include = [\"~/glsl\"]")
                }
                includePaths = folders.compactMap { $0 }.map {
                    Folders.absolute($0, from: Folders.home)
                }
            case "keys":
                guard let keys = table[key]?.table else {
                    throw Mistake(
                        line: line,
                        message: "keys is a table: a line [keys], then \"ctrl+k\" = \"command\"")
                }
                try bind(keys, .any, text)
            default:
                throw Mistake(
                    line: line,
                    message:
                        "unknown setting '\(key)'; there are theme, sketches, show, calm, budget, memory, journal, include and [keys]"
                )
            }
        }
    }

    private mutating func bind(_ keys: TOMLTable, _ context: KeyContext, _ text: String) throws {
        for key in keys.keys {
            let line = Self.line(of: key, in: text)
            if let nested = keys[key]?.table {
                guard let inner = KeyContext(rawValue: key) else {
                    throw Mistake(
                        line: line,
                        message:
                            "unknown group of keys '\(key)'; there are text, picture, prompt, console"
                    )
                }
                try bind(nested, inner, text)
                continue
            }
            guard let command = keys[key]?.string else {
                throw Mistake(
                    line: line, message: "a key is bound to a command in quotes, \"\" for none")
            }
            do {
                _ = try CommandParser.parse(command)
                try keymap.bind(KeyChord(parsing: key), command.isEmpty ? nil : command, context)
            } catch {
                throw Mistake(line: line, message: "\(error)")
            }
        }
    }

    /// The line where a key is written; TOMLKit keeps places for its own errors only.
    private static func line(of key: String, in text: String) -> Int {
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            let start = line.drop { " \t[\"'".contains($0) }
            if start.hasPrefix(key), !line.drop(while: { $0 == " " }).hasPrefix("#") {
                return index + 1
            }
        }
        return 1
    }
}
