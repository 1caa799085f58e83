import Foundation
import Render
import Testing

/// Values that people tweak while a sketch runs.
@Suite(.serialized) struct ValueTests {
    let home: Home
    init() throws { home = try Home() }

    private func pixel(_ name: String) throws -> SIMD4<UInt8> {
        try Pixels(pngFile: home.path(name))[5, 5]
    }

    /// A flat picture: red by a value, green by what it is given, blue none.
    private func flat(_ declaration: String, _ red: String, green: String = "0.0") -> String {
        """
        \(declaration)
        void mainImage(out vec4 color, in vec2 pixel) {
            color = vec4(\(red), \(green), 0.0, 1.0);
        }

        """
    }

    @Test(
        "a value changes the picture at once, outlives an edit and a guest's death, and ends with its uniform"
    )
    func tweak() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", flat("uniform float glow = 0.2;", "glow"))
        try home.write("edited.frag", flat("uniform float glow = 0.2;", "glow", green: "1.0"))
        try home.write("without.frag", flat("", "0.0"))
        let done = try home.play(
            """
            wait good
            screenshot before.png
            set glow 1
            screenshot set.png
            replace edited.frag
            wait good
            screenshot edited.png
            drill kill front
            drill kill back
            screenshot killed.png
            replace without.frag
            wait good
            values
            replace edited.frag
            wait good
            screenshot again.png
            set glow 0.6
            set glow
            screenshot back.png
            """, sketch: sketch)
        #expect(done.status == 0, "\(done.errors)")
        #expect(done.output == "no values\n")
        #expect(try pixel("before.png") == SIMD4(51, 0, 0, 255))
        #expect(try pixel("set.png") == SIMD4(255, 0, 0, 255))
        #expect(try pixel("edited.png") == SIMD4(255, 255, 0, 255))
        #expect(try pixel("killed.png") == SIMD4(255, 255, 0, 255))
        #expect(try pixel("again.png") == SIMD4(51, 255, 0, 255), "it begins anew")
        #expect(try pixel("back.png") == SIMD4(51, 255, 0, 255))
    }

    @Test("a name that is half typed costs no value; another kind does")
    func halfTyped() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", flat("uniform float glow = 0.2;", "glow"))
        try home.write("other.frag", flat("uniform int glow = 0;", "float(glow)"))
        let done = try home.play(
            """
            wait good
            set glow 1
            goto 1:19
            type "ing"
            wait error
            undo
            wait good
            values
            replace other.frag
            wait good
            values
            undo
            wait good
            values
            """, sketch: sketch)
        #expect(done.status == 0, "\(done.errors)")
        let rows = done.lines.map { $0.split(separator: " ").prefix(3).map(String.init) }
        try #require(rows.count == 3)
        #expect(rows[0] == ["glow", "float", "1"])
        #expect(rows[1] == ["glow", "int", "0"])
        #expect(rows[2] == ["glow", "float", "0.2"])
    }

    /// ISF with an input of each kind that has limits.
    private let isf = """
        /*{ "INPUTS": [
            { "NAME": "level", "LABEL": "How bright", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0 },
            { "NAME": "mode", "TYPE": "long", "DEFAULT": 0, "VALUES": [0, 2], "LABELS": ["red", "green"] },
            { "NAME": "inverted", "TYPE": "bool", "DEFAULT": false },
            { "NAME": "tint", "TYPE": "color", "DEFAULT": [0.0, 0.0, 1.0, 1.0] }
        ] }*/
        void main() {
            float value = inverted ? 1.0 - level : level;
            gl_FragColor = vec4(mode == 0 ? value : 0.0, mode == 2 ? value : 0.0, tint.b, 1.0);
        }

        """

    @Test("inputs of ISF have ranges, names to choose from, and kinds")
    func inputs() throws {
        defer { home.remove() }
        let sketch = try home.write("a.fs", isf)
        let done = try home.play(
            """
            wait good
            values
            set level 7
            set mode green
            set inverted true
            set tint 0 0 0
            screenshot set.png
            set inverted off
            screenshot right.png
            """, sketch: sketch)
        #expect(done.status == 0, "\(done.errors)")
        #expect(
            done.output == """
                level     float  0.5      0 to 1          "How bright"
                mode      int    0        0 red, 2 green
                inverted  bool   0        0 or 1
                tint      color  0 0 1 1  0 to 1
                level goes from 0 to 1: it is 1 now

                """)
        #expect(try pixel("set.png") == SIMD4(0, 0, 0, 255))
        #expect(try pixel("right.png") == SIMD4(0, 255, 0, 255))
    }

    @Test(
        "wrong input says what would do",
        arguments: [
            ("set lvl 1", "no value 'lvl'; its values are level, mode, inverted, tint"),
            ("set level 1 2", "level is a float and takes 1 number, not 2"),
            ("set level much", "'much' is not a number"),
            ("set level nan", "'nan' is not a number"),
            ("set mode 1", "mode is one of 0 red, 2 green, not 1"),
            ("set mode 0.5", "mode takes whole numbers, not 0.5"),
            ("set tint 1 1", "tint is a color and takes 3 or 4 numbers, not 2"),
            ("set", "a value's name"),
        ])
    func wrong(line: String, message: String) throws {
        defer { home.remove() }
        let done = try home.play(
            "wait good\n\(line)\n", sketch: try home.write("a.fs", isf), size: "64x64")
        #expect(done.status == 1)
        #expect(done.errors.contains(message), "\(done.errors)")
    }

    @Test("an event is on for one frame")
    func event() throws {
        defer { home.remove() }
        // Each frame in which it is on adds 51 of 255 to the red.
        let sketch = try home.write(
            "a.fs",
            """
            /*{ "INPUTS": [ { "NAME": "bang", "TYPE": "event" } ],
                "PASSES": [ { "TARGET": "sum", "PERSISTENT": true, "FLOAT": true }, {} ] }*/
            void main() {
                vec4 old = IMG_THIS_PIXEL(sum);
                if (PASSINDEX == 0) gl_FragColor = vec4(old.r + (bang ? 0.2 : 0.0), 0.0, 0.0, 1.0);
                else gl_FragColor = vec4(old.rgb, 1.0);
            }

            """)
        let done = try home.play(
            """
            wait good
            set bang 1
            screenshot one.png
            screenshot still.png
            set bang 1
            screenshot two.png
            screenshot last.png
            """, sketch: sketch)
        #expect(done.status == 0, "\(done.errors)")
        #expect(try pixel("still.png") == SIMD4(51, 0, 0, 255))
        #expect(try pixel("last.png") == SIMD4(102, 0, 0, 255))
    }
}
