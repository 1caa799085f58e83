import Foundation
import Headset
import Render
import Testing

extension HeadsetSessions {
    /// What surrounds the user, as the real runtime shows it.
    @Suite(.serialized) struct SceneTests {
        let home: Home
        init() throws { home = try Home() }

        /// Where the ball is in an eye's picture, and where it must be.
        private func ball(_ index: Int, _ screen: HeadsetScreen, _ remote: RemoteHeadset)
            -> (seen: SIMD2<Float>, meant: SIMD2<Float>, count: Int)
        {
            let (place, count) = screen.eye(index).middle(where: Sketches.isRed)
            let eye = HeadsetEye(index, head: remote.head, screen: screen)
            return (place, eye.place(of: Sketches.ballPlace), count)
        }

        private func isThere(_ index: Int, _ screen: HeadsetScreen, _ remote: RemoteHeadset)
            -> Bool
        {
            let ball = ball(index, screen, remote)
            let off = ball.seen - ball.meant
            return ball.count > 200 && abs(off.x) < 1.5 && abs(off.y) < 1.5
        }

        @Test(
            "the session gets the focus, and the ball stands where it should for both eyes",
            arguments: [false, true])
        func stereo(inWindow: Bool) throws {
            defer { home.remove() }
            let runtime = try SimulatedRuntime(home)
            let remote = try RemoteHeadset()
            let screen = try runtime.openScreen()
            let display = try inWindow ? XDisplay() : nil
            let running = try home.enter(
                runtime, try home.write("ball.frag", Sketches.ball), display: display)
            defer { running.kill() }
            try screen.wait(for: "the ball") { screen in
                (0...1).allSatisfy { isThere($0, screen, remote) }
            }
            try screen.keep("ball")
            // Two metres away for eyes 63 mm apart: each eye sees it half of this angle to the other one's side.
            let places = (0...1).map { ball($0, screen, remote).seen }
            let parallax = HeadsetEye.distance / 2 / HeadsetEye.tangents.x * Float(screen.width) / 4
            #expect(abs(places[0].x - places[1].x - parallax) < 0.7)
            #expect(abs(places[0].y - places[1].y) < 0.5)
            #expect(try home.headsetStatus().views == 2)
        }

        @Test("a head that turns and moves sees the ball where it must be")
        func movement() throws {
            defer { home.remove() }
            let runtime = try SimulatedRuntime(home)
            let remote = try RemoteHeadset()
            let screen = try runtime.openScreen()
            let running = try home.enter(runtime, try home.write("ball.frag", Sketches.ball))
            defer { running.kill() }
            for (left, up, at) in [
                (20, 0, SIMD3<Float>(0, 1.6, 0)), (-20, 10, SIMD3(0, 1.6, 0)),
                (0, 0, SIMD3(0.5, 1.4, 0.3)), (15, -5, SIMD3(0.4, 1.8, -0.5)),
            ] as [(Float, Float, SIMD3<Float>)] {
                remote.head.position = at
                try remote.turn(left: left, up: up)
                try screen.wait(for: "the ball from \(at), turned \(left) and \(up)") { screen in
                    (0...1).allSatisfy { isThere($0, screen, remote) }
                }
            }
        }

        @Test("a flat picture hangs in the room on a screen of its own, and is nobody's world")
        func flat() throws {
            defer { home.remove() }
            let runtime = try SimulatedRuntime(home)
            let remote = try RemoteHeadset()
            let screen = try runtime.openScreen()
            let running = try home.enter(runtime, try home.write("flat.frag", Sketches.flat))
            defer { running.kill() }
            // Some metres away, so that both eyes see nearly the same, but not quite. The head may be on its way from where
            // the runtime had it at first.
            let atOneMetre = HeadsetEye.distance / HeadsetEye.tangents.x * Float(screen.width) / 4
            func discs(_ screen: HeadsetScreen) -> [(place: SIMD2<Float>, count: Int)] {
                (0...1).map { screen.eye($0).middle(where: Sketches.isWhite) }
            }
            try screen.wait(for: "the screen with its disc, some metres away") { screen in
                let seen = discs(screen)
                let parallax = seen[0].place.x - seen[1].place.x
                return seen.allSatisfy { $0.count > 100 } && parallax > atOneMetre / 10
                    && parallax < atOneMetre / 1.5
            }
            let disc = discs(screen)[0].place
            // Around it is something calm and dim.
            for y in [10, screen.height / 2, screen.height - 10] {
                #expect(screen[6, y].max() < 60, "the surrounding is not dim")
            }
            let green = screen.eye(0).middle(where: Sketches.isGreen)
            #expect(green.count > screen.width * screen.height / 2 / 8, "the screen is large")
            // It stays in the room when the head turns.
            try remote.turn(left: 15)
            try screen.wait(for: "the disc further to the right") { screen in
                let turned = screen.eye(0).middle(where: Sketches.isWhite)
                return turned.count > 100 && turned.place.x > disc.x + Float(screen.width) / 20
            }
            #expect(try home.headsetStatus().views == 1)
        }

        @Test("another sketch of another kind takes over at once, and the session goes on")
        func change() throws {
            defer { home.remove() }
            let runtime = try SimulatedRuntime(home)
            let remote = try RemoteHeadset()
            let screen = try runtime.openScreen()
            let running = try home.enter(runtime, try home.write("flat.frag", Sketches.flat))
            defer { running.kill() }
            try screen.wait(for: "the disc") { screen in
                screen.eye(0).middle(where: Sketches.isWhite).count > 100
            }
            try home.write("ball.frag", Sketches.ball)
            try home.send("replace ball.frag")
            try home.send("wait good")
            try screen.wait(for: "the ball") { screen in
                (0...1).allSatisfy { isThere($0, screen, remote) }
            }
            try home.send("undo")
            try home.send("wait good")
            try screen.wait(for: "the disc again") { screen in
                screen.eye(1).middle(where: Sketches.isWhite).count > 100
            }
            try home.send("headset off")
            try home.waitForHeadset("off")
            try home.send("headset on")
            try home.waitForHeadset("focused")
            try home.send("quit")
            #expect(running.finish().status == 0)
        }
    }
}
