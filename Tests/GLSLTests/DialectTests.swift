import GLSL
import Testing

@Test func mainImageInACommentTellsNothing() {
    let text = "// void mainImage(out vec4 c, in vec2 p) {}\nvoid main() {}\n"
    #expect(Dialect.recognise(stages: [.fragment: text]) == .plain)
}
