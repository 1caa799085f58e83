import Foundation
import Headset
import Render
import Testing

extension HeadsetSessions {
    /// OpenXR's own validation layer looks on.
    @Suite(.serialized) struct ValidationTests {
        let home: Home
        init() throws { home = try Home() }

        /// In a window: the layer of this version does not know the binding through EGL.
        @Test("a whole session gives the validation layer nothing to say")
        func session() throws {
            defer { home.remove() }
            let runtime = try SimulatedRuntime(home)
            let remote = try RemoteHeadset()
            let screen = try runtime.openScreen()
            let display = try XDisplay()
            let log = home.path("validation.txt")
            let running = try home.enter(
                runtime, try home.write("ball.frag", Sketches.ball), display: display,
                environment: [
                    "XR_ENABLE_API_LAYERS": "XR_APILAYER_LUNARG_core_validation",
                    "XR_CORE_VALIDATION_EXPORT_TYPE": "text",
                    "XR_CORE_VALIDATION_FILE_NAME": log,
                ])
            defer { running.kill() }
            try screen.wait(for: "the ball") { screen in
                screen.eye(0).middle(where: Sketches.isRed).count > 200
            }
            // The whole of what a user does: head, panel, controllers, another kind of sketch, out and in again.
            try home.send("editor on")
            try home.send("type \" \"")
            try remote.turn(left: 10)
            for trigger in [Float(1), 0] {
                remote.right.trigger = trigger
                remote.right.point(at: SIMD3(0, 1.4, -1.2))
                remote.left.stick = SIMD2(0, trigger)
                try remote.send()
                try home.waitForFrames()
            }
            remote.left.isActive = false
            try remote.send()
            try home.waitForFrames()
            try home.send("headset recentre")
            try home.send("headset scale =0.5")
            try home.waitForFrames()
            try home.write("flat.frag", Sketches.flat)
            try home.send("replace flat.frag")
            try home.send("wait good")
            try home.waitForFrames()
            // Layers with depth.
            try home.write("post.frag", Sketches.post)
            try home.send("open post.frag")
            try home.send("wait good")
            try home.waitForStatus("depth in the headset") {
                try HeadsetStatus($0).headset.depth == true
            }
            try home.waitForFrames()
            try home.send("headset off")
            try home.waitForHeadset("off")
            try home.send("headset on")
            try home.waitForHeadset("focused")
            try home.waitForFrames()
            try home.send("quit")
            let done = running.finish()
            #expect(done.status == 0, "\(done.errors)")
            // The layer writes its file from the start, so one that is missing was no layer.
            let said = try String(contentsOfFile: log, encoding: .utf8)
            #expect(said.contains("Core Validation Layer is initialized"), "\(said.prefix(4000))")
            // It tells of its own coming and going as well, which is no fault of anybody's.
            let faults = said.split(separator: "\n").filter { !$0.contains("[VALID_DEBUG") }
            #expect(faults.isEmpty, "\(faults.prefix(20).joined(separator: "\n"))")
        }
    }
}
