import Foundation
import Headset
import Render
import Testing

extension HeadsetSessions {
    /// Whether the text can be read, by somebody who knows nothing of it.
    @Suite(.serialized) struct ReadingTests {
        let home: Home
        init() throws { home = try Home() }

        @Test("what is in the panel can be read in the headset, head on and from the side")
        func legibility() throws {
            defer { home.remove() }
            // Both eyes at the size that the runtime recommends.
            let runtime = try SimulatedRuntime(home, screen: "2688x1512")
            let remote = try RemoteHeadset()
            let screen = try runtime.openScreen()
            let sight = Sight(screen: screen, remote: remote)
            let running = try home.enter(runtime, try home.write("page.frag", Sketches.page))
            defer { running.kill() }
            // Nobody points at what is read, and the line in hand is an empty one.
            (remote.left.isActive, remote.right.isActive) = (false, false)
            try remote.send()
            try home.send("editor on")
            try home.send("goto 9:1")
            #expect(try home.headsetStatus().text == 20)
            let panel = try home.panel()
            let middle = panel.pose.position
            let away = remote.head.position - middle
            for (degrees, least) in [(0, 0.99), (20, 0.97), (-20, 0.97)] as [(Float, Double)] {
                // Around the panel, at the same distance, looking at its middle.
                let around = Quaternion(yaw: degrees * .pi / 180).rotate(away)
                remote.head.position = middle + around
                remote.head.orientation = RemoteHeadset.looking(along: -around)
                try remote.send()
                try home.waitForHead(remote.head)
                try screen.keep("page-\(Int(degrees))")
                // Both eyes look; a reader who is in doubt goes nearer.
                var (read, share) = ([String](), 0.0)
                for pixels in [30, 24, 36] as [Float] where share < least {
                    read += try sight.lines(panel, pixels: pixels)
                    share = TextReader.share(
                        of: Sketches.page.components(separatedBy: "\n"), in: read)
                }
                #expect(
                    share >= least,
                    "at \(degrees) degrees \(share) of the text: \(read.joined(separator: "\n"))")
            }
        }

        @Test("text of another size is of that size to the eye")
        func size() throws {
            defer { home.remove() }
            let runtime = try SimulatedRuntime(home, screen: "1920x1080")
            let remote = try RemoteHeadset()
            var sight = Sight(screen: try runtime.openScreen(), remote: remote)
            let running = try home.enter(runtime, try home.write("page.frag", Sketches.page))
            defer { running.kill() }
            try home.send("editor on")
            let small = try sight.place("waterfall", in: home.panel()).left.size
            try home.send("headset text =40")
            try home.waitForFrames()
            sight.text = 40
            var large = small
            try sight.screen.wait(for: "letters twice as large") { _ in
                guard let word = try sight.find("waterfall", eye: 0) else { return false }
                large = word.size
                return abs(large.x / small.x - 2) < 0.2
            }
            #expect(abs(large.y / small.y - 2) < 0.35)
        }
    }
}
