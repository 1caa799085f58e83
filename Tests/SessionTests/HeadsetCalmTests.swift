import Foundation
import Render
import Testing

/// What a headset shows while it does not know where it is, while nobody sees it, and after its space was moved.
@Suite(.serialized) struct HeadsetCalmTests {
    private static let flat = """
        void mainImage(out vec4 color, in vec2 pixel) { color = vec4(0.0, 0.0, 0.4, 1.0); }

        """

    /// A world that is green ahead and red to the left; a window shows blue.
    private static let world = """
        void mainVR(out vec4 color, in vec2 pixel, in vec3 ro, in vec3 rd) {
            color = vec4(step(0.5, -rd.x), step(0.8, -rd.z), 0.0, 1.0);
        }
        void mainImage(out vec4 color, in vec2 pixel) { color = vec4(0.0, 0.0, 1.0, 1.0); }

        """

    @Test("lost tracking is said in the headset, with nothing open, and goes when it is found")
    func tracking() throws {
        let worn = try WornHeadset(Self.flat)
        defer { worn.end() }
        try worn.home.send("headset scale 0.5")
        // While time is held, what is said stays.
        try worn.home.waitUntil { $0.notice == nil }
        try worn.home.send("time 1")
        let before = try worn.home.eye("before.png")
        try worn.home.send("simulate tracking off")
        try worn.home.waitUntil { $0.notice?.contains("tracking") == true }
        let lost = try worn.home.eye("lost.png")
        let red = lost.places { $0.x > 100 && Int($0.x) > Int($0.y) + 40 && $0.x > $0.z }
        #expect(red.count > 30, "\(red.count) red pixels")
        // One line, under what is looked at.
        #expect(red.middle.y > 0.5 && red.map(\.y).max() ?? 1 < (red.map(\.y).min() ?? 0) + 0.06)
        try worn.home.send("simulate tracking on")
        try worn.home.waitUntil { $0.notice == nil }
        #expect(try worn.home.eye("found.png").changes(from: before).isEmpty)
    }

    @Test("while nobody sees the headset all goes on in the window, as a window shows it")
    func nobodyLooks() throws {
        let worn = try WornHeadset(Self.world)
        defer { worn.end() }
        func window() throws -> SIMD4<UInt8> {
            try worn.home.send("screenshot window.png")
            return try Pixels(pngFile: worn.home.path("window.png"))[160, 90]
        }
        let (green, blue) = (SIMD4<UInt8>(0, 255, 0, 255), SIMD4<UInt8>(0, 0, 255, 255))
        try worn.home.waitUntil { $0.headset.views == 2 }
        try worn.home.waitUntil { _ in (try? window()) == green }
        try worn.home.send("editor on")
        let panel = try worn.home.waitUntil { !$0.headset.panel.isEmpty }.headset.panel
        try worn.home.send("simulate visible off")
        let resting = try worn.home.waitUntil { $0.headset.phase == "synchronized" }
        try worn.play("goto 5:1\ntype \"// here\"\neditor off")
        try worn.home.waitUntil { _ in (try? window()) == blue }
        // Frames of the headset come and go, for when it is put on again.
        try worn.home.waitUntil { $0.headset.frames > resting.headset.frames + 5 }
        try worn.play("simulate head 0 1.6 0 90 0 0\nsimulate visible on")
        try worn.home.waitUntil { $0.headset.phase == "focused" && $0.headset.views == 2 }
        let (x, y) = WornHeadset.ahead
        #expect(try worn.home.eye()[x, y] == SIMD4(255, 0, 0, 255))
        #expect(try worn.home.send("text").contains("// here"))
        try worn.play("simulate head 0 1.6 0 0 0 0\neditor on")
        #expect(try worn.home.waitUntil { !$0.headset.panel.isEmpty }.headset.panel == panel)
    }

    @Test("a pinned world stays where it is in the room when tracking space is moved")
    func pin() throws {
        let worn = try WornHeadset(Self.world)
        defer { worn.end() }
        let blue = Self.world.replacing(
            "vec4(step(0.5, -rd.x), step(0.8, -rd.z)", with: "vec4(0.0, 0.0")
        try worn.home.write("b.frag", blue)
        try worn.home.waitUntil { $0.headset.views == 2 }
        let (x, y) = WornHeadset.ahead
        _ = try worn.home.eye()
        try worn.play("pin\nreplace b.frag\nwait good\ntime 1")
        try worn.home.waitUntil { _ in (try? worn.home.eye()[x, y]) == SIMD4(0, 0, 0, 255) }
        // Nobody draws any more: the still picture is all there is.
        try worn.play("drill stop back\ndrill stop front\npanic\nsimulate head 0 1.6 0 40 0 0")
        let red = SIMD4<UInt8>(255, 0, 0, 255)
        #expect(try worn.home.eye()[x, y] == red)
        try worn.home.send("simulate recentre")
        try worn.home.waitUntil { abs($0.headset.head[3]) < 0.1 }
        #expect(try worn.home.eye("after.png")[x, y] == red)
        #expect(try worn.home.status().panic == true)
    }
}
