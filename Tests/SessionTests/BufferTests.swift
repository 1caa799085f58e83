import Foundation
import Render
import Testing

/// What buffers hold, as the command `buffer` shows it, and what outlives an edit there.
@Suite(.serialized) struct BufferTests {
    let home: Home
    init() throws { home = try Home() }

    /// Particles that a compute stage moves; each knows the frames that it has seen.
    private func particles(_ step: String, member: String = "age") -> String {
        """
        // @groups 4
        layout(local_size_x = 16) in;
        struct Mote { vec2 place; uint \(member); bool isOdd; };
        layout(std430, binding = 0) buffer Motes { int steps; mat2 turn; Mote motes[64]; };
        void main() {
            uint i = gl_GlobalInvocationID.x;
            if (i == 0u) { steps -= 1; turn = mat2(1.0, 0.25, -0.5, 2.0); }
            motes[i].place = vec2(float(i), \(step));
            motes[i].\(member) += 1u;
            motes[i].isOdd = (i & 1u) == 1u;
        }

        """
    }

    private let picture = """
        layout(std430, binding = 5) buffer Seen { float seen[]; };
        out vec4 color;
        void main() { seen[0] = 0.5; color = vec4(seen[0]); }

        """

    /// The age of a particle, of a reply of `buffer`.
    private func age(_ reply: String) throws -> Int {
        let row = try #require(reply.split(separator: "\n").last)
        let cells = row.split(separator: " ", omittingEmptySubsequences: true)
        return try #require(Int(cells[3]))
    }

    @Test("rows are shown as typed values, and an edit of the compute stage keeps the particles")
    func particlesStay() throws {
        defer { home.remove() }
        try home.write("motes/motes.frag", picture)
        try home.write("motes/motes.comp", particles("0.5"))
        try home.write("edited.comp", particles("-1.5"))
        try home.write("other.comp", particles("0.25", member: "years"))
        // Tests share their machine with builds: a copy that comes late must not count as lost here.
        let running = try PhosphorProcess(
            ["run", "--headless", "--size", "320x180", home.path("motes")], home: home,
            environment: ["PHOSPHOR_DEADLINE_SCALE": "100"])
        defer { running.kill() }
        try home.send("wait good")
        var reply = try home.send("buffer Motes from 3 rows 2")
        let lines = reply.split(separator: "\n").map(String.init)
        #expect(lines[0].hasPrefix("Motes: ") && lines[0].hasSuffix("64 rows, of which 3 to 4"))
        #expect(lines[1].hasPrefix("steps int  -"))
        #expect(lines[2] == "turn mat2  1, 0.25, -0.5, 2")
        #expect(
            lines[3].split(separator: " ") == [
                "row", "place", "vec2", "age", "uint", "isOdd", "bool",
            ])
        #expect(lines[4].contains("3, 0.5 ") && lines[5].contains("4, 0.5 "))
        #expect(lines.count == 6)
        var before = 0
        while before < 20 { before = try age(home.send("buffer Motes from 3 rows 1")) }
        try home.send("stage comp")
        try home.send("replace edited.comp")
        try home.send("wait good")
        reply = try home.send("buffer Motes from 3 rows 1")
        #expect(reply.contains("3, -1.5 "), "the new stage moves them")
        #expect(try age(reply) >= before, "and they are the old ones")
        #expect(try StatusLine(home.send("status")).state == "kept")
        // Another layout has to begin anew.
        try home.send("replace other.comp")
        try home.send("wait good")
        reply = try home.send("buffer Motes from 3 rows 1")
        #expect(reply.contains("years uint"))
        #expect(try StatusLine(home.send("status")).state.hasPrefix("restarted: "))
        try home.send("quit")
        #expect(running.finish().status == 0)
    }

    @Test(
        "a buffer that is not there is answered by those that are; one without a size has the rows there are"
    )
    func names() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", picture)
        try home.write(
            "plain.frag", "void mainImage(out vec4 color, in vec2 pixel) { color = vec4(1.0); }\n")
        let done = try home.play(
            """
            wait good
            buffer Seen rows 1
            buffer Seen from 999999 rows 1
            """, sketch: sketch)
        #expect(done.status == 0, "\(done.errors)")
        #expect(
            done.lines == [
                "Seen: 262144 bytes, 65536 rows, of which 0 to 0", "row  float", "  0  0.5",
                "Seen: 262144 bytes, 65536 rows, none from 65536 on",
            ])
        let wrong = try home.play("wait good\nbuffer Nothing\n", sketch: sketch)
        #expect(wrong.status == 1)
        #expect(wrong.errors.contains("The sketch has no buffer Nothing; it has Seen."))
        let none = try home.play(
            "wait good\nreplace plain.frag\nwait good\nbuffer Seen\n",
            sketch: home.write("b.frag", picture))
        #expect(none.errors.contains("The sketch keeps no buffer."))
        let dead = try home.play(
            """
            wait good
            drill kill front
            buffer Seen rows 1
            """, sketch: sketch)
        #expect(dead.status == 0, "who comes after a death is asked: \(dead.errors)")
        #expect(dead.lines.count == 3)
    }

    @Test("a sketch that listens is told that sound is silence, another is told nothing")
    func silence() throws {
        defer { home.remove() }
        let listening = try home.write(
            "a.frag",
            """
            #version 410 core
            uniform sampler1D texFFT;
            uniform float fGlobalTime;
            layout(location = 0) out vec4 out_color;
            void main() { out_color = vec4(texture(texFFT, 0.5).r, fract(fGlobalTime), 0.0, 1.0); }

            """)
        try home.write(
            "b.frag", "void mainImage(out vec4 color, in vec2 pixel) { color = vec4(1.0); }\n")
        let done = try home.play(
            "wait good\nstatus\nopen b.frag\nwait good\nstatus\n", sketch: listening)
        #expect(done.status == 0, "\(done.errors)")
        #expect(done.lines.first?.contains("\"sound\":\"silence\"") == true)
        #expect(done.lines.last?.contains("sound") == false)
    }
}
