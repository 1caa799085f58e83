import Foundation
import Render
import Testing

/// The panic key, with a pinned revision.
@Suite(.serialized) struct PanicSessionTests {
    let home: Home
    init() throws { home = try Home() }

    /// Red; with blue in it from 500 seconds on.
    private let safe = """
        void mainImage(out vec4 color, in vec2 pixel) {
            color = vec4(1.0, 0.0, iTime > 500.0 ? 1.0 : 0.0, 1.0);
        }

        """

    /// Green; a frame takes some twenty seconds from 500 seconds on.
    private let hanging = """
        void mainImage(out vec4 color, in vec2 pixel) {
            float a = pixel.x;
            int n = iTime > 500.0 ? 65000 : 1;
            for (int i = 0; i < n; i++) for (int j = 0; j < 40; j++) a = sin(a * 1.0001 + float(i));
            color = vec4(0.0, 1.0, 0.0, 1.0) + a * 1e-9;
        }

        """

    private func picture(_ name: String) throws -> SIMD4<UInt8> {
        try home.send("screenshot \(name)")
        return try Pixels(pngFile: home.path(name))[5, 5]
    }

    @Test("a panic shows the pinned picture though the front hangs, and then lets it move")
    func hungFront() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", safe)
        try home.write("b.frag", hanging)
        let running = try home.launch(sketch, size: "128x128")
        defer { running.kill() }
        try home.send("key ctrl+p")
        #expect(try StatusLine(home.send("status")).pinned == 1)
        try home.send("replace b.frag")
        try home.send("wait good")
        #expect(try picture("green.png") == SIMD4(0, 255, 0, 255))
        try home.send("time 600")
        // Two pictures were asked for by then, of which the second hangs; the clock is held, so nobody waits for it.
        try home.send("sleep 0.3")
        try home.send("panic")
        let status = try StatusLine(home.send("status"))
        #expect(status.panic == true)
        #expect(status.pinned == 1)
        // At once, whoever draws it: the still one of before, or a live one.
        let first = try picture("first.png")
        #expect(first.x == 255 && first.y == 0)
        // The live one says what time it is.
        while try picture("live.png") != SIMD4(255, 0, 255, 255) {}
        #expect(try StatusLine(home.send("status")).shown == 1)
        try home.send("time 1")
        try home.send("panic")
        while try StatusLine(home.send("status")).panic != false {}
        #expect(try picture("after.png").w == 255)
        try home.send("quit")
        #expect(running.finish().status == 0)
    }

    @Test("a panic with a pin keeps the picture over new good programs; another brings the newest")
    func pinnedOverTyping() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        try home.write("green.frag", red.replacing("1.0, 0.0, 0.0", with: "0.0, 1.0, 0.0"))
        try home.write("blue.frag", red.replacing("1.0, 0.0, 0.0", with: "0.0, 0.0, 1.0"))
        let done = try home.play(
            """
            wait good
            pin
            replace green.frag
            wait good
            panic
            screenshot pinned.png
            replace blue.frag
            wait idle
            screenshot still-pinned.png
            status
            panic
            wait good
            screenshot back.png
            unpin
            panic
            screenshot black.png
            status
            panic
            rollback
            wait good
            text
            """, sketch: sketch)
        try #require(done.status == 0, "\(done.errors)")
        func pixel(_ name: String) throws -> SIMD4<UInt8> {
            try Pixels(pngFile: home.path(name))[5, 5]
        }
        #expect(try pixel("pinned.png") == SIMD4(255, 0, 0, 255))
        #expect(try pixel("still-pinned.png") == SIMD4(255, 0, 0, 255))
        #expect(try pixel("back.png") == SIMD4(0, 0, 255, 255))
        #expect(try pixel("black.png") == SIMD4(0, 0, 0, 255))
        #expect(try StatusLine(done.lines[0]).pinned == 1)
        #expect(try StatusLine(done.lines[1]).pinned == nil)
        // Rolling back goes to green: the panic was no part of what was shown.
        #expect(done.output.contains("vec4(0.0, 1.0, 0.0"))
    }
}
