import CSystem
import Foundation
import Headset
import Render
import Testing

extension HeadsetSessions {
    /// What happens to guests and to the runtime is nothing to the text, and little to the picture.
    @Suite(.serialized) struct TroubleTests {
        let home: Home
        init() throws { home = try Home() }

        @Test("a hung guest leaves panels and head alive")
        func hung() throws {
            defer { home.remove() }
            let runtime = try SimulatedRuntime(home, screen: "1920x1080")
            let remote = try RemoteHeadset()
            let screen = try runtime.openScreen()
            let sight = Sight(screen: screen, remote: remote)
            let running = try home.enter(
                runtime, try home.write("moving.frag", Sketches.moving),
                environment: ["PHOSPHOR_DEADLINE_SCALE": "100"])
            defer { running.kill() }
            try home.send("guard off")
            try home.send("wait good")
            try home.send("editor on")
            let panel = try home.panel()
            // Rays would lie over what is to be read.
            (remote.left.isActive, remote.right.isActive) = (false, false)
            try remote.send()
            // From here on the guest that draws draws for ever.
            try home.send("time 700")
            try home.waitForFrames(10)
            try home.send("time run")
            // What was on its way still comes, and then nothing more: the ground stands still, while frames go on.
            var still = screen[12, 12]
            try home.waitForStill { () throws in
                defer { still = screen[12, 12] }
                return screen[12, 12] == still
            }
            #expect(try StatusLine(home.send("status")).guest.restarts == 0)
            // Keys reach the text, and the text the eye.
            try home.send("goto 1:1")
            try home.send("type \"// waterfall\"")
            let comment = try sight.place("waterfall", in: panel)
            // The head turns, and the panel stays where it is.
            try remote.turn(left: 12)
            try home.waitForHead(remote.head)
            try screen.wait(for: "the panel where it stood") { _ in
                try sight.lines(panel).contains { $0.contains("waterfall") }
            }
            let eye = HeadsetEye(0, head: remote.head, screen: screen)
            #expect(eye.place(of: comment.middle).x > comment.left.middle.x + 40)
            #expect(try home.headsetStatus().phase == "focused")
        }

        @Test("a runtime that dies and returns takes neither the picture nor a key with it")
        func loss() throws {
            defer { home.remove() }
            let runtime = try SimulatedRuntime(home)
            var remote = try RemoteHeadset()
            let screen = try runtime.openScreen()
            let sketch = try home.write("ball.frag", Sketches.ball)
            let running = try home.enter(runtime, sketch)
            defer { running.kill() }
            try screen.wait(for: "the ball") { screen in
                screen.eye(0).middle(where: Sketches.isRed).count > 200
            }
            try home.send("goto 1:1")
            var typed = ""
            /// Types a letter a call, so that some fall into each moment.
            func type() throws {
                let letter = ["a", "b", "c", "d", "e"][typed.count % 5]
                try home.send("type \"\(letter)\"")
                typed += letter
            }
            for _ in 0..<2 {
                runtime.killService()
                try home.waitForStatus("the loss of the headset") { line in
                    try type()
                    let status = try HeadsetStatus(line).headset
                    return status.phase != "focused" && status.reason?.isEmpty == false
                }
                // In the window, or headless, it goes on.
                let frames = try StatusLine(home.send("status")).host.frames
                try home.waitForStatus("frames without a headset") { line in
                    try StatusLine(line).host.frames > frames + 30
                }
                runtime.startService()
                try home.waitForStatus("the return of the headset") { line in
                    try type()
                    return try HeadsetStatus(line).headset.phase == "focused"
                }
                remote = try RemoteHeadset()
                try remote.turn(left: 5)
            }
            let text = try home.text()
            #expect(text == typed + Sketches.ball, "typed was \(typed), and there is \(text)")
            // What is typed is no GLSL, but the last good picture is there.
            try screen.wait(for: "the ball again") { screen in
                screen.eye(0).middle(where: Sketches.isRed).count > 200
            }
            try home.send("quit")
            #expect(running.finish().status == 0)
        }

