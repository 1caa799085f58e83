import Foundation
import Headset
import Render
import Testing

extension HeadsetSessions {
    /// The editor inside the picture: where it stands, and how it is used from there.
    @Suite(.serialized) struct PanelTests {
        let home: Home
        init() throws { home = try Home() }
        /// It stands once in the page, so that both eyes look at the same.
        private let word = "drifting"

        private func distance(_ a: SIMD3<Float>, _ b: SIMD3<Float>) -> Float {
            ((a - b) * (a - b)).sum().squareRoot()
        }

        @Test("the key under Escape brings the editor up where the user looks, and there it stays")
        func toggle() throws {
            defer { home.remove() }
            let display = try XDisplay()
            _ = try display.setLayout("us")
            let runtime = try SimulatedRuntime(home, screen: "1920x1080", display: display.name)
            let remote = try RemoteHeadset()
            let sight = Sight(screen: try runtime.openScreen(), remote: remote)
            let running = try home.enter(
                runtime, try home.write("page.frag", Sketches.page), display: display)
            defer { running.kill() }
            try remote.turn(left: 30)
            try home.waitForHead(remote.head)
            #expect(try sight.find("waterfall", eye: 0) == nil)
            // The pointer's window has the keys where there is no window manager.
            try display.run(["xdotool", "mousemove", "320", "180"])
            try display.press([KeyboardMap.Stroke(code: KeyboardMap.underEscape)])
            let panel = try home.panel()
            let first = try sight.place(word, in: panel)
            // Its middle is ahead, a little below the eyes at most, at arm's length or some more.
            let middle = panel.pose.position
            let ahead = remote.head.inverse.transform(middle)
            #expect(abs(atan2(ahead.x, -ahead.z)) < 0.1, "\(ahead)")
            #expect(ahead.y < 0.1 && atan2(ahead.y, -ahead.z) > -0.35, "\(ahead)")
            #expect((0.5...2.5).contains(distance(middle, remote.head.position)))
            // The word stands on it, not before it or behind it.
            #expect(distance(first.middle, middle) < 1)
            // It stays in the room while the head turns and moves.
            remote.head.position.x += 0.15
            try remote.turn(left: 20, up: 5)
            try home.waitForHead(remote.head)
            // What the program knows of the head the runtime's picture shows some frames later, and the eyes are read
            // one after the other: only a word that stands still at two looks is where it seems to be.
            var second = first
            try sight.screen.wait(for: "the word at another place") { _ in
                let before = second
                second = try sight.place(word, in: panel)
                let moved = before.left.middle - second.left.middle
                return abs(first.left.middle.x - second.left.middle.x) > 40
                    && (moved * moved).sum() < 4
                    && distance(before.middle, second.middle) < 0.02
            }
            #expect(distance(first.middle, second.middle) < 0.08, "\(first) \(second)")
            let page = Sketches.page.components(separatedBy: "\n")
            #expect(TextReader.share(of: page, in: try sight.lines(panel)) > 0.5)
            // Off with it.
            try display.press([KeyboardMap.Stroke(code: KeyboardMap.underEscape)])
            try home.waitForFrames()
            try sight.screen.wait(for: "no text") { _ in
                // Read set straight: from the side a word is missed as it is seen while it is there.
                try TextReader.share(of: page, in: sight.lines(panel)) < 0.1
            }
        }

        @Test("a controller that points at a letter puts the cursor there")
        func pointing() throws {
            defer { home.remove() }
            let runtime = try SimulatedRuntime(home, screen: "1920x1080")
            let remote = try RemoteHeadset()
            let sight = Sight(screen: try runtime.openScreen(), remote: remote)
            let running = try home.enter(runtime, try home.write("page.frag", Sketches.page))
            defer { running.kill() }
            try home.send("editor on")
            let panel = try home.panel()
            let text = try home.send("text")
            for letter in [1, 4, 6] {
                let seen = try sight.place(word, in: panel)
                // The middle of one of its letters: to the word's side by what an eye sees of it.
                let eye = HeadsetEye(0, head: remote.head, screen: sight.screen)
                let share = (Float(letter) + 0.5) / Float(word.count) - 0.5
                let pixel = seen.left.middle + SIMD2(share * seen.left.size.x, 0)
                let away = distance(seen.middle, eye.pose.position)
                let direction = eye.direction(of: pixel)
                let target =
                    eye.pose.position
                    + direction * (away / (direction * direction).sum().squareRoot())
                remote.right.point(at: target)
                try remote.send()
                try home.waitForFrames()
                try sight.screen.keep("pointing-\(letter)")
                remote.right.trigger = 1
                remote.right.pressed = [.triggerClick, .triggerTouch]
                try remote.send()
                try home.waitForFrames()
                remote.right.trigger = 0
                remote.right.pressed = []
                try remote.send()
                try home.waitForFrames()
                try home.send("type \"@\"")
                let typed = try home.send("text")
                let at = try #require(typed.firstIndex(of: "@"))
                #expect(typed.filter { $0 != "@" } == text)
                let start = try #require(text.range(of: word)).lowerBound
                let column =
                    typed.distance(from: typed.startIndex, to: at)
                    - text.distance(from: text.startIndex, to: start)
                // The cell under the ray is the letter's; the cursor goes to one of its sides.
                #expect((letter...(letter + 1)).contains(column), "\(letter) became \(column)")
                try home.send("undo")
                remote.right.pose.orientation = Quaternion(yaw: -1.2)
                try remote.send()
                try home.waitForFrames()
            }
        }

        @Test(
            "an error stands before the user while the scene goes on; rollback mends it from inside"
        )
        func error() throws {
            defer { home.remove() }
            let display = try XDisplay()
            _ = try display.setLayout("us")
            let runtime = try SimulatedRuntime(home, screen: "1920x1080", display: display.name)
            let remote = try RemoteHeadset()
            let screen = try runtime.openScreen()
            let sight = Sight(screen: screen, remote: remote)
            let running = try home.enter(
                runtime, try home.write("moving.frag", Sketches.moving), display: display)
            defer { running.kill() }
            try home.send("editor on")
            try home.send("goto 1:1")
            try home.send("type \"waterfall \"")
            try home.send("wait error")
            // The message stands under the line that it is about.
            let panel = try home.panel()
            try screen.wait(for: "the word and the message") { _ in
                let lines = try sight.lines(panel)
                return lines.contains { $0.contains("waterfall") }
                    && lines.contains { $0.contains("syntax error") }
            }
            // The ground goes on changing, at a place where no panel is.
            try waitForChanges(screen)
            try display.run(["xdotool", "mousemove", "320", "180"])
            let f4 = 70
            try display.press([KeyboardMap.Stroke(code: f4)])
            try home.send("wait good")
            #expect(try home.text() == Sketches.moving)
            try screen.wait(for: "no word of the error") { _ in
                let lines = try sight.lines(panel)
                return lines.contains { $0.contains("mainVR") }
                    && !lines.contains { $0.contains("waterfall") || $0.contains("syntax") }
            }
        }

        private func waitForChanges(_ screen: HeadsetScreen) throws {
            var colours: Set<UInt8> = []
            try screen.wait(for: "a ground that changes") { screen in
                colours.insert(screen[12, 12].z)
                return colours.count > 4
            }
        }
    }
}
