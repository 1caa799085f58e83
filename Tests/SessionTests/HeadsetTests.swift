import Foundation
import Render
import Testing

/// The program in a headset that is not there: what its user does, sees and keeps.
@Suite(.serialized) struct HeadsetTests {
    let home: Home
    init() throws { home = try Home() }

    private static let simulated = ["PHOSPHOR_HEADSET": "simulated:320x360@30"]

    /// A screen of one colour, whose blue follows the time.
    private static let flat = """
        void mainImage(out vec4 color, in vec2 pixel) {
            color = vec4(1.0, 0.5, iTime > 500.0 ? 1.0 : 0.0, 1.0);
        }

        """

    /// A world that is red to the left, green ahead, blue to the right; and white once one has walked two metres ahead.
    private static let world = """
        void mainVR(out vec4 color, in vec2 pixel, in vec3 ro, in vec3 rd) {
            color = vec4(step(0.5, -rd.x), step(0.8, -rd.z), step(0.5, rd.x), 1.0);
            if (ro.z < -1.5) color = vec4(1.0);
        }

        """

    private func start(_ text: String) throws -> PhosphorProcess {
        let sketch = try home.write("a.frag", text)
        let running = try home.launch(sketch, size: "128x128", environment: Self.simulated)
        try home.send("headset on")
        try waitUntil { $0.headset.phase == "focused" }
        return running
    }

    private func status() throws -> StatusLine { try StatusLine(home.send("status")) }

    @discardableResult
    private func waitUntil(_ condition: (StatusLine) -> Bool) throws -> StatusLine {
        var last = try status()
        for _ in 0..<4000 where !condition(last) { last = try status() }
        try #require(condition(last), "it never came; the program is at \(last)")
        return last
    }

    private func eye(_ name: String = "eye.png", _ eye: String = "left") throws -> Pixels {
        try home.send("headset picture \(name) \(eye)")
        return try Pixels(pngFile: home.path(name))
    }

    /// The point at the middle of a cell of the editor's panel, as the panel stands.
    private func place(ofCell column: Double, _ row: Double) throws -> SIMD3<Double> {
        let panel = try status().headset.panel
        try #require(panel.count == 7)
        let (width, height) = (panel[5], panel[6])
        // A column of room at both sides, a fifth of a row above and below.
        let x = ((column + 1.5) / 82 - 0.5) * width
        let y = (0.5 - (row + 0.7) / 24.4) * height
        let (yaw, pitch) = (panel[3] * .pi / 180, panel[4] * .pi / 180)
        let up = SIMD3(0, y * cos(pitch), y * sin(pitch))
        return SIMD3(panel[0], panel[1], panel[2])
            + SIMD3(
                x * cos(yaw) + up.z * sin(yaw), up.y, -x * sin(yaw) + up.z * cos(yaw))
    }

    /// Has the right hand point from a place to another one.
    private func point(at goal: SIMD3<Double>) throws {
        let from = SIMD3(0.2, 1.3, -0.2)
        let way = goal - from
        let yaw = atan2(-way.x, -way.z) * 180 / .pi
        let pitch = atan2(way.y, (way.x * way.x + way.z * way.z).squareRoot()) * 180 / .pi
        try home.send("simulate right \(from.x) \(from.y) \(from.z) \(yaw) \(pitch) 0")
    }

    private func isOrange(_ pixel: SIMD4<UInt8>) -> Bool { pixel.x > 200 && pixel.z < 60 }

    @Test("a flat sketch hangs on a screen ahead, in a dim room")
    func screen() throws {
        defer { home.remove() }
        let running = try start(Self.flat)
        defer { running.kill() }
        let picture = try eye()
        #expect(picture.width == 320 && picture.height == 360)
        let middle = picture[165, 170]
        #expect(isOrange(middle), "\(middle)")
        let corner = picture[6, 6]
        #expect(corner.x < 80 && corner.y < 80 && corner.z < 80, "\(corner)")
        #expect(try status().headset.views == 1)
        try home.send("simulate head 0 1.6 0 180 0 0")
        let behind = try eye()[160, 170]
        #expect(!isOrange(behind), "the screen has turned along with the head")
    }

