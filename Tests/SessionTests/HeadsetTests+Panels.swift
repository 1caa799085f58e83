import Foundation
import Render
import Testing

// Panels in a headset: where they come up, what hands and keys do to them, what they show.
extension HeadsetTests {
    @Test("the toggle brings the editor up where the user looks, and it stays there")
    func toggle() throws {
        defer { home.remove() }
        let running = try start(Self.flat)
        defer { running.kill() }
        #expect(try home.status().headset.panel.isEmpty)
        try home.send("simulate head 0 1.6 0 20 0 0")
        try home.send("key grave")
        let panel = try home.waitUntil { !$0.headset.panel.isEmpty }.headset.panel
        #expect(abs(panel[3] - 20) < 1, "it faces \(panel[3]) degrees")
        let distance = (panel[0] * panel[0] + panel[2] * panel[2]).squareRoot()
        #expect(distance > 1 && distance < 1.6)
        // Dark glass, straight ahead.
        let glass = try home.eye()[165, 190]
        #expect(glass.x < 100, "\(glass)")
        try home.send("simulate head 0 1.6 0 -60 0 0")
        #expect(try home.status().headset.panel == panel)
        #expect(try home.eye()[165, 190] != glass, "the panel has turned along with the head")
        // Behind the user, the key brings it, and does not hide it.
        try home.send("simulate head 0 1.6 0 180 0 0")
        try home.send("key grave")
        let brought = try home.waitUntil { $0.headset.panel != panel }
        #expect(brought.editor)
        #expect(abs(abs(brought.headset.panel[3]) - 180) < 1)
        try home.send("key grave")
        try home.waitUntil { !$0.editor && $0.headset.panel.isEmpty }
    }

    @Test("a controller's ray puts the caret into the cell that it points at, and selects")
    func ray() throws {
        defer { home.remove() }
        let running = try start(Self.flat)
        defer { running.kill() }
        try home.send("key grave")
        try home.waitUntil { !$0.headset.panel.isEmpty }
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
        let before = try home.waitUntil { !$0.headset.panel.isEmpty }.headset.panel
        try point(at: SIMD3(before[0], before[1], before[2]))
        try home.send("simulate right press grab")
        try home.send("simulate right 0.2 1.3 -0.2 40 0 0")
        try home.send("simulate right release grab")
        let after = try home.status().headset.panel
        #expect(after[0] < before[0] - 0.3, "\(before) \(after)")
        // Keys do the same.
        try home.send("panel scale 1.2")
        try home.send("panel push 0.5")
        let pushed = try home.waitUntil { $0.headset.panel != after }.headset.panel
        func distance(_ panel: [Double]) -> Double {
            (panel[0] * panel[0] + panel[2] * panel[2]).squareRoot()
        }
        #expect(distance(pushed) > distance(after) + 0.3)
        try home.send("quit")
        running.process.waitUntilExit()
        let again = try start(Self.flat)
        defer { again.kill() }
        try home.send("key grave")
        let back = try home.waitUntil { !$0.headset.panel.isEmpty }.headset.panel
        #expect(abs(back[0] - pushed[0]) < 0.02 && abs(back[2] - pushed[2]) < 0.02)
        #expect(abs(back[5] / pushed[5] - 1) < 0.02, "it was \(pushed[5]) m wide")
        // A headset that goes and returns finds it where it was last, not where the program began.
        try home.send("panel push 0.5")
        let last = try home.waitUntil { $0.headset.panel != back }.headset.panel
        try home.send("simulate lost the cable was pulled")
        try home.send("simulate back")
        let returned = try home.waitUntil {
            $0.headset.phase == "focused" && !$0.headset.panel.isEmpty && $0.headset.frames > 5
        }
        _ = try home.eye()
        #expect(returned.headset.panel[0...2] == last[0...2])
    }

