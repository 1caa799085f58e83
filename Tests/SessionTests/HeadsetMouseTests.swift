import Foundation
import Render
import Testing

/// Mouse and keyboard alone, in a headset: where the mouse points, and a flat sketch's screen that is moved.
@Suite(.serialized) struct HeadsetMouseTests {
    private static let flat = """
        void mainImage(out vec4 color, in vec2 pixel) { color = vec4(1.0, 0.5, 0.0, 1.0); }

        """

    private static let world = """
        void mainVR(out vec4 color, in vec2 pixel, in vec3 ro, in vec3 rd) {
            color = vec4(0.0, 0.4, 0.0, 1.0);
        }

        """

    /// Where the left eye sees a direction, as shares of its picture: by the tangents of 52, 45, 50 and 53 degrees.
    private func share(right: Double, up: Double) -> SIMD2<Double> {
        let degree = Double.pi / 180
        let (left, top) = (tan(52 * degree), tan(50 * degree))
        return SIMD2(
            (right + left) / (left + tan(45 * degree)), (top - up) / (top + tan(53 * degree)))
    }

    private func isNear(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> Bool {
        abs(a.x - b.x) < 0.01 && abs(a.y - b.y) < 0.01
    }

    @Test("on a screen the mouse is a dot where iMouse is")
    func onTheScreen() throws {
        let worn = try WornHeadset(Self.flat)
        defer { worn.end() }
        // A scale that follows the budget would move the edges of what is drawn.
        try worn.home.send("headset scale 0.5")
        try worn.home.waitUntil { $0.notice == nil }
        try worn.home.send("time 1")
        let before = try worn.home.eye("before.png")
        // The screen hangs 5 m ahead, its middle 0.15 m above the eyes, 5.77 m wide; the eye is 31.5 mm to the left.
        for (x, right) in [(160, 0.0315), (240, 0.25 * 5.77 + 0.0315)] {
            try worn.home.send("mouse \(x) 90")
            let dot = try worn.home.eye("dot.png").changes(from: before)
            #expect(dot.count >= 2 && dot.spread < 0.02, "\(dot.count) pixels have changed")
            let expected = share(right: right / 5, up: 0.15 / 5)
            #expect(isNear(dot.middle, expected), "at \(dot.middle), not at \(expected)")
        }
    }

    @Test("in a world the mouse is a dot that stays in the room while the head turns")
    func inAWorld() throws {
        let worn = try WornHeadset(Self.world)
        defer { worn.end() }
        try worn.home.send("headset scale 0.5")
        try worn.home.waitUntil { $0.headset.views == 2 && $0.notice == nil }
        try worn.home.send("time 1")
        let before = try worn.home.eye("before.png")
        try worn.home.send("mouse 240 90")
        let dot = try worn.home.eye("dot.png").changes(from: before)
        #expect(dot.count >= 2 && dot.spread < 0.02, "\(dot.count) pixels have changed")
        // The window shows what the left eye sees.
        #expect(isNear(dot.middle, SIMD2(0.75, 0.5)), "\(dot.middle)")
        try worn.home.send("simulate head 0 1.6 0 10 0 0")
        let turned = try worn.home.eye("turned.png").changes(from: before)
        #expect(turned.count >= 2 && turned.spread < 0.02)
        #expect(turned.middle.x > 0.82 && turned.middle.x < 0.88, "\(turned.middle)")
    }

    @Test("on a panel the mouse is the cell that it is on, and no dot")
    func onAPanel() throws {
        let worn = try WornHeadset(Self.flat, window: "640x360")
        defer { worn.end() }
        try worn.play("headset scale 0.5\neditor on")
        try worn.home.waitUntil { !$0.headset.panel.isEmpty && $0.notice == nil }
        try worn.home.send("time 1")
        // Beside all panels of the window, and then in the middle of the editor's.
        try worn.home.send("mouse 639 359")
        let beside = try worn.home.eye("beside.png")
        try worn.home.send("mouse 100 100")
        let on = try worn.home.eye("on.png")
        try worn.home.send("mouse 639 359")
        #expect(try worn.home.eye("again.png").changes(from: beside).isEmpty)
        let changed = on.changes(from: beside)
        #expect(!changed.isEmpty)
        // The dot has gone from the lower right, and a cell of the panel ahead is lit.
        #expect(changed.contains { $0.x > 0.7 } && changed.contains { abs($0.x - 0.5) < 0.25 })
    }

    /// Where the orange is, and how much of it.
    private func screen(_ worn: WornHeadset) throws -> (middle: SIMD2<Double>, area: Int) {
        let places = try worn.home.eye().places { $0.x > 200 && $0.y < 200 && $0.z < 60 }
        return (places.middle, places.count)
    }

    @Test("keys move the screen of a flat sketch while no panel is open, and its place is kept")
    func keysMoveTheScreen() throws {
        let worn = try WornHeadset(Self.flat)
        defer { worn.end() }
        let whole = try screen(worn)
        try worn.home.send("panel push 2")
        let far = try screen(worn)
        #expect(Double(far.area) < 0.7 * Double(whole.area), "\(whole) \(far)")
        try worn.home.send("key ctrl+alt+delete")
        let small = try screen(worn)
        #expect(Double(small.area) < 0.95 * Double(far.area), "\(far) \(small)")
        try worn.home.send("panel move 1.5 0")
        let aside = try screen(worn)
        #expect(aside.middle.x > small.middle.x + 0.05, "\(small) \(aside)")
        // It goes where the head looks, until it is let go of.
        try worn.play("panel grab on\nsimulate head 0 1.6 0 40 0 0\npanel grab off")
        let taken = try screen(worn)
        #expect(abs(taken.middle.x - aside.middle.x) < 0.05, "\(aside) \(taken)")
        try worn.home.send("simulate head 0 1.6 0 0 0 0")
        #expect(try screen(worn).middle.x < aside.middle.x - 0.1)
        let left = try screen(worn)
        // A headset that returns has it where it was; a recentre brings it back.
        try worn.play("simulate lost the cable was pulled\nsimulate back")
        try worn.home.waitUntil { $0.headset.phase == "focused" && $0.headset.frames > 5 }
        let returned = try screen(worn)
        #expect(abs(returned.middle.x - left.middle.x) < 0.02, "\(left) \(returned)")
        try worn.home.send("headset recentre")
        #expect(try abs(screen(worn).middle.x - whole.middle.x) < 0.02)
    }

    @Test("a controller takes the screen along, by squeeze or by its rim")
    func handsMoveTheScreen() throws {
        let worn = try WornHeadset(Self.flat)
        defer { worn.end() }
        let whole = try screen(worn)
        try worn.play(
            """
            simulate right 0.2 1.6 -0.2 0 0 0
            simulate right press grab
            simulate right 0.2 1.6 -0.2 20 0 0
            simulate right release grab
            """)
        let aside = try screen(worn)
        #expect(aside.middle.x < whole.middle.x - 0.08, "\(whole) \(aside)")
        // In the hand, the thumbstick pulls it nearer.
        let frames = try worn.home.status().headset.frames
        try worn.play("simulate right press grab\nsimulate right stick 0 -1")
        try worn.home.waitUntil { $0.headset.frames > frames + 20 }
        try worn.play("simulate right stick 0 0\nsimulate right release grab")
        #expect(try screen(worn).area > aside.area)
        // Its left rim ends 30 degrees to the left of its middle; the trigger on the picture is the sketch's.
        try worn.home.send("headset recentre")
        let again = try screen(worn)
        try worn.play(
            """
            simulate right 0 1.6 0 0 2 0
            simulate right press select
            simulate right 0 1.6 0 20 2 0
            simulate right release select
            """)
        #expect(try abs(screen(worn).middle.x - again.middle.x) < 0.01)
        let yaw = atan((0.5 + 0.02) * 5.77 / 5) * 180 / .pi
        try worn.play(
            """
            simulate right 0 1.6 0 \(yaw) 2 0
            simulate right press select
            simulate right 0 1.6 0 \(yaw - 15) 2 0
            simulate right release select
            simulate right sleep
            """)
        #expect(try screen(worn).middle.x > again.middle.x + 0.05)
    }
}
