import Foundation

/// An X server of the tests' own (Xvfb), with a keyboard that is pressed from outside.
final class XDisplay {
    private let server = Process()
    /// Whoever holds it open has the server; nobody does once the test is killed.
    private let life = Pipe()
    /// The display's name, as `:7`.
    let name: String

    struct Missing: Error, CustomStringConvertible {
        var description: String
    }

    /// Starts a server on a free display and waits until it answers.
    init(width: Int = 900, height: Int = 600) throws {
        let ready = Pipe()
        server.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        // The server says its number on standard output once it can be reached.
        server.arguments = [
            "sh", "-c", "Xvfb \"$@\" < /dev/null & exec > /dev/null; cat; kill -KILL $!", "sh",
            "-displayfd", "1", "-noreset", "-nolisten", "tcp", "-screen", "0",
            "\(width)x\(height)x24",
        ]
        server.standardInput = life
        server.standardOutput = ready
        server.standardError = FileHandle.nullDevice
        try server.run()
        var text = ""
        while !text.hasSuffix("\n") {
            let data = ready.fileHandleForReading.availableData
            guard !data.isEmpty else {
                throw Missing(description: "Xvfb does not start; run scripts/setup --tests")
            }
            text += String(decoding: data, as: UTF8.self)
        }
        name = ":" + text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    deinit { try? life.fileHandleForWriting.close() }

    /// Runs one of X's tools on this display and gives what it printed.
    @discardableResult
    func run(_ arguments: [String]) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        var environment = ProcessInfo.processInfo.environment
        environment["DISPLAY"] = name
        process.environment = environment
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Missing(description: "\(arguments.joined(separator: " ")) failed on \(name)")
        }
        return String(decoding: data, as: UTF8.self)
    }

    /// Sets the keyboard's layout, as a desktop does.
    func setLayout(_ layout: String) throws -> KeyboardMap {
        try run(["setxkbmap", layout])
        return KeyboardMap(try run(["xmodmap", "-pke"]))
    }

    /// Presses and releases keys by their codes, in one go, the modifiers held around each.
    func press(_ strokes: [KeyboardMap.Stroke]) throws {
        var words = ["xdotool"]
        for stroke in strokes {
            for modifier in stroke.modifiers { words += ["keydown", "\(modifier)"] }
            words += ["key", "\(stroke.code)"]
            for modifier in stroke.modifiers.reversed() { words += ["keyup", "\(modifier)"] }
        }
        try run(words)
    }
}

/// Which keys give which characters in a layout, read from the server (`xmodmap -pke`).
struct KeyboardMap {
    /// A key with modifiers, by X key codes.
    struct Stroke: Equatable {
        var code: Int
        var modifiers: [Int] = []
    }

    static let shift = 50, control = 37, altGr = 108, alt = 64
    /// The key under Escape.
    static let underEscape = 49

    private var strokes: [String: Stroke] = [:]

    init(_ listing: String) {
        // Columns: plain, Shift, then a second group, then AltGr and AltGr with Shift.
        let modifiers: [Int: [Int]] = [
            0: [], 1: [Self.shift], 4: [Self.altGr], 5: [Self.shift, Self.altGr],
        ]
        for line in listing.split(separator: "\n") {
            let parts = line.split(separator: " ")
            guard parts.count > 3, parts[0] == "keycode", let code = Int(parts[1]) else { continue }
            for (column, held) in modifiers.sorted(by: { $0.key < $1.key })
            where parts.count > column + 3 {
                let name = String(parts[column + 3])
                let better = strokes[name].map { $0.modifiers.count > held.count } ?? true
                // The key between left Shift and Z is missing on many keyboards, but not here.
                if better { strokes[name] = Stroke(code: code, modifiers: held) }
            }
        }
    }

    private static let names: [Character: String] = [
        "(": "parenleft", ")": "parenright", "{": "braceleft", "}": "braceright", ";": "semicolon",
        "=": "equal", "^": "asciicircum", "|": "bar", " ": "space", "/": "slash", "*": "asterisk",
        ".": "period",
        ",": "comma", "+": "plus", "-": "minus", "\n": "Return",
    ]

    /// The strokes that type a text; a dead key and a blank where the layout has a character only so.
    func strokes(for text: String) -> [Stroke]? {
        var result: [Stroke] = []
        for character in text {
            let name = Self.names[character] ?? String(character)
            if let stroke = strokes[name] {
                result.append(stroke)
            } else if character == "^", let dead = strokes["dead_circumflex"] {
                result += [dead, Stroke(code: 65)]
            } else {
                return nil
            }
        }
        return result
    }
}
