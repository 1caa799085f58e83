import GLSL
import Testing

@Suite("The budget that a source asks for")
struct FrameBudgetTests {
    @Test(
        "Only comments count, and the last one",
        arguments: [
            ("// @budget 12\nvoid main() {}", FrameBudget.milliseconds(12)),
            ("/* @budget 8.5ms */", .milliseconds(8.5)), ("//@budget 3", .milliseconds(3)),
            ("// @budget 12\n// @budget off", .off), ("/*\n * @budget 4\n */", .milliseconds(4)),
            ("// @budget 2 then @budget 6", .milliseconds(6)), ("// @budget off.", .off),
            ("// @budget 7\r\nvoid main() {}", .milliseconds(7)),
            ("float x; // half as much: \\\n@budget 5", .milliseconds(5)),
        ])
    func found(text: String, budget: FrameBudget) {
        #expect(FrameBudget.note(in: text) == budget)
    }

    @Test(
        "Everything else is no budget",
        arguments: [
            "", "@budget 12", "// @budget", "// @budget twelve", "// @budgets 4", "// @budget -4",
            "// @budget 0", "// @budget 1e99", "int @budget = 4; // no", "#define B @budget 4",
        ])
    func none(text: String) {
        #expect(FrameBudget.note(in: text) == nil)
    }

    @Test("The entry is where a program begins, the fragment stage's first")
    func entry() {
        func entry(_ stages: [Stage: String]) -> String? {
            let texts = stages.mapValues { StageText(text: $0, file: "f") }
            return SketchSource(stages: texts, name: "s").entry.map {
                "\($0.stage.rawValue):\($0.line)"
            }
        }
        #expect(
            entry([.fragment: "// main()\n\nvoid main() {}", .vertex: "void main() {}"]) == "frag:3"
        )
        #expect(
            entry([.fragment: "float main2() {}\nvoid mainImage(out vec4 c, vec2 p) {}"])
                == "frag:2")
        #expect(entry([.vertex: "\nvoid main () {}"]) == "vert:2")
        #expect(entry([.fragment: "float x;"]) == nil)
    }
}
