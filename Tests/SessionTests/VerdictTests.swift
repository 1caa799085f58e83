import Foundation
import Render
import Testing

/// A program whose picture never ends, where its loops are not counted.
let hanging = """
    void mainImage(out vec4 color, in vec2 pixel) {
        float sum = 0.0;
        for (int i = 0; i < 60000; i++)
            for (int j = 0; j < 60000; j++) sum += sin(sum + float(i ^ j) + iTime);
        color = vec4(sum, 0.0, 0.0, 1.0);
    }

    """

/// A session for each verdict, and for typing that is faster than the compiler.
@Suite(.serialized) struct VerdictTests {
    let home: Home
    init() throws { home = try Home() }

    @Test("a program that takes the driver down is crashed, and says so where it begins")
    func crashed() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        try home.write("hang.frag", hanging)
        // Large enough for the mark in its corner to leave the pixel free that is looked at.
        let running = try home.launch(sketch, size: "320x180")
        defer { running.kill() }
        while home.guests(of: running.pid).count < 2 { try home.send("status") }
        // Loops that are counted would end by themselves. The guest that was there second has tried this, and draws now.
        try home.send("guard off")
        try home.send("wait good")
        let front = try #require(home.guests(of: running.pid).max())
        try home.send("replace hang.frag")
        // One that has only begun to live has no program yet; whoever is there for a while is at it.
        var seen: [Int32: Int] = [:]
        var status = try StatusLine(home.send("status"))
        while status.verdict == "trying" {
            for guest in home.guests(of: running.pid) where guest != front {
                seen[guest, default: 0] += 1
                if seen[guest] == 8 { kill(guest, SIGSEGV) }
            }
            status = try StatusLine(home.send("status"))
        }
        #expect(status.verdict == "crashed")
        #expect(status.shown == 1)
        #expect(status.errors.first?.message.hasPrefix("crashed the driver: ") == true)
        #expect(status.errors.first?.line == 1)
        try home.send("screenshot still.png")
        #expect(try Pixels(pngFile: home.path("still.png"))[5, 5] == SIMD4(255, 0, 0, 255))
        try home.send("undo")
        try home.send("wait good")
        try home.send("quit")
        #expect(running.finish().status == 0)
    }

    @Test("a loop that passes the guard's limit is runaway, on its line")
    func runaway() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        try home.write(
            "runaway.frag",
            """
            void mainImage(out vec4 color, in vec2 pixel) {
                float a = 0.0;
                for (int i = 0; i < 10; i = i)
                    a += 0.1;
                color = vec4(a);
            }

            """)
        let done = try home.play(
            """
            wait good
            replace runaway.frag
            wait runaway
            errors
            status
            screenshot still.png
            undo
            wait good
            """, sketch: sketch)
        try #require(done.status == 0, "\(done.errors)")
        #expect(done.lines[0].hasSuffix("runaway: this loop passed 50,000 rounds"))
        let status = try StatusLine(done.lines[1])
        #expect(status.errors.first?.line == 3)
        #expect(status.shown == 1)
        #expect(try Pixels(pngFile: home.path("still.png"))[5, 5] == SIMD4(255, 0, 0, 255))
    }

    @Test("twenty keys a second over a slow compile: pictures come along the way")
    func typingOverASlowCompile() throws {
        defer { home.remove() }
        // Longer for the driver than the time between two keys; nothing to draw.
        let body = (0..<100).map { "    a = sin(a * \($0).01 + cos(a + \($0).5));" }
            .joined(separator: "\n")
        let sketch = try home.write(
            "a.frag",
            """
            //
            void mainImage(out vec4 color, in vec2 pixel) {
                float a = pixel.x;
            \(body)
                color = vec4(1.0, 0.0, 0.0, 1.0) + a * 1e-9;
            }

            """)
        var session = "wait good 120\ngoto 1:3\n"
        for index in 0..<120 { session += "type \"\(index % 10)\"\nsleep 0.05\nstatus\n" }
        let done = try home.play(session + "wait good 120\nstatus\n", sketch: sketch, size: "64x64")
        try #require(done.status == 0, "\(done.errors)")
        let statuses = try done.lines.map { try StatusLine($0) }
        // While the last key was not typed yet, revisions came on screen that were already of yesterday.
        let shown = Set(statuses.dropLast().compactMap(\.shown))
        #expect(shown.count >= 2, "\(shown.sorted())")
        #expect(statuses.last?.shown == statuses.last?.revision)
    }

    @Test("what was overtaken is tried again when it becomes current")
    func overtakenAndBack() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        let done = try home.play(
            """
            wait good
            goto 2:18
            paste "0.9 * "
            paste "0.8 * "
            paste "0.7 * "
            undo
            undo
            wait good
            text
            """, sketch: sketch)
        try #require(done.status == 0, "\(done.errors)")
    }
}
