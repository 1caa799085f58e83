import Foundation
import Render
import Testing

/// Controllers with a trigger and a menu button, and nothing else.
@Suite(.serialized) struct HeadsetSimpleControllerTests {
    /// Green ahead and red to the left; white once one has walked two metres ahead.
    private static let world = """
        void mainVR(out vec4 color, in vec2 pixel, in vec3 ro, in vec3 rd) {
            color = vec4(step(0.3, -rd.x), step(0.8, -rd.z), 0.0, 1.0);
            if (ro.z < -1.5) color = vec4(1.0);
        }

        """

    @Test("the menu is the toggle; held, it walks, turns, scrolls; with the trigger it goes back")
    func menu() throws {
        let worn = try WornHeadset(Self.world)
        defer { worn.end() }
        try worn.home.waitUntil { $0.headset.views == 2 }
        let (x, y) = WornHeadset.ahead
        func ahead() throws -> SIMD4<UInt8> { try worn.home.eye()[x, y] }
        let (green, white) = (SIMD4<UInt8>(0, 255, 0, 255), SIMD4<UInt8>(255, 255, 255, 255))
        #expect(try ahead() == green)
        // Tilted up, the left one walks ahead; that was no tap.
        try worn.play(
            """
            simulate left -0.4 1.0 -0.2 0 -60 0
            simulate left press menu
            simulate left -0.4 1.0 -0.2 0 -20 0
            """)
        try worn.home.waitUntil { _ in (try? ahead()) == white }
        try worn.home.send("simulate left release menu")
        #expect(try !worn.home.status().editor)
        try worn.play(
            """
            simulate left press menu
            simulate left press select
            simulate left release select
            simulate left release menu
            """)
        try worn.home.waitUntil { _ in (try? ahead()) == green }
        #expect(try !worn.home.status().editor)
        // Tilted to the right, the right one turns by one step, so that what was ahead is at the left.
        try worn.play(
            """
            simulate right 0.4 1.0 -0.2 0 -60 0
            simulate right press menu
            simulate right 0.4 1.0 -0.2 -40 -60 0
            """)
        // 37 degrees of green to each side: of those to the right a step of 30 leaves 7.
        let aside = x + 60
        try worn.home.waitUntil { _ in (try? worn.home.eye()[aside, y]) == SIMD4(0, 0, 0, 255) }
        try worn.play(
            "simulate right 0.4 1.0 -0.2 0 -60 0\nsimulate right release menu\nheadset reset")
        #expect(try !worn.home.status().editor)
        try worn.play("simulate left press menu\nsimulate left release menu")
        try worn.home.waitUntil { $0.editor && !$0.headset.panel.isEmpty }
        // On a panel it scrolls, and the walk stays where it is.
        let panel = try worn.home.status().headset.panel
        let way = SIMD3(panel[0] - 0.2, panel[1] - 1.3, panel[2] + 0.2)
        let yaw = atan2(-way.x, -way.z) * 180 / .pi
        let pitch = atan2(way.y, (way.x * way.x + way.z * way.z).squareRoot()) * 180 / .pi
        try worn.play(
            """
            help on
            simulate right 0.2 1.3 -0.2 \(yaw) \(pitch) 0
            """)
        _ = try worn.home.eye()
        let before = try worn.home.eye("top.png")
        let frames = try worn.home.status().headset.frames
        try worn.play(
            """
            simulate right press menu
            simulate right 0.2 1.3 -0.2 \(yaw) \(pitch - 30) 0
            """)
        try worn.home.waitUntil { $0.headset.frames > frames + 30 }
        try worn.play(
            "simulate right 0.2 1.3 -0.2 \(yaw) \(pitch) 0\nsimulate right release menu")
        #expect(try worn.home.eye("scrolled.png").changes(from: before).count > 200)
        #expect(try worn.home.status().editor)
    }
}
