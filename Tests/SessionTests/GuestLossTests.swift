import CSystem
import Foundation
import Render
import Testing

/// The picture never dies: what happens to guests is nothing to the host.
@Suite(.serialized) struct GuestLossTests {
    let home: Home
    init() throws { home = try Home() }

    @Test("guests killed in mid-frame are replaced, and the picture comes back")
    func killedGuests() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        let running = try home.launch(sketch)
        defer { running.kill() }
        for round in 1...3 {
            let guests = home.guests(of: running.pid)
            #expect(!guests.isEmpty)
            for guest in guests { kill(guest, SIGKILL) }
            // A screenshot waits for a picture that a guest drew after it was asked for.
            try home.send("screenshot after-\(round).png")
            let picture = try Pixels(pngFile: home.path("after-\(round).png"))
            #expect(picture[5, 5] == SIMD4(255, 0, 0, 255))
        }
        let status = try StatusLine(home.send("status"))
        #expect(status.guest.restarts >= 3)
        #expect(status.verdict == "good")
        try home.send("quit")
        #expect(running.finish().status == 0)
    }

    @Test("a host that is killed leaves no guest behind")
    func killedHost() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        let running = try PhosphorProcess(
            ["run", "--headless", "--size", "64x64", sketch], home: home)
        try home.send("wait good")
        let guests = home.guests(of: running.pid)
        #expect(!guests.isEmpty)
        kill(running.pid, SIGKILL)
        _ = running.finish()
        // The kernel kills them with their parent, but not in the same instant.
        for guest in guests { #expect(phosphor_wait_ended(guest, 10_000) == 1) }
    }

    @Test("a picture that never ends is hung, and the last good one stays on")
    func hang() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        try home.write("hang.frag", hanging)
        let done = try home.play(
            """
            wait good
            guard off
            wait good
            replace hang.frag
            wait hung 300
            screenshot still.png
            status
            rollback
            wait good
            """, sketch: sketch, size: "640x360", environment: ["PHOSPHOR_DEADLINE_SCALE": "0.3"])
        #expect(done.status == 0, "\(done.errors)")
        #expect(try Pixels(pngFile: home.path("still.png"))[5, 5] == SIMD4(255, 0, 0, 255))
        let status = try StatusLine(done.lines[0])
        #expect(status.verdict == "hung")
        #expect(status.shown == 1)
    }
}