    @Test("after a recentre the panel stands before the head, where it is in the new space")
    func recentre() throws {
        defer { home.remove() }
        let running = try start(Self.world)
        defer { running.kill() }
        try home.send("key grave")
        try home.waitUntil { !$0.headset.panel.isEmpty }
        try home.send("simulate head 2 1.6 -1 70 0 0")
        try home.waitUntil { abs($0.headset.head[0] - 2) < 0.01 }
        try home.send("headset recentre")
        // Now it stands before the head, somewhere else than where the runtime will put the origin.
        try home.waitUntil { abs($0.headset.panel[0]) > 0.5 }
        try home.send("simulate recentre")
        let after = try home.waitUntil {
            abs($0.headset.head[0]) < 0.01 && abs($0.headset.panel[0]) < 0.02
        }
        .headset
        #expect(abs(after.head[2]) < 0.01)
        #expect(abs(after.panel[0]) < 0.02, "\(after.panel)")
        #expect(abs(after.panel[2] + 1.35) < 0.15, "\(after.panel)")
        #expect(abs(after.panel[3]) < 1)
        // The world's picture comes again, for the new space.
        try home.waitUntil { $0.headset.views == 2 }
    }

    @Test("a thumbstick scrolls what has whole rows only, though a beat is worth less than one")
    func stickScrolls() throws {
        defer { home.remove() }
        let running = try start(Self.flat)
        defer { running.kill() }
        try home.send("editor on")
        let panel = try home.waitUntil { !$0.headset.panel.isEmpty }.headset.panel
        try home.send("help on")
        try point(at: SIMD3(panel[0], panel[1], panel[2]))
        _ = try home.eye()
        let before = try home.eye("top.png")
        try home.send("simulate right stick 0 -1")
        let frames = try home.status().headset.frames
        try home.waitUntil { $0.headset.frames > frames + 30 }
        try home.send("simulate right stick 0 0")
        let after = try home.eye("scrolled.png")
        let different = zip(before.rgba, after.rgba).count { abs(Int($0) - Int($1)) > 40 }
        #expect(different > 400, "\(different) bytes have changed")
    }

    @Test("rows that were redrawn look as if all had been drawn anew")
    func redrawnRows() throws {
        defer { home.remove() }
        let running = try start(Self.flat)
        defer { running.kill() }
        try home.send("key grave")
        try home.waitUntil { !$0.headset.panel.isEmpty }
        try home.send("time 1")
        // The line below the editor says the scale, which else goes with the machine's load.
        try home.send("headset scale 0.5")
        let lines = [
            "goto 2:5", "type \"float gypsy = 1.0; // gjpqy\"", "key enter", "type \"x;\"",
        ]
        for line in lines {
            try home.send(line)
            _ = try home.eye()
        }
        try home.send("undo")
        try home.waitUntil { $0.notice == nil }
        let patched = try home.eye("patched.png")
        // Another size of text makes all textures anew.
        try home.send("headset text 24")
        _ = try home.eye()
        try home.send("headset text 20")
        try home.waitUntil { $0.notice == nil }
        let whole = try home.eye("whole.png")
        let different = zip(patched.rgba, whole.rgba).count { abs(Int($0) - Int($1)) > 2 }
        #expect(different == 0)
    }

    @Test(
        "a broken line shows its message in the headset while the scene goes on, and rollback mends it"
    )
    func brokenLine() throws {
        defer { home.remove() }
        let running = try start(Self.flat)
        defer { running.kill() }
        try home.send("key grave")
        try home.waitUntil { !$0.headset.panel.isEmpty }
        let whole = try home.eye()
        try home.send("goto 2:5")
        try home.send("paste \"oops \"")
        try home.send("wait error")
        try home.waitUntil { $0.messages > 0 }
        let broken = try home.eye("broken.png")
        let reds = (0..<broken.width * broken.height).filter {
            let pixel = broken[$0 % broken.width, $0 / broken.width]
            let old = whole[$0 % broken.width, $0 / broken.width]
            return pixel != old && pixel.x > pixel.y &+ 20 && isDark(old)
        }
        #expect(reds.count > 5, "nothing red has come onto the dark glass")
        // The screen above the panel goes on with the time.
        try home.send("time 600")
        #expect(try home.eye("later.png")[165, 128].z > 200)
        try home.send("rollback")
        try home.send("wait good")
        #expect(try !home.send("text").contains("oops"))
    }
}