    @Test("a world surrounds its user and turns against the head")
    func world() throws {
        defer { home.remove() }
        let running = try start(Self.world)
        defer { running.kill() }
        try waitUntil { $0.headset.views == 2 }
        #expect(try eye()[160, 175] == SIMD4(0, 255, 0, 255))
        try home.send("simulate head 0 1.6 0 90 0 0")
        #expect(try eye()[160, 175] == SIMD4(255, 0, 0, 255))
        try home.send("simulate head 0 1.6 0 -90 0 0")
        #expect(try eye("right.png", "right")[160, 175] == SIMD4(0, 0, 255, 255))
        try home.send("simulate head 0 1.6 0 0 0 0")
        try home.send("walk 0 -2")
        #expect(try eye()[160, 175] == SIMD4(255, 255, 255, 255))
        // Who has walked is still there when the headset comes back.
        try home.send("simulate lost the cable was pulled")
        try home.send("simulate back")
        try waitUntil { $0.headset.phase == "focused" && $0.headset.views == 2 }
        #expect(try eye()[160, 175] == SIMD4(255, 255, 255, 255))
        try home.send("headset reset")
        #expect(try eye()[160, 175] == SIMD4(0, 255, 0, 255))
        try home.send("turn 90")
        #expect(try eye()[160, 175] == SIMD4(255, 0, 0, 255))
    }

    @Test("the toggle brings the editor up where the user looks, and it stays there")
    func toggle() throws {
        defer { home.remove() }
        let running = try start(Self.flat)
        defer { running.kill() }
        #expect(try status().headset.panel.isEmpty)
        try home.send("simulate head 0 1.6 0 20 0 0")
        try home.send("key grave")
        let panel = try waitUntil { !$0.headset.panel.isEmpty }.headset.panel
        #expect(abs(panel[3] - 20) < 1, "it faces \(panel[3]) degrees")
        let distance = (panel[0] * panel[0] + panel[2] * panel[2]).squareRoot()
        #expect(distance > 1 && distance < 1.6)
        // Dark glass, straight ahead.
        let glass = try eye()[165, 190]
        #expect(glass.x < 100, "\(glass)")
        try home.send("simulate head 0 1.6 0 -60 0 0")
        #expect(try status().headset.panel == panel)
        #expect(try !isDark(eye()[165, 190]) || status().headset.panel == panel)
        // Behind the user, the key brings it, and does not hide it.
        try home.send("simulate head 0 1.6 0 180 0 0")
        try home.send("key grave")
        let brought = try waitUntil { $0.headset.panel != panel }
        #expect(brought.editor)
        #expect(abs(abs(brought.headset.panel[3]) - 180) < 1)
        try home.send("key grave")
        try waitUntil { !$0.editor && $0.headset.panel.isEmpty }
    }

    private func isDark(_ pixel: SIMD4<UInt8>) -> Bool { max(pixel.x, pixel.y, pixel.z) < 100 }

    @Test("a controller's ray puts the caret into the cell that it points at, and selects")
    func ray() throws {
        defer { home.remove() }
        let running = try start(Self.flat)
        defer { running.kill() }
        try home.send("key grave")
        try waitUntil { !$0.headset.panel.isEmpty }
        // Row 0 has the tabs; line 1 is row 1. Six columns of line numbers: "color" of line 2 begins at column 4.
        try point(at: place(ofCell: 6 + 4 - 0.3, 2))
        try home.send("simulate right press select")
        try home.send("simulate right release select")
        try home.send("paste \"/*here*/\"")
        let text = try home.send("text")
        #expect(text.contains("    /*here*/color = vec4"), "\(text)")
        // From there to the end of the word, held.
        try home.send("undo")
        try home.send("simulate right press select")
        try point(at: place(ofCell: 6 + 9 - 0.3, 2))
        try home.send("simulate right release select")
        try home.send("type \"hue\"")
        #expect(try home.send("text").contains("    hue = vec4"))
    }

