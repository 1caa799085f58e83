import Foundation
import Render
import Testing

/// Real windows on a real X server, with key events from outside.
@Suite(.serialized) struct WindowTests {
    let home: Home
    let display: XDisplay
    init() throws {
        home = try Home()
        display = try XDisplay()
    }

    /// A window over a sketch, ready for keys.
    func open(
        _ sketch: String, _ arguments: [String] = [], through extra: [String: String] = [:]
    ) throws -> PhosphorProcess {
        let window = try PhosphorProcess(
            ["run", sketch, "--size", "640x360"] + arguments, home: home,
            environment: ["DISPLAY": display.name, "LC_ALL": "C.UTF-8"].merging(extra) { $1 })
        try home.send("wait good")
        // Without a window manager nobody gives the focus: the pointer's window gets the keys.
        try display.run(["xdotool", "mousemove", "320", "180"])
        return window
    }

    @Test(
        "toggling and typing gives exactly that text",
        arguments: ["us", "de", "fr", "cz", "hu", "no", "br"])
    func layouts(_ layout: String) throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        let keyboard = try display.setLayout(layout)
        let window = try open(sketch)
        defer { window.kill() }
        let text = "for(;;){a=b^c|d;}"
        let typed = try #require(
            keyboard.strokes(for: text), "\(layout) has no key for a character")
        let needsControl = ["de", "cz", "hu", "no"].contains(layout)
        let toggle = KeyboardMap.Stroke(
            code: KeyboardMap.underEscape, modifiers: needsControl ? [KeyboardMap.control] : [])
        try display.press([toggle])
        try waitFor { $0.editor }
        try display.press(typed)
        try waitFor { $0.revision >= 1 + text.count }
        let all = try home.send("text")
        #expect(all.hasPrefix(text + "void mainImage"), "\(layout): \(all.prefix(40))")
        // Off and on again in the middle of a line: nothing is added, and nothing eaten.
        try display.press([toggle])
        try waitFor { !$0.editor }
        try display.press([toggle] + typed)
        try waitFor { $0.revision >= 1 + 2 * text.count }
        #expect(try home.send("text").hasPrefix(text + text + "void mainImage"))
        if needsControl {
            // The plain key is the layout's own character there.
            let revision = try StatusLine(home.send("status")).revision
            try display.press([
                KeyboardMap.Stroke(code: KeyboardMap.underEscape), KeyboardMap.Stroke(code: 65),
            ])
            try waitFor { $0.revision > revision }
            #expect(try StatusLine(home.send("status")).editor)
        }
    }

    /// Waits for a state of the program; each `status` is answered in the frame that it comes in.
    func waitFor(_ condition: (StatusLine) -> Bool) throws {
        for _ in 0..<400 {
            if condition(try StatusLine(home.send("status"))) { return }
        }
        Issue.record("the program never came to the state; it is at \(try home.send("status"))")
    }

    /// Waits until the status tells of something.
    private func waitForText(_ text: String) throws {
        for _ in 0..<400 {
            if try home.send("status").contains(text) { return }
        }
        Issue.record("the status never told of \(text): \(try home.send("status"))")
    }

    @Test("a key held over a toggle or a loss of focus never sticks")
    func heldKeys() throws {
        defer { home.remove() }
        let keyboard = try display.setLayout("us")
        try display.run(["xset", "r", "rate", "150", "40"])
        let window = try open(try home.write("a.frag", red))
        defer { window.kill() }
        let a = try #require(keyboard.strokes(for: "a")?.first)
        try home.send("editor on")
        // Held in the text it repeats …
        try display.run(["xdotool", "keydown", "\(a.code)"])
        try waitFor { $0.revision > 4 }
        // … and when the editor closes under it, that goes on for nobody, though the key still repeats.
        try home.send("editor off")
        let closed = try StatusLine(home.send("status"))
        try waitFor { $0.host.frames > closed.host.frames + 30 }
        #expect(try StatusLine(home.send("status")).revision == closed.revision)
        try home.send("editor on")
        let opened = try StatusLine(home.send("status"))
        try waitFor { $0.host.frames > opened.host.frames + 30 }
        #expect(try StatusLine(home.send("status")).revision == closed.revision)
        // Let go, it is a key like any other again.
        try display.run(["xdotool", "keyup", "\(a.code)", "key", "\(a.code)"])
        try waitFor { $0.revision == closed.revision + 1 }
    }

    @Test("a sketch sees which keys are held, as long as no text has the focus")
    func pictureKeys() throws {
        defer { home.remove() }
        let keyboard = try display.setLayout("fr")
        let window = try open(
            try home.write(
                "keys.frag",
                """
                const int KEY_A = 65;
                void mainImage(out vec4 c, vec2 p) { c = vec4(texelFetch(iChannel1, ivec2(KEY_A, 0), 0).x, 1., 0., 1.); }

                """))
        defer { window.kill() }
        func red(_ name: String) throws -> UInt8 {
            try home.send("screenshot \(home.path(name))")
            return try Pixels(pngFile: home.path(name))[5, 5].x
        }
        // Where this layout has its a.
        let a = try #require(keyboard.strokes(for: "a")?.first)
        #expect(try red("before.png") == 0)
        try display.run(["xdotool", "keydown", "\(a.code)"])
        while try red("held.png") == 0 {}
        try display.run(["xdotool", "keyup", "\(a.code)"])
        while try red("up.png") == 255 {}
        // Held while the editor comes up, it is the sketch's no longer once it is let go.
        try display.run(["xdotool", "keydown", "\(a.code)"])
        while try red("again.png") == 0 {}
        try home.send("editor on")
        try display.run(["xdotool", "keyup", "\(a.code)"])
        try home.send("editor off")
        while try red("gone.png") == 255 {}
    }

    @Test("a key that is held goes on when a headset goes")
    func heldOverLoss() throws {
        defer { home.remove() }
        let keyboard = try display.setLayout("us")
        try display.run(["xset", "r", "rate", "150", "40"])
        let window = try open(
            try home.write("a.frag", red), through: ["PHOSPHOR_HEADSET": "simulated:64x64@30"])
        defer { window.kill() }
        let a = try #require(keyboard.strokes(for: "a")?.first)
        try home.send("headset on")
        try waitFor { $0.headset.phase == "focused" && $0.headset.keyboard }
        try home.send("editor on")
        try display.run(["xdotool", "keydown", "\(a.code)"])
        try waitFor { $0.revision > 4 }
        try home.send("simulate lost the cable was pulled")
        try waitFor { $0.headset.phase == "none" }
        let gone = try StatusLine(home.send("status"))
        try waitFor {
            $0.host.frames > gone.host.frames + 30 || $0.revision > gone.revision + 3
        }
        #expect(try StatusLine(home.send("status")).revision > gone.revision + 3)
        try display.run(["xdotool", "keyup", "\(a.code)"])
    }

    @Test("the window's picture agrees with the headless one")
    func agreesWithHeadless() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        let session = """
            wait good
            time 1
            editor on
            goto 2:5
            screenshot NAME
            quit

            """
        try home.write("window.session", session.replacing("NAME", with: "window.png"))
        let window = try PhosphorProcess(
            ["run", sketch, "--size", "640x360", "--script", "window.session"], home: home,
            environment: ["DISPLAY": display.name])
        let done = window.finish()
        #expect(done.status == 0, "\(done.errors)")
        let headless = try home.play(
            session.replacing("NAME", with: "headless.png"), sketch: sketch, size: "640x360")
        #expect(headless.status == 0, "\(headless.errors)")
        let pictures = try ["window.png", "headless.png"].map {
            try Pixels(png: Array(Data(contentsOf: URL(fileURLWithPath: home.path($0)))))
        }
        #expect((pictures[0].difference(from: pictures[1])?.max ?? 255) <= 2)
    }

    @Test("a frozen clipboard owner does not freeze the picture")
    func frozenClipboard() throws {
        defer { home.remove() }
        _ = try display.setLayout("us")
        let window = try open(try home.write("a.frag", red))
        defer { window.kill() }
        let owner = Process()
        owner.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        owner.arguments = ["xclip", "-selection", "clipboard", "-quiet", "-in"]
        let input = Pipe()
        owner.standardInput = input
        owner.standardError = FileHandle.nullDevice
        owner.standardOutput = FileHandle.nullDevice
        owner.environment = ProcessInfo.processInfo.environment.merging(["DISPLAY": display.name]) {
            $1
        }
        try owner.run()
        defer {
            kill(owner.processIdentifier, SIGKILL)
        }
        input.fileHandleForWriting.write(Data("/* pasted */".utf8))
        try input.fileHandleForWriting.close()
        try home.send("editor on")
        // xclip owns the selection once a paste works.
        for _ in 0..<200 {
            try home.send("edit paste")
            if try home.send("text").contains("/* pasted */") { break }
        }
        #expect(try home.send("text").contains("/* pasted */"))
        kill(owner.processIdentifier, SIGSTOP)
        let before = try StatusLine(home.send("status")).host.frames
        try home.send("edit paste")
        try waitFor { $0.host.frames > before + 30 }
        try waitForText("does not answer")
    }
}
