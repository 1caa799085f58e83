import Foundation
import Testing

/// The loop guard as a user meets it.
@Suite(.serialized) struct GuardTests {
    let home: Home
    init() throws { home = try Home() }

    @Test("a loop that cannot be counted runs all the same, and says so on its line")
    func uncounted() throws {
        defer { home.remove() }
        let sketch = try home.write(
            "parts.frag",
            """
            #define LOOP for (int i = 0; i < 4; i++
            #define END )
            void mainImage(out vec4 color, in vec2 pixel) {
                float a = 0.0;
                LOOP END a += 0.1;
                color = vec4(a);
            }

            """)
        let done = try home.play("wait good\nguard\nstatus\n", sketch: sketch)
        try #require(done.status == 0, "\(done.errors)")
        #expect(done.lines[1].hasPrefix("parts.frag:1: runs unguarded: "))
        let status = try StatusLine(done.lines[2])
        #expect(status.guard?.hasPrefix("partly: line 1 ") == true)
        #expect(status.notice == "line 1 runs unguarded")
    }

    @Test("the guard is a sketch's own: off lets its loops run, and on stops them again")
    func offAndOn() throws {
        defer { home.remove() }
        // More rounds than the guard lets pass, fewer than llvmpipe does.
        let sketch = try home.write(
            "long.frag",
            """
            void mainImage(out vec4 color, in vec2 pixel) {
                float a = 0.0;
                for (int i = 0; i < 60000 + int(iTime * 0.0); i++) a += 1.0 / 60000.0;
                color = vec4(a, 0.0, 0.0, 1.0);
            }

            """)
        try home.write("red.frag", red)
        let done = try home.play(
            """
            wait runaway
            errors
            guard off
            wait good
            status
            guard on
            wait runaway
            guard off
            wait good
            open red.frag
            wait good
            status
            """, sketch: sketch, size: "16x16")
        try #require(done.status == 0, "\(done.errors)")
        #expect(done.lines[0] == "long.frag:3: error: runaway: this loop passed 50,000 rounds")
        #expect(try StatusLine(done.lines[1]).guard == "off")
        #expect(try StatusLine(done.lines[2]).guard == "on")
    }
}
