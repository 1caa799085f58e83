import Foundation
import Render
import Testing

/// The program in a headset that is not there: what its user does, sees and keeps.
@Suite(.serialized) struct HeadsetTests {
    let home: Home
    init() throws { home = try Home() }

    static let simulated = ["PHOSPHOR_HEADSET": "simulated:320x360@30"]

    /// A screen of one colour, whose blue follows the time.
    static let flat = """
        void mainImage(out vec4 color, in vec2 pixel) {
            color = vec4(1.0, 0.5, iTime > 500.0 ? 1.0 : 0.0, 1.0);
        }

        """

    /// A world that is red to the left, green ahead, blue to the right; and white once one has walked two metres ahead.
    static let world = """
        void mainVR(out vec4 color, in vec2 pixel, in vec3 ro, in vec3 rd) {
            color = vec4(step(0.5, -rd.x), step(0.8, -rd.z), step(0.5, rd.x), 1.0);
            if (ro.z < -1.5) color = vec4(1.0);
        }

        """

    func start(_ text: String) throws -> PhosphorProcess {
        let sketch = try home.write("a.frag", text)
        let running = try home.launch(sketch, size: "128x128", environment: Self.simulated)
        try home.send("headset on")
        try home.waitUntil { $0.headset.phase == "focused" }
        return running
    }

    /// The point at the middle of a cell of the editor's panel, as the panel stands.
    func place(ofCell column: Double, _ row: Double) throws -> SIMD3<Double> {
        let panel = try home.status().headset.panel
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
    func point(at goal: SIMD3<Double>) throws {
        let from = SIMD3(0.2, 1.3, -0.2)
        let way = goal - from
        let yaw = atan2(-way.x, -way.z) * 180 / .pi
        let pitch = atan2(way.y, (way.x * way.x + way.z * way.z).squareRoot()) * 180 / .pi
        try home.send("simulate right \(from.x) \(from.y) \(from.z) \(yaw) \(pitch) 0")
    }

    func isOrange(_ pixel: SIMD4<UInt8>) -> Bool { pixel.x > 200 && pixel.z < 60 }

    func isDark(_ pixel: SIMD4<UInt8>) -> Bool { max(pixel.x, pixel.y, pixel.z) < 100 }

    @Test("a flat sketch hangs on a screen ahead, in a dim room")
    func screen() throws {
        defer { home.remove() }
        let running = try start(Self.flat)
        defer { running.kill() }
        let picture = try home.eye()
        #expect(picture.width == 320 && picture.height == 360)
        let middle = picture[165, 170]
        #expect(isOrange(middle), "\(middle)")
        let corner = picture[6, 6]
        #expect(corner.x < 80 && corner.y < 80 && corner.z < 80, "\(corner)")
        #expect(try home.status().headset.views == 1)
        try home.send("simulate head 0 1.6 0 180 0 0")
        let behind = try home.eye()[160, 170]
        #expect(!isOrange(behind), "the screen has turned along with the head")
    }

    @Test("a world surrounds its user and turns against the head")
    func world() throws {
        defer { home.remove() }
        let running = try start(Self.world)
        defer { running.kill() }
        try home.waitUntil { $0.headset.views == 2 }
        #expect(try home.eye()[160, 175] == SIMD4(0, 255, 0, 255))
        try home.send("simulate head 0 1.6 0 90 0 0")
        #expect(try home.eye()[160, 175] == SIMD4(255, 0, 0, 255))
        try home.send("simulate head 0 1.6 0 -90 0 0")
        #expect(try home.eye("right.png", "right")[160, 175] == SIMD4(0, 0, 255, 255))
        try home.send("simulate head 0 1.6 0 0 0 0")
        try home.send("walk 0 -2")
        #expect(try home.eye()[160, 175] == SIMD4(255, 255, 255, 255))
        // Who has walked is still there when the headset comes back.
        try home.send("simulate lost the cable was pulled")
        try home.send("simulate back")
        try home.waitUntil { $0.headset.phase == "focused" && $0.headset.views == 2 }
        #expect(try home.eye()[160, 175] == SIMD4(255, 255, 255, 255))
        try home.send("headset reset")
        #expect(try home.eye()[160, 175] == SIMD4(0, 255, 0, 255))
        try home.send("turn 90")
        #expect(try home.eye()[160, 175] == SIMD4(255, 0, 0, 255))
    }

    @Test("panic is black in the headset, too, and a pinned picture stands in")
    func panic() throws {
        defer { home.remove() }
        let running = try start(Self.flat)
        defer { running.kill() }
        #expect(try isOrange(home.eye()[165, 170]))
        try home.send("panic")
        #expect(try home.eye()[165, 170] == SIMD4(0, 0, 0, 255))
        try home.send("panic")
        #expect(try isOrange(home.eye()[165, 170]))
        try home.send("pin")
        try home.send("panic")
        #expect(try isOrange(home.eye()[165, 170]))
    }

    @Test("scale, text size and world size are said and kept within their limits")
    func settings() throws {
        defer { home.remove() }
        let running = try start(Self.world)
        defer { running.kill() }
        try home.send("headset scale 0.5")
        var headset = try home.status().headset
        #expect(headset.scale == 0.5 && !headset.autoScale)
        try home.send("headset scale 0.01")
        #expect(try home.status().headset.scale == 0.25)
        try home.waitUntil { $0.headset.views == 2 }
        #expect(
            try home.eye()[160, 175] == SIMD4(0, 255, 0, 255),
            "a small picture fills the view all the same")
        try home.send("key alt+0")
        #expect(try home.status().headset.autoScale)
        try home.send("headset text 30")
        try home.send("headset text +100")
        headset = try home.status().headset
        #expect(headset.text == 50)
        try home.send("textsize reset")
        #expect(try home.status().headset.text == 20)
    }

    @Test("a headset that nobody looks into does not slow the window down")
    func takenOff() throws {
        defer { home.remove() }
        let running = try start(Self.flat)
        defer { running.kill() }
        try home.send("simulate visible off")
        let before = try home.waitUntil { $0.headset.phase == "synchronized" }
        let after = try home.waitUntil { $0.headset.frames > before.headset.frames + 40 }
        #expect(after.host.frames > before.host.frames + 5)
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
        #expect(try home.status().headset.phase == "none")
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
