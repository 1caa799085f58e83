import GLSL
import Testing

@testable import Phosphor

/// What is wrong with a `sketch.toml`: told on its line, with what is allowed there.
struct PlanMistakeTests {
    /// A text, the line of its mistake, whether it is only warned of, and words of the message.
    struct Case: Sendable, CustomTestStringConvertible {
        var text: String
        var line: Int
        var isWarning: Bool
        var words: String
        var testDescription: String { text }

        init(_ text: String, _ line: Int, _ words: String, isWarning: Bool = false) {
            (self.text, self.line, self.words, self.isWarning) = (text, line, words, isWarning)
        }

        /// A mistake in the third line of the pass that is shown.
        static func pass(_ text: String, _ words: String, isWarning: Bool = false) -> Case {
            Case("[[pass]]\nname = \"image\"\n\(text)\n", 3, words, isWarning: isWarning)
        }
    }

    private static func times(_ text: String, _ count: Int) -> String {
        String(repeating: text, count: count)
    }
    /// A key of so many parts.
    private static func dots(_ count: Int) -> String {
        Array(repeating: "b", count: count).joined(separator: ".")
    }

    private static let forms = [
        // TOML itself.
        Case("dialect = \n", 1, "the value of dialect is missing: the line ends"),
        Case("[[pass]\nname = \"a\"\n", 1, "']]' is missing"),
        Case("dialect = plain\n", 1, "a text stands in quotes"),
        Case("dialect = \"plain\n", 1, "never closed: end it with \""),
        Case("a = [1,\n  , 2]\n", 2, "is missing: here is ','"),
        Case("a = [1\n", 1, "never closed"),
        Case("dialect \"plain\"\n", 1, "'=' is missing"), Case("= 3\n", 1, "a key is missing"),
        Case("a = 1 b = 2\n", 1, "where the line should end"),
        Case("a = 007\n", 1, "'007' is no value"),
        Case("größe = 1\n", 1, "stand in quotes"), Case("a = { b = 1,\n}\n", 1, "a key is missing"),
        Case("\n[!]\n", 2, "a table's name is missing"),
        Case("a = 1\na = 2\n", 2, "cannot redefine 'a': line 1 has it"),
        Case("a = 1\n[b]\n[a.c]\n", 3, "cannot redefine 'a': line 1 has it"),
        Case("[a.b]\n[a]\n[a]\n", 3, "cannot redefine 'a'"),
        Case("[a]\nb.c = 1\n[a.b]\n", 3, "cannot redefine 'b': line 2 has it"),
        Case("a = {b = 1}\na.c = 2\n", 2, "cannot redefine 'a': line 1 has it"),
        Case("a = [{}]\n[[a]]\n", 2, "cannot redefine 'a': line 1 has it"),
        Case("a = 9223372036854775808\n", 1, "more than a whole number"),
        Case("a = \(times("[", 33))\n", 1, "too deep in each other"),
        Case("a = \(times("{\(dots(8)) = ", 5))\n", 1, "too deep in each other"),
        Case("\n[\(dots(20))]\n\(dots(20)) = 1\n", 3, "too deep in each other"),
        Case("a = 1\n[[\(dots(32))]]\n", 2, "too deep in each other"),
        Case("dialect = \"plain\"\nx\u{0}y = 1\n", 2, "control character"),
        Case("# \(String(repeating: "long ", count: 14_000))\n", 1, "more than 64 KB"),
        // The whole.
        Case("dialect = \"shadertyo\"\n", 1, "did you mean 'shadertoy'?"),
        Case("dialect = 3\n", 1, "dialect is a name in quotes"),
        Case("include = \"lib\"\n", 1, "include is a list of folders"),
        Case("include = [\"lib\",\n  3]\n", 2, "include is a list of folders"),
        Case("\n[pas]\nname = \"a\"\n", 2, "did you mean 'pass'?", isWarning: true),
        Case("colour = 1\n", 1, "there are dialect, include", isWarning: true),
        // Passes.
        Case("pass = 1\n", 1, "pass is a list of tables"),
        Case("[pass]\nname = \"image\"\n", 1, "passes have two brackets"),
        Case("[[pass]]\nformat = \"rgba8\"\n", 1, "this pass has no name"),
        Case("[[pass]]\nname = \"\"\n", 2, "not an empty text"),
        Case("[[pass]]\nname = \"image\"\n[[pass]]\nname = \"image\"\n", 4, "was there before"),
        Case("[[pass]]\nname = \"imgae\"\n", 2, "did you mean 'image'?", isWarning: true),
        Case(
            (0..<66).map { "[[pass]]\nname = \"p\($0)\"\n" }.joined(), 129, "more than 64 passes"),
        .pass("sise = [1, 1]", "did you mean 'size'?", isWarning: true),
        .pass("size = 512", "size is width and height"),
        .pass("size = [1, 2, 3]", "size is width and height"),
        .pass("size = [0, 4]", "from 1 to 8192 pixels; 0 is out of that"),
        .pass("size = [4, 10000]", "10000 is out of that"),
        .pass("size = [nan, 4]", "a side is a number"),
        .pass("size = [\"$WIDTH /\", 4]", "in the size '$WIDTH /'"),
        .pass("size = [\"system(1)\", 4]", "no function \"system\""),
        .pass(
            "size = [\"\(String(repeating: "1+", count: 99))1\", 4]",
            "more operations in each other"
        ),
        .pass("format = \"rgba64f\"", "did you mean 'rgba16f'?"),
        .pass("format = \"rgba32ui\"", "cannot be of rgba32ui"),
        .pass("persistent = 1", "persistent is true or false, not a number"),
        .pass("samples = 3", "samples is 1, 2, 4 or 8"),
        .pass("depth = \"yes\"", "depth is true or false"),
        .pass("blend = \"ad\"", "did you mean 'add'?"),
        .pass("blend = true", "blend is one of \"off\""),
        .pass("cull = \"bakc\"", "did you mean 'back'?"),
        .pass("clear = [0, 0]", "clear is a list of 3 or 4 numbers"),
        .pass("clear = \"black\"", "clear is a list of 3 or 4 numbers"),
        .pass("instances = 0", "from 1 to 16777216; 0 is out of that"),
        .pass("instances = 1.5", "a whole number"),
        .pass("geometry = \"cone\"", "there is no geometry 'cone'"),
        .pass("geometry = 3", "geometry is \"picture\""),
        .pass("geometry = {}", "geometry is \"picture\""),
        .pass("geometry = { points = 3, sphere = 9 }", "one thing, not several"),
        .pass("geometry = { pionts = 3 }", "did you mean 'points'?", isWarning: true),
        .pass("geometry = { points = -3 }", "-3 is out of that"),
        .pass("geometry = { points = 99999999 }", "99999999 is out of that"),
        .pass("geometry = { grid = [4000, 4000] }", "96000000 vertices, all instances together"),
        .pass("geometry = { grid = 4 }", "grid is two numbers"),
        .pass("geometry = { sphere = 1 }", "segments from pole to pole"),
        .pass("geometry = { patches = [10, 33] }", "33 is out of that"),
        .pass("geometry = { patches = [10, 4] }", "has none: add a .tese"),
        .pass("geometry = { mesh = \"rock\" }", "there is no mesh 'rock'"),
        .pass("geometry = { vertices = 3, as = \"trianlges\" }", "did you mean 'triangles'?"),
        .pass("geometry = { points = 3, as = \"lines\" }", "'as' goes with", isWarning: true),
        .pass("geometry = { feedback = \"flow\" }", "no pass captures into flow"),
        .pass("indirect = 4", "indirect is the name of a buffer"),
        .pass("indirect = \"arguments\"", "there is no buffer arguments"),
        .pass("capture = { varyings = [\"a\"] }", "capture lacks 'buffer'"),
        .pass("capture = { varyings = [], buffer = \"b\" }", "a list of 1 to 64 names"),
        .pass("capture = { varyings = [\"a\", \"a\"], buffer = \"b\" }", "stands here twice"),
        .pass("capture = { varyings = [\"away\"], buffer = \"b\" }", "has a varying away"),
        .pass("capture = [1]", "capture is a table"),
        .pass("dispatch = \"all\"", "dispatch is [64, 1, 1], \"cover\""),
        .pass("dispatch = [1, 2]", "here are 2 numbers"),
        .pass("dispatch = [0, 1, 1]", "0 is out of that"),
        .pass("dispatch = [70000, 1, 1]", "from 1 to 65535"),
        .pass("dispatch = [1, 1, 1]", "has no compute stage", isWarning: true),
        .pass("inputs = \"a\"", "inputs is a table of samplers"),
        .pass("inputs = { some = 3 }", "an input is a name in quotes"),
        .pass("inputs = { some = { filter = \"linear\" } }", "an input is a name in quotes"),
        .pass("inputs = { some = { pass = \"a\", own = \"noise\" } }", "one picture, not several"),
        .pass("inputs = { some = { texture = \"wall\" } }", "there is no texture 'wall'"),
        .pass("inputs = { some = { own = \"nois\" } }", "did you mean 'noise'?"),
        .pass("inputs = { some = { pass = \"a\", filter = \"best\" } }", "there is no filter"),
        .pass("inputs = { some = { pass = \"a\", wrap = 1 } }", "wrap is one of"),
        .pass("inputs = { some = \"imag\" }", "did you mean 'image'?", isWarning: true),
        .pass("inputs = { away = \"image\" }", "has no sampler away", isWarning: true),
        .pass("depth = 1979-05-27", "is a date"),
        // What it brings along.
        Case("texture = \"a.png\"\n", 1, "texture is a table of names"),
        Case("[texture]\nwall = 3\n", 2, "the path of a PNG or a JPEG"),
        Case("[texture]\nwall = [\"a.png\"]\n", 2, "six files, +x -x +y -y +z -z; here is 1"),
        Case("[texture]\nwall = { filter = \"linear\" }\n", 2, "a texture needs a file"),
        Case("[texture]\nwall = \"a.png\"\n", 2, "nothing reads the texture", isWarning: true),
        Case("[mesh]\nrock = [1]\n", 2, "a Wavefront OBJ file"),
        Case("[buffer]\nflow = 3\n", 2, "a buffer is a table"),
        Case("[buffer.flow]\nbytes = 0\n", 2, "from 4 to 268435456; 0 is out of that"),
        Case("[buffer.flow]\nbytes = 300000000\n", 2, "300000000 is out of that"),
        Case("[buffer.flow]\nbytes = 64\nlife = \"long\"\n", 3, "there is no life 'long'"),
        Case("[buffer.flow]\nbytes = 64\n", 1, "nothing uses the buffer flow", isWarning: true),
        Case("[image.paint]\nformat = \"rgb8\"\n", 2, "did you mean 'rgba8'?"),
        Case("[image.paint]\nsize = [4]\n", 2, "size is width and height"),
        Case("[image.paint]\n", 1, "nothing uses the image paint", isWarning: true),
        Case("[value.speed]\nbegin = \"fast\"\n", 2, "begin is a number"),
        Case("[value.speed]\nbegin = [1, 2, 3, 4, 5]\n", 2, "a list of at most 4"),
        Case("[value.speed]\nleast = 4\nmost = 1\n", 1, "more than its most, 1"),
        Case("[value.speed]\nbegin = [1, 2]\n", 1, "speed has one number", isWarning: true),
        Case("[value.speed]\nkind = \"color\"\n", 1, "and no color", isWarning: true),
        Case("[value.speed]\nchoices = [1]\n", 2, "choices is a list of names"),
        Case("[value.sped]\nbegin = 1\n", 1, "did you mean 'speed'?", isWarning: true),
    ]

    private let shader = """
        #version 450
        uniform sampler2D some;
        uniform float speed;
        out vec4 c;
        void main() { c = texture(some, vec2(0)) * speed; }

        """

    @Test("what cannot be drawn is told however much there is to warn of")
    func manyWarnings() {
        let unknown = (0..<300).map { "x\($0) = 1\n" }.joined()
        let plan = PlanReader.read(
            unknown + "[[pass]]\nname = \"image\"\nsamples = 3\n", file: "sketch.toml")
        #expect(plan.problems.count == 100)
        let errors = plan.problems.filter { $0.severity == .error }
        #expect(errors.map(\.line) == [303])
    }

    /// What is said of a sketch that has this shader, and a text as its `sketch.toml`.
    private func said(_ text: String) -> [Diagnostic] {
        var source = SketchSource(
            stages: [.fragment: StageText(text: shader, file: "image.frag")], name: "a")
        source.plan = PlanReader.read(text, file: "sketch.toml")
        source.toleratesPlan = true
        switch Assembler.assemble(source) {
        case .success(let program): return program.notices
        case .failure(let error): return error.diagnostics
        }
    }

    @Test(arguments: forms) func told(form: Case) {
        let own = said(form.text)
        #expect(
            own.contains {
                $0.file == "sketch.toml" && $0.line == form.line
                    && $0.message.contains(form.words)
                    && $0.severity == (form.isWarning ? .warning : .error)
            }, "should say '\(form.words)' on line \(form.line): \(own)")
        if form.isWarning { #expect(!own.contains { $0.severity == .error }, "\(own)") }
    }
}