    @Test("a controller takes the panel along, and its place is remembered")
    func grab() throws {
        defer { home.remove() }
        let running = try start(Self.flat)
        defer { running.kill() }
        try home.send("key grave")
        let before = try waitUntil { !$0.headset.panel.isEmpty }.headset.panel
        try point(at: SIMD3(before[0], before[1], before[2]))
        try home.send("simulate right press grab")
        try home.send("simulate right 0.2 1.3 -0.2 40 0 0")
        try home.send("simulate right release grab")
        let after = try status().headset.panel
        #expect(after[0] < before[0] - 0.3, "\(before) \(after)")
        // Keys do the same.
        try home.send("panel scale 1.2")
        try home.send("panel push 0.5")
        let pushed = try waitUntil { $0.headset.panel != after }.headset.panel
        func distance(_ panel: [Double]) -> Double {
            (panel[0] * panel[0] + panel[2] * panel[2]).squareRoot()
        }
        #expect(distance(pushed) > distance(after) + 0.3)
        try home.send("quit")
        running.process.waitUntilExit()
        let again = try start(Self.flat)
        defer { again.kill() }
        try home.send("key grave")
        let back = try waitUntil { !$0.headset.panel.isEmpty }.headset.panel
        #expect(abs(back[0] - pushed[0]) < 0.02 && abs(back[2] - pushed[2]) < 0.02)
        #expect(abs(back[5] / pushed[5] - 1) < 0.02, "it was \(pushed[5]) m wide")
        // A headset that goes and returns finds it where it was last, not where the program began.
        try home.send("panel push 0.5")
        let last = try waitUntil { $0.headset.panel != back }.headset.panel
        try home.send("simulate lost the cable was pulled")
        try home.send("simulate back")
        let returned = try waitUntil {
            $0.headset.phase == "focused" && !$0.headset.panel.isEmpty && $0.headset.frames > 5
        }
        _ = try eye()
        #expect(returned.headset.panel[0...2] == last[0...2])
    }

    @Test(
        "a broken line shows its message in the headset while the scene goes on, and rollback mends it"
    )
    func brokenLine() throws {
        defer { home.remove() }
        let running = try start(Self.flat)
        defer { running.kill() }
        try home.send("key grave")
        try waitUntil { !$0.headset.panel.isEmpty }
        let whole = try eye()
        try home.send("goto 2:5")
        try home.send("paste \"oops \"")
        try home.send("wait error")
        try waitUntil { $0.messages > 0 }
        let broken = try eye("broken.png")
        let reds = (0..<broken.width * broken.height).filter {
            let pixel = broken[$0 % broken.width, $0 / broken.width]
            let old = whole[$0 % broken.width, $0 / broken.width]
            return pixel != old && pixel.x > pixel.y &+ 20 && isDark(old)
        }
        #expect(reds.count > 5, "nothing red has come onto the dark glass")
        // The screen above the panel goes on with the time.
        try home.send("time 600")
        #expect(try eye("later.png")[165, 128].z > 200)
        try home.send("rollback")
        try home.send("wait good")
        #expect(try !home.send("text").contains("oops"))
    }

    @Test("a hung guest leaves panels and head movement alone")
    func hungGuest() throws {
        defer { home.remove() }
        let hanging = """
            void mainVR(out vec4 color, in vec2 pixel, in vec3 ro, in vec3 rd) {
                float a = pixel.x;
                int n = iTime > 500.0 ? 65000 : 1;
                for (int i = 0; i < n; i++) for (int j = 0; j < 40; j++) a = sin(a * 1.0001 + float(i));
                color = vec4(step(0.5, -rd.x), step(0.8, -rd.z), step(0.5, rd.x), 1.0) + a * 1e-9;
            }

            """
        let running = try start(hanging)
        defer { running.kill() }
        try waitUntil { $0.headset.views == 2 }
        try home.send("time 600")
        let before = try status().headset.frames
        // Frames go on coming, and the last picture stays where it was drawn for.
        try waitUntil { $0.headset.frames > before + 15 }
        try home.send("simulate head 0 1.6 0 45 0 0")
        let turned = try eye()
        #expect(turned[160, 175] != SIMD4(0, 255, 0, 255), "the picture is stuck to the head")
        try home.send("key grave")
        try waitUntil { !$0.headset.panel.isEmpty }
        try home.send("goto 1:1")
        try home.send("type \"// still here\\n\"")
        #expect(try home.send("text").hasPrefix("// still here\n"))
    }

