import Foundation
import Headset
import Render
import Testing

extension HeadsetSessions {
    /// The README's pictures of the headset, made by `scripts/pictures`; otherwise not run.
    @Suite(.serialized) struct PictureTests {
        static let folder = ProcessInfo.processInfo.environment["PHOSPHOR_README_PICTURES"]

        @Test("pictures for the README", .enabled(if: folder != nil))
        func pictures() throws {
            let folder = try #require(Self.folder)
            let home = try Home()
            defer { home.remove() }
            let runtime = try SimulatedRuntime(home, screen: "2688x1512")
            let remote = try RemoteHeadset()
            let screen = try runtime.openScreen()
            let sketch = Home.package.appending(path: "shaders/cistern.frag").path
            let running = try home.enter(runtime, sketch)
            defer { running.kill() }
            try home.send("time 4")
            try home.send("editor on")
            remote.right.point(at: SIMD3(0.1, 1.35, -1.4))
            try remote.send()
            // Sharp, however long a picture takes: time stands still, so nothing changes once the last is there.
            try home.send("headset scale =1")
            var last = Pixels(width: 1, height: 1)
            try home.waitForStill {
                let eye = screen.eye(0)
                defer { last = eye }
                return eye.rgba == last.rgba
            }
            // The left eye's middle, wide: what is above and below is water and dark.
            try last.part(x: 162, y: 380, width: 1020, height: 700)
                .writePNG(to: folder + "/headset.png")
            try home.send("headset off")
        }
    }
}