        /// Calls to it are under way on two threads, so the moment makes a difference; each round takes another one.
        @Test("a runtime that stops in the middle of anything stops neither window nor keys")
        func stopped() throws {
            defer { home.remove() }
            let runtime = try SimulatedRuntime(home)
            let screen = try runtime.openScreen()
            let running = try home.enter(runtime, try home.write("ball.frag", Sketches.ball))
            defer { running.kill() }
            try home.send("goto 1:1")
            var typed = ""
            for round in 0..<4 {
                let service = try #require(runtime.service)
                defer { Foundation.kill(service, SIGCONT) }
                try home.waitForFrames()
                // Quarters of a frame.
                usleep(UInt32(round) * 4100)
                Foundation.kill(service, SIGSTOP)
                try home.waitForStatus("the loss of the headset") { line in
                    let letter = ["a", "b", "c", "d", "e"][typed.count % 5]
                    try home.send("type \"\(letter)\"")
                    typed += letter
                    return try HeadsetStatus(line).headset.phase != "focused"
                }
                let frames = try StatusLine(home.send("status")).host.frames
                try home.waitForStatus("frames without a headset") { line in
                    try StatusLine(line).host.frames > frames + 30
                }
                // One that goes on after having lost a client may stand still by itself: Monado 25 does, now and then.
                runtime.killService()
                try home.waitForStatus("the end of the runtime") { _ in
                    runtime.service != service
                }
                runtime.startService()
                try home.waitForHeadset("focused")
            }
            let text = try home.text()
            #expect(text == typed + Sketches.ball, "typed was \(typed), and there is \(text)")
            try screen.wait(for: "the ball again") { screen in
                screen.eye(0).middle(where: Sketches.isRed).count > 200
            }
            try home.send("quit")
            #expect(running.finish().status == 0)
        }

        @Test("a runtime that comes later is found; without one, the program says so and works")
        func late() throws {
            defer { home.remove() }
            let runtime = try SimulatedRuntime(home)
            runtime.killService()
            let sketch = try home.write("ball.frag", Sketches.ball)
            let running = try PhosphorProcess(
                ["run", "--headset", "auto", "--headless", "--size", "64x64", sketch], home: home,
                environment: runtime.environment, through: runtime.starter)
            defer { running.kill() }
            try home.send("wait good")
            try home.waitForStatus("the reason why there is no headset") { line in
                let status = try HeadsetStatus(line).headset
                return status.phase != "focused" && status.reason?.isEmpty == false
            }
            runtime.startService()
            try home.waitForHeadset("focused")
            try home.send("quit")
            #expect(running.finish().status == 0)
            // With nobody there, `require` says so, works without, and waits.
            runtime.killService()
            let waiting = try PhosphorProcess(
                ["run", "--headset", "require", "--headless", "--size", "64x64", sketch],
                home: home,
                environment: runtime.environment, through: runtime.starter)
            defer { waiting.kill() }
            try home.send("wait good")
            try home.waitForStatus("the reason why there is no headset") { line in
                try HeadsetStatus(line).headset.reason?.isEmpty == false
            }
            runtime.startService()
            try home.waitForHeadset("focused")
            try home.send("quit")
            let done = waiting.finish()
            #expect(done.status == 0)
            #expect(done.errors.contains("no headset yet"), "\(done.errors)")
        }

        @Test("the doctor tells of the headset, and of what is missing")
        func doctor() throws {
            defer { home.remove() }
            let runtime = try SimulatedRuntime(home)
            func doctor() throws -> String {
                let process = try PhosphorProcess(
                    ["doctor"], home: home, environment: runtime.environment,
                    through: runtime.starter)
                process.send("")
                return process.finish().output
            }
            let there = try doctor()
            #expect(there.contains("Monado"), "\(there)")
            #expect(there.contains("1344"), "the recommended size is told")
            runtime.killService()
            let gone = try doctor()
            #expect(!gone.contains("1344"))
            #expect(gone.localizedCaseInsensitiveContains("headset"), "\(gone)")
        }
    }
}