    @Test("a headset that goes takes no text along, and is taken back")
    func lossAndReturn() throws {
        defer { home.remove() }
        let running = try start(Self.flat)
        defer { running.kill() }
        try home.send("key grave")
        try home.send("goto 4:1")
        try home.send("type \"// one\"")
        try home.send("simulate lost the cable was pulled")
        try home.send("type \" two\"")
        let alone = try status()
        #expect(alone.headset.phase == "none")
        #expect(alone.notice?.contains("cable") == true)
        // The window's own picture is there.
        try home.send("editor off")
        try home.send("wait good")
        try home.send("screenshot window.png")
        #expect(try isOrange(Pixels(pngFile: home.path("window.png"))[5, 5]))
        try home.send("simulate back")
        try waitUntil { $0.headset.phase == "focused" }
        try home.send("type \" three\"")
        #expect(try home.send("text").contains("// one two three"))
        #expect(try isOrange(eye()[165, 150]))
    }

    @Test("a runtime that hangs is let go of, for this run")
    func hungRuntime() throws {
        defer { home.remove() }
        let running = try start(Self.flat)
        defer { running.kill() }
        try home.send("simulate hang")
        try home.send("goto 4:1")
        try home.send("type \"// here\"")
        let lost = try waitUntil { $0.headset.phase == "none" }
        #expect(lost.headset.reason == "the runtime does not answer")
        let on = try home.phosphor("send", "headset on")
        #expect(on.status == 1 && on.errors.contains("does not answer"))
        // The window goes on, and an end is an end.
        try waitUntil { $0.host.frames > lost.host.frames + 10 }
        #expect(try home.send("text").contains("// here"))
        try home.send("headset off")
        try home.send("quit")
        running.process.waitUntilExit()
        #expect(running.process.terminationStatus == 0)
    }

    @Test("after a recentre the panel stands before the head, where it is in the new space")
    func recentre() throws {
        defer { home.remove() }
        let running = try start(Self.world)
        defer { running.kill() }
        try home.send("key grave")
        try waitUntil { !$0.headset.panel.isEmpty }
        try home.send("simulate head 2 1.6 -1 70 0 0")
        try waitUntil { abs($0.headset.head[0] - 2) < 0.01 }
        try home.send("headset recentre")
        // Now it stands before the head, somewhere else than where the runtime will put the origin.
        try waitUntil { abs($0.headset.panel[0]) > 0.5 }
        try home.send("simulate recentre")
        let after = try waitUntil {
            abs($0.headset.head[0]) < 0.01 && abs($0.headset.panel[0]) < 0.02
        }
        .headset
        #expect(abs(after.head[2]) < 0.01)
        #expect(abs(after.panel[0]) < 0.02, "\(after.panel)")
        #expect(abs(after.panel[2] + 1.35) < 0.15, "\(after.panel)")
        #expect(abs(after.panel[3]) < 1)
        // The world's picture comes again, for the new space.
        try waitUntil { $0.headset.views == 2 }
    }

    @Test("who ends the session in the headset has it ended, until it is asked for")
    func exit() throws {
        defer { home.remove() }
        let running = try start(Self.flat)
        defer { running.kill() }
        try home.send("simulate exit")
        let ended = try waitUntil { $0.headset.phase == "none" }
        #expect(ended.headset.reason?.contains("`headset on`") == true)
        // Longer than after a loss, where it is looked for again.
        let later = try waitUntil { $0.host.frames > ended.host.frames + 120 }
        #expect(later.headset.phase == "none")
        try home.send("headset on")
        try waitUntil { $0.headset.phase == "focused" }
    }

