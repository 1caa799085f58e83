import Foundation
import Render
import Testing

// What goes wrong with headsets, runtimes and guests, and what is left of it.
extension HeadsetTests {
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
        try home.waitUntil { $0.headset.views == 2 }
        try home.send("time 600")
        let before = try home.status().headset.frames
        // Frames go on coming, and the last picture stays where it was drawn for.
        try home.waitUntil { $0.headset.frames > before + 15 }
        try home.send("simulate head 0 1.6 0 45 0 0")
        let turned = try home.eye()
        #expect(turned[160, 175] != SIMD4(0, 255, 0, 255), "the picture is stuck to the head")
        try home.send("key grave")
        try home.waitUntil { !$0.headset.panel.isEmpty }
        try home.send("goto 1:1")
        try home.send("type \"// still here\\n\"")
        #expect(try home.send("text").hasPrefix("// still here\n"))
    }

    /// A red post half a metre ahead of the head, before a green wall five metres ahead.
    private static let post = """
        #pragma stage vert
        // @vertices 12
        out vec3 vColor;
        void main() {
            bool isPost = gl_VertexID < 6;
            vec2 corner = vec2[6](vec2(-1, -1), vec2(1, -1), vec2(1, 1), vec2(-1, -1), vec2(1, 1), vec2(-1, 1))[gl_VertexID % 6];
            vec3 place = isPost ? vec3(corner * vec2(0.03, 3.0), -0.5) : vec3(corner * 60.0, -5.0);
            vColor = isPost ? vec3(1, 0, 0) : vec3(0, 0.3, 0);
            gl_Position = iProjection * iView * vec4(place + vec3(0, 1.6, 0), 1.0);
        }
        #pragma stage frag
        in vec3 vColor;
        out vec4 color;
        void main() {
            float sum = 0.0;
            if (iTime > 500.0)
                for (int i = 0; i < 65000; i++) for (int j = 0; j < 40; j++) sum = sin(sum * 1.0001 + float(i));
            color = vec4(vColor + sum * 1e-9, 1.0);
        }

        """

    @Test(
        "while a guest hangs, what is near moves against what is far as the head goes aside",
        arguments: ["", "headset world 4", "headset scale =0.5"])
    func depth(setting: String) throws {
        defer { home.remove() }
        let running = try start(Self.post)
        defer { running.kill() }
        if !setting.isEmpty { try home.send(setting) }
        try home.waitUntil { $0.headset.views == 2 && $0.headset.depth }
        // The edge that comes to the fore; beyond the other one lies what was never seen.
        func edge() throws -> Double {
            let red = try home.eye().places { $0.x > 128 && $0.y < 60 }
                .filter { abs($0.y - 0.5) < 0.25 }
            return try #require(red.map(\.x).min())
        }
        let before = try edge()
        try home.send("time 600")
        let shown = try home.status().headset.frames
        try home.waitUntil { $0.headset.frames > shown + 15 }
        try home.send("simulate head 0.1 1.6 0 0 0 0")
        let after = try edge()
        // The post is where it is in the room: in a world that is four times as large to the user, four times as near.
        let away = setting.contains("world") ? 0.5 / 4 : 0.5
        // A left eye sees tangents from 52 degrees to the left to 45 to the right.
        let width = tan(52 * Double.pi / 180) + 1
        let expected = 0.1 / away / width
        #expect(abs(before - after - expected) < 0.015, "\(before - after), not \(expected)")
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
        let alone = try home.status()
        #expect(alone.headset.phase == "none")
        #expect(alone.notice?.contains("cable") == true)
        // The window's own picture is there.
        try home.send("editor off")
        try home.send("wait good")
        try home.send("screenshot window.png")
        #expect(try isOrange(Pixels(pngFile: home.path("window.png"))[5, 5]))
        try home.send("simulate back")
        try home.waitUntil { $0.headset.phase == "focused" }
        try home.send("type \" three\"")
        #expect(try home.send("text").contains("// one two three"))
        #expect(try isOrange(home.eye()[165, 150]))
    }

    @Test("a runtime that hangs is let go of, for this run")
    func hungRuntime() throws {
        defer { home.remove() }
        let running = try start(Self.flat)
        defer { running.kill() }
        try home.send("simulate hang")
        try home.send("goto 4:1")
        try home.send("type \"// here\"")
        let lost = try home.waitUntil { $0.headset.phase == "none" }
        #expect(lost.headset.reason == "the runtime does not answer")
        let on = try home.phosphor("send", "headset on")
        #expect(on.status == 1 && on.errors.contains("does not answer"))
        // The window goes on, and an end is an end.
        try home.waitUntil { $0.host.frames > lost.host.frames + 10 }
        #expect(try home.send("text").contains("// here"))
        try home.send("headset off")
        try home.send("quit")
        running.process.waitUntilExit()
        #expect(running.process.terminationStatus == 0)
    }

    @Test("who ends the session in the headset has it ended, until it is asked for")
    func exit() throws {
        defer { home.remove() }
        let running = try start(Self.flat)
        defer { running.kill() }
        try home.send("simulate exit")
        let ended = try home.waitUntil { $0.headset.phase == "none" }
        #expect(ended.headset.reason?.contains("`headset on`") == true)
        // Longer than after a loss, where it is looked for again.
        let later = try home.waitUntil { $0.host.frames > ended.host.frames + 120 }
        #expect(later.headset.phase == "none")
        try home.send("headset on")
        try home.waitUntil { $0.headset.phase == "focused" }
    }

    @Test("a compositor that keeps its images for a while ends nothing")
    func imagesLate() throws {
        defer { home.remove() }
        let running = try start(Self.flat)
        defer { running.kill() }
        try home.send("time 1")
        #expect(try home.eye()[165, 170].z < 60)
        let before = try home.status().headset.frames
        try home.send("simulate images off")
        // The panel comes up while there is nothing to draw it into, and its text changes.
        try home.send("key grave")
        try home.send("goto 4:1")
        try home.send("type \"// late\"")
        try home.send("time 600")
        let during = try home.waitUntil { $0.headset.frames > before + 15 }
        #expect(during.headset.phase == "focused")
        try home.send("simulate images on")
        #expect(try home.eye("later.png")[165, 128].z > 200, "the picture is still the old one")
        let after = try home.status()
        #expect(after.headset.phase == "focused" && after.headset.frames > during.headset.frames)
        #expect(try home.send("text").contains("// late"))
    }

    @Test("the driver's reset ends the session, and both come back")
    func contextLost() throws {
        defer { home.remove() }
        let running = try start(Self.flat)
        defer { running.kill() }
        try home.send("drill reset host")
        try home.waitUntil { $0.headset.phase == "focused" }
        #expect(try isOrange(home.eye()[165, 170]))
        #expect(try home.status().host.resets == 1)
    }

    @Test("controllers without focus are somebody else's, and losing tracking loses nothing")
    func focusAndTracking() throws {
        defer { home.remove() }
        let running = try start(Self.flat)
        defer { running.kill() }
        try home.send("simulate focus off")
        try home.waitUntil { $0.headset.phase == "visible" }
        try home.send("simulate right 0.2 1.3 -0.2 0 0 0")
        try home.send("simulate right press toggle")
        #expect(try !home.status().editor)
        try home.send("simulate right release toggle")
        try home.send("simulate focus on")
        try home.waitUntil { $0.headset.phase == "focused" }
        try home.send("simulate right press toggle")
        try home.waitUntil { $0.editor && !$0.headset.panel.isEmpty }
        let panel = try home.status().headset.panel
        try home.send("simulate tracking off")
        try home.waitUntil { $0.notice?.contains("tracking") == true }
        try home.send("simulate head 3 1.6 0 90 0 0")
        #expect(try home.status().headset.panel == panel)
        try home.send("simulate tracking on")
        try home.waitUntil { $0.notice?.contains("tracking") != true }
        try home.send("simulate recentre")
        try home.waitUntil {
            abs($0.headset.head[0]) < 0.01 && abs($0.headset.panel[0]) < 0.02
        }
    }
}
