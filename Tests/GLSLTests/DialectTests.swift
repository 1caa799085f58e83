import GLSL
import Testing

private func dialect(_ text: String) -> Dialect {
    Dialect.recognise(stages: [.fragment: text])
}

@Test(arguments: [
    "void mainImage(out vec4 c, in vec2 p) { c = vec4(1.0); }",
    "float f() {\nvoid  mainImage\n(out vec4 c, vec2 p)\n{}",
    "#version 300 es\nvoid mainImage( out vec4 c, in vec2 p",
    "void mainVR(out vec4 c, in vec2 p, in vec3 o, in vec3 d) {}",
])
func aDefinitionOfMainImageIsShadertoys(_ text: String) {
    #expect(dialect(text) == .shadertoy)
}

@Test(arguments: [
    "",
    "void main() {}",
    "// void mainImage(out vec4 c, in vec2 p) {}\nvoid main() {}",
    "/* void mainImage(out vec4 c, in vec2 p) {} */",
    "void mainImage(out vec4 c, in vec2 p);",
    "void mainImage(out vec4 c, in vec2 p) {}\nvoid main() { mainImage(gl_FragColor, p); }",
    "void mainImages(out vec4 c, in vec2 p) {}",
])
func aMentionOfMainImageTellsNothing(_ text: String) {
    #expect(dialect(text) == .plain)
}

@Test func everyDialectHasATitle() {
    #expect(Dialect.allCases.allSatisfy { !$0.title.isEmpty })
    #expect(Dialect.shadertoy.title == "Shadertoy")
}

@Test func uniformsAreKnownByName() {
    #expect(BuiltinUniform.named("iTime") == .time)
    #expect(BuiltinUniform.named("iGlobalTime") == .time)
    #expect(BuiltinUniform.named("iChannelTime[0]") == .channelTime)
    #expect(BuiltinUniform.named("uSpeed") == nil)
    for name in ["pointer", "u_time", "time", "phosphor"] {
        #expect(BuiltinUniform.named(name) == nil)
    }
}