    @Test("a compositor that keeps its images for a while ends nothing")
    func imagesLate() throws {
        defer { home.remove() }
        let running = try start(Self.flat)
        defer { running.kill() }
        try home.send("time 1")
        #expect(try eye()[165, 170].z < 60)
        let before = try status().headset.frames
        try home.send("simulate images off")
        // The panel comes up while there is nothing to draw it into, and its text changes.
        try home.send("key grave")
        try home.send("goto 4:1")
        try home.send("type \"// late\"")
        try home.send("time 600")
        let during = try waitUntil { $0.headset.frames > before + 15 }
        #expect(during.headset.phase == "focused")
        try home.send("simulate images on")
        #expect(try eye("later.png")[165, 128].z > 200, "the picture is still the old one")
        let after = try status()
        #expect(after.headset.phase == "focused" && after.headset.frames > during.headset.frames)
        #expect(try home.send("text").contains("// late"))
    }

    @Test("the driver's reset ends the session, and both come back")
    func contextLost() throws {
        defer { home.remove() }
        let running = try start(Self.flat)
        defer { running.kill() }
        try home.send("drill reset host")
        try waitUntil { $0.headset.phase == "focused" }
        #expect(try isOrange(eye()[165, 170]))
        #expect(try status().host.resets == 1)
    }

    @Test("panic is black in the headset, too, and a pinned picture stands in")
    func panic() throws {
        defer { home.remove() }
        let running = try start(Self.flat)
        defer { running.kill() }
        #expect(try isOrange(eye()[165, 170]))
        try home.send("panic")
        #expect(try eye()[165, 170] == SIMD4(0, 0, 0, 255))
        try home.send("panic")
        #expect(try isOrange(eye()[165, 170]))
        try home.send("pin")
        try home.send("panic")
        #expect(try isOrange(eye()[165, 170]))
    }

