import GLSL

/// Programs for the tests.
enum Shaders {
    /// A fragment stage without a version, through the assembler.
    static func fragment(_ text: String) throws -> AssembledProgram {
        try assemble([.fragment: text])
    }

    static func assemble(_ stages: [Stage: String]) throws -> AssembledProgram {
        let texts = stages.mapValues { StageText(text: $0, file: "test") }
        return try Assembler.assemble(SketchSource(stages: texts, name: "test")).get()
    }

    /// A flat colour, in bytes.
    ///
    /// The comment keeps programs of equal colours apart.
    static func flat(_ red: Int, _ green: Int, _ blue: Int, note: String = "") throws
        -> AssembledProgram
    {
        try fragment(
            """
            out vec4 color; // \(note)
            void main() { color = vec4(\(red), \(green), \(blue), 255) / 255.0; }
            """)
    }

    /// Draws for longer than any test waits: some ten seconds for a picture of 32x16 pixels.
    ///
    /// No loop is endless on llvmpipe, which ends an invocation after 65,535 rounds; but those can be made long.
    static func endless() throws -> AssembledProgram { try endlessAfter(-1) }

    /// Draws blue at once until the clock shows `seconds`, and from then on for ten seconds.
    static func endlessAfter(_ seconds: Double) throws -> AssembledProgram {
        try fragment(
            """
            #define A a = sin(a * 1.0001 + float(i));
            #define B A A A A A A A A
            #define C B B B B B B B B
            out vec4 color;
            void main() {
                float a = gl_FragCoord.x;
                int n = iTime < float(\(seconds)) ? 1 : 65000;
                for (int i = 0; i < n; i++) { C }
                color = vec4(0, 0, 1, 1) + a * 1e-9;
            }
            """)
    }
}