    @Test("scale, text size and world size are said and kept within their limits")
    func settings() throws {
        defer { home.remove() }
        let running = try start(Self.world)
        defer { running.kill() }
        try home.send("headset scale 0.5")
        var headset = try status().headset
        #expect(headset.scale == 0.5 && !headset.autoScale)
        try home.send("headset scale 0.01")
        #expect(try status().headset.scale == 0.25)
        try waitUntil { $0.headset.views == 2 }
        #expect(
            try eye()[160, 175] == SIMD4(0, 255, 0, 255),
            "a small picture fills the view all the same")
        try home.send("key alt+0")
        #expect(try status().headset.autoScale)
        try home.send("headset text 30")
        try home.send("headset text +100")
        headset = try status().headset
        #expect(headset.text == 50)
        try home.send("textsize reset")
        #expect(try status().headset.text == 20)
    }

    @Test("rows that were redrawn look as if all had been drawn anew")
    func redrawnRows() throws {
        defer { home.remove() }
        let running = try start(Self.flat)
        defer { running.kill() }
        try home.send("key grave")
        try waitUntil { !$0.headset.panel.isEmpty }
        try home.send("time 1")
        // The line below the editor says the scale, which else goes with the machine's load.
        try home.send("headset scale 0.5")
        let lines = [
            "goto 2:5", "type \"float gypsy = 1.0; // gjpqy\"", "key enter", "type \"x;\"",
        ]
        for line in lines {
            try home.send(line)
            _ = try eye()
        }
        try home.send("undo")
        try waitUntil { $0.notice == nil }
        let patched = try eye("patched.png")
        // Another size of text makes all textures anew.
        try home.send("headset text 24")
        _ = try eye()
        try home.send("headset text 20")
        try waitUntil { $0.notice == nil }
        let whole = try eye("whole.png")
        let different = zip(patched.rgba, whole.rgba).count { abs(Int($0) - Int($1)) > 2 }
        #expect(different == 0)
    }

    @Test("controllers without focus are somebody else's, and losing tracking loses nothing")
    func focusAndTracking() throws {
        defer { home.remove() }
        let running = try start(Self.flat)
        defer { running.kill() }
        try home.send("simulate focus off")
        try waitUntil { $0.headset.phase == "visible" }
        try home.send("simulate right 0.2 1.3 -0.2 0 0 0")
        try home.send("simulate right press toggle")
        #expect(try !status().editor)
        try home.send("simulate right release toggle")
        try home.send("simulate focus on")
        try waitUntil { $0.headset.phase == "focused" }
        try home.send("simulate right press toggle")
        try waitUntil { $0.editor && !$0.headset.panel.isEmpty }
        let panel = try status().headset.panel
        try home.send("simulate tracking off")
        try waitUntil { $0.notice?.contains("tracking") == true }
        try home.send("simulate head 3 1.6 0 90 0 0")
        #expect(try status().headset.panel == panel)
        try home.send("simulate tracking on")
        try waitUntil { $0.notice?.contains("tracking") != true }
        try home.send("simulate recentre")
        try waitUntil {
            abs($0.headset.head[0]) < 0.01 && abs($0.headset.panel[0]) < 0.02
        }
    }

    @Test("a headset that nobody looks into does not slow the window down")
    func takenOff() throws {
        defer { home.remove() }
        let running = try start(Self.flat)
        defer { running.kill() }
        try home.send("simulate visible off")
        let before = try waitUntil { $0.headset.phase == "synchronized" }
        let after = try waitUntil { $0.headset.frames > before.headset.frames + 40 }
        #expect(after.host.frames > before.host.frames + 5)
    }

    @Test("a thumbstick scrolls what has whole rows only, though a beat is worth less than one")
    func stickScrolls() throws {
        defer { home.remove() }
        let running = try start(Self.flat)
        defer { running.kill() }
        try home.send("editor on")
        let panel = try waitUntil { !$0.headset.panel.isEmpty }.headset.panel
        try home.send("help on")
        try point(at: SIMD3(panel[0], panel[1], panel[2]))
        _ = try eye()
        let before = try eye("top.png")
        try home.send("simulate right stick 0 -1")
        let frames = try status().headset.frames
        try waitUntil { $0.headset.frames > frames + 30 }
        try home.send("simulate right stick 0 0")
        let after = try eye("scrolled.png")
        let different = zip(before.rgba, after.rgba).count { abs(Int($0) - Int($1)) > 40 }
        #expect(different > 400, "\(different) bytes have changed")
    }

    @Test("without a headset the commands say so, and the window has the camera")
    func none() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", Self.world)
        let running = try home.launch(sketch)
        defer { running.kill() }
        let pushed = try home.phosphor("send", "panel push 1")
        #expect(pushed.status == 1 && pushed.errors.contains("headset"))
        let on = try home.phosphor("send", "headset on")
        #expect(on.status == 1 && on.errors.contains("no OpenXR runtime"))
        #expect(try status().headset.phase == "none")
        try home.send("turn 90")
        try home.send("screenshot left.png")
        #expect(try Pixels(pngFile: home.path("left.png"))[32, 32] == SIMD4(255, 0, 0, 255))
        try home.send("walk 0 -2")
        try home.send("turn -90")
        try home.send("walk 0 -2")
        try home.send("screenshot white.png")
        #expect(try Pixels(pngFile: home.path("white.png"))[32, 32] == SIMD4(255, 255, 255, 255))
    }

    @Test("--headset require says that there is none, and waits")
    func require() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", Self.flat)
        let played = try home.play(
            "wait good\nsleep 0.5\nsay here\n", sketch: sketch, "--headset", "require")
        #expect(played.status == 0)
        #expect(played.lines == ["here"])
        #expect(played.errors.contains("no headset yet"))
    }
}
