import Testing

@testable import GLSL

/// Whether a fragment stage's one loop counts; it has `head` before and `statement` in its `main`.
private func counts(_ head: String, _ statement: String) throws -> Bool {
    let text = """
        #version 450
        \(head)
        out vec4 c;
        void main() { float s = 0.;
        \(statement)
        c = vec4(s); }

        """
    return try guarded(text).loopGuard != nil
}

@Test(arguments: [
    // Macros that write a loop's variable.
    ("#define SET = 0", "for (int i = 0; i < 9; i++) { s += .1; i SET; }"),
    ("#define ADD ++", "for (int i = 9; i > 0; i--) { s += .1; ADD i; }"),
    ("#define ADD(x) ++", "for (int i = 9; i > 0; i--) { s += .1; ADD(s) i; }"),
    ("#define BACK i = 0", "for (int i = 0; i < 9; i++) { s += .1; BACK; }"),
    ("#define SET(x) x = 0", "for (int i = 0; i < 9; i++) { s += .1; SET(i); }"),
    ("#define INC(x) x--", "for (int i = 0; i < 9; i++) s += float(INC(1 + i));"),
    ("#define ID(x) x", "for (int i = 0; i < 9; i++) { s += .1; ID(i) = 0; }"),
    ("#define ID(x) x", "for (int i = 0; i < 9; i++) { s += .1; (ID(i)) = 0; }"),
    ("#define DOT .x", "for (int i = 0; i < 9; i++) { s += .1; i DOT = 0; }"),
    ("", "for (int i = 0; i < 9; i++) { s += .1; i.x = 0; }"),
    (
        "#define OUT out\nvoid take(OUT int x) { x = 0; }",
        "for (int i = 0; i < 9; i++) { s += .1; take(i); }"
    ),
    (
        "#define HEAD take(out int x)\nvoid HEAD { x = 0; }",
        "for (int i = 0; i < 9; i++) { s += .1; take(i); }"
    ),
    ("#define MORE true || s < 9.", "for (int i = 0; i < 9 && MORE; i++) s += 0.;"),
    // Numbers that a comparison takes for others.
    ("", "for (int i = 0; i < -3u; i++) s += .1;"), ("", "for (uint i = 0u; i < -1; i++) s += .1;"),
    ("", "for (int i = 5; i >= 0u; i--) s += .1;"), ("", "for (int i = -5; i < 3u; i++) s += .1;"),
    ("const uint N = 3u;", "for (int i = -5; i < N; i++) s += .1;"),
    ("const uint N = -3;", "for (uint i = 0u; i < N; i++) s += .1;"),
    ("#define N 3u", "for (int i = -5; i < N; i++) s += .1;"),
    ("", "for (uint i = 9u; i < 20u; i += -1) s += .1;"),
    // Names that are another's here.
    ("void f() { const int N = 4; }", "int a, N; N = 60000; for (int i = 0; i < N; i++) s += .1;"),
    (
        "#define INT int\nvoid f() { const int N = 4; }",
        "INT N; N++; for (int i = 0; i < N; i++) s += .1;"
    ),
    (
        "#define LOCAL(n) int n\nvoid f() { const int N = 4; }",
        "LOCAL(N); N++; for (int i = 0; i < N; i++) s += .1;"
    ),
    (
        "#define LOCALS int a, N\nvoid f() { const int N = 4; }",
        "LOCALS; N++; for (int i = 0; i < N; i++) s += .1;"
    ),
    (
        "const int N = 4;\nfloat f(float a, int N) { float s = 0.; for (int i = 0; i < N; i++) s++; return s; }",
        "s = f(s, 60000);"
    ),
    (
        "#define EACH(i) for (int i = 0; i < 9; i++)\nvoid f() { const int N = 4; }",
        "EACH(N) { N += 2; for (int i = 0; i < N; i++) s += .1; }"
    ),
    (
        "#define EACH(j, n) for (int j = 0; j < n--; j++)",
        "for (int i = 0; i < 9; i++) { EACH(k, 1 + i) s += .1; }"
    ),
    ("#define const", "const int N = 4; N += 60000; for (int i = 0; i < N; i++) s += .1;"),
    // Beginnings that may not be this loop's.
    (
        "int i = -2000000000;",
        "#ifdef NEVER\nint i = 0;\n#endif\nfor (; i < 9; i++) s += .1;"
    ),
    ("int i = -2000000000;", "if (s > 1.) int i = 0; for (; i < 9; i++) s += .1;"),
    // Parameters that are no number everywhere.
    (
        "float f(int n) { float s = 0.; for (int i = 0; i < n; i++) s += .1; return s; }",
        "s = f(int(gl_FragCoord.x));"
    ),
    (
        "float f(int n) { float s = 0.; for (int i = 0; i < n; i++) s += .1; return s; }",
        "s = f(4) + f(60000);"
    ),
    (
        "float f(int n) { float s = 0.; for (int i = 0; i < n; i++) s += .1; return s; }",
        "s = f(4 * 9000);"
    ),
    (
        "float f(int n) { float s = 0.; n += 9; for (int i = 0; i < n; i++) s += .1; return s; }",
        "s = f(4);"
    ),
    (
        "float f(int n) { float s = 0.; n++; for (int i = 0; i < n; i++) s += .1; return s; }",
        "s = f(4);"
    ),
    (
        "void g(out int n) { n = 60000; }\nfloat f(int n) { float s = 0.; g(n); for (int i = 0; i < n; i++) s += .1; return s; }",
        "s = f(4);"
    ),
    (
        "float f(int n) { float s = 0.; for (int i = 0; i < n; i++) s += .1; return s; }\n#define CALL f(60000)",
        "s = f(4) + CALL;"
    ),
    (
        "float f(int n) { float s = 0.; for (int i = 0; i < n; i++) s += .1; return s; }\n#define ARG 60000.",
        "s = f(s > .1 ? 4 : int(ARG));"
    ),
    (
        "float f(int n) { float s = 0.; { int n; n; for (int i = 0; i < n; i++) s += .1; } return s; }",
        "s = f(4);"
    ),
    (
        "float f(int n, float a) { return a; }\nfloat f(float a, int n) { float s = 0.; for (int i = 0; i < n; i++) s += .1; return s; }",
        "s = f(4, .1) + f(.1, int(s) + 60000);"
    ),
    (
        "float f(int n) { float s = 0.; for (int i = 0; i < n; i++) s += .1; return s; }\n#define ADD s +=",
        "s = f(4); ADD f(60000);"
    ),
    (
        "float f(int n) { float s = 0.; for (int i = 0; i < n; i++) s += .1; return s; }",
        "int y = 1000000000; s = f(y += true ? 4 : 5);"
    ),
    (
        "float f(int n) { float s = 0.; for (int i = 0; i < n; i++) s += .1; return s; }\n#define P true ? 1000000000 :",
        "s = f(P false ? 4 : 5);"
    ),
    // Whiles whose step may be passed by, or is another variable's.
    ("", "int k = 9; while (k > 0) { if (s > .1) continue; k--; }"),
    ("#define NEXT continue", "int k = 9; while (k > 0) { if (s > .1) NEXT; k--; }"),
    ("", "int k = 9; while (k > 0) { int k; k--; }"),
    ("", "int k = 9; while (k > 0) { int a, k; k--; }"),
    ("", "int k = 9; while (k > 0) { s += .1; if (s > 2.) k--; }"),
    ("", "int k = 9; while (k > 0) { if (s > 2.) s += .1; else k--; }"),
    ("#define IF if (s > 2.)", "int k = 9; while (k > 0) { s += .1; IF k--; }"),
    ("", "int k = 9; while (k > 0) { k = 9; k--; }"),
    ("", "int k = 9; while (k > 0 || s < .1) { k--; }"),
    ("", "int k = 9; while (k > 0) k = 8;"), ("", "int k = 9; s += .1; while (k > 0) { k--; }"),
    ("", "int k = 9; while (k > 0) { for (; s < 2.; s += .1) k--; }"),
])
func whatMayMakeALoopLongerMakesItCount(_ head: String, _ statement: String) throws {
    #expect(try counts(head, statement))
}

@Test(arguments: [
    ("#define N 9", "for (int i = 0; i < N; i++) s += float(i) * .1;"),
    ("const int N = 4;", "for (int i = 0; i < N; i++) s += float(N - i);"),
    ("const int N = 4, M = 3;", "for (int i = 0; i < N; i++) s += max(s, float(i));"),
    ("const float N = 4;", "for (float i = 0; i < N; i++) s += sin(i);"),
    ("const uint N = 4u;", "for (uint i = 0u; i < N; i += 1u) s += .1;"),
    (
        "#define rot(a) mat2(cos(a), sin(a), -sin(a), cos(a))",
        "for (float i = 0.; i < 4.; i++) s += rot(i * .1)[0].x;"
    ),
    (
        "#define rot(a) mat2(cos(a), sin(a), -sin(a), cos(a))",
        "for (float i = 0.; i < 4.; i++) s += rot(i)[0].x;"
    ),
    ("#define REP(i, n) for (int i = 0; i < n; i++)\nconst int N = 3;", "REP(i, N) s += .1;"),
    ("#define MOST (4)", "for (int i = 0; i < 9 && s < float(MOST) && i < MOST; i++) s += .1;"),
    ("", "int i = 0; for (; i < 9; i++) s += .1;"),
    ("", "int k = 9; while (k > 0 && s < .5) { s += .1; k--; }"),
    ("const int N = 5;", "int k = N - 0; s = .1; int j = 3; while (j >= 0) { s += .1; j -= 1; }"),
    ("", "int k = 9; while (k > 0) { if (s > .3) { s -= .1; } --k; }"),
    ("", "int k = 9; while (k > 0) { --k; }"),
    (
        "#define NEAREST 6",
        "int k = NEAREST - 1; while (k > 0 && s < float(k - 1)) { s += .1; k--; }"
    ),
    ("const int N = 4;", "for (int i = 0; i < N + 1; i++) s += float(i);"),
    (
        "float f(vec3 p, int n) { float s = 0.; for (int i = 0; i < n; i++) s += p.x; return s; }",
        "s = f(vec3(.1, .2, s), s < 6. ? 4 : 3) + f(vec3(.2), 2);"
    ),
])
func whatIsPlainlyShortStaysUncounted(_ head: String, _ statement: String) throws {
    #expect(try !counts(head, statement))
}

@Test func aShadertoyTextMayCallAnythingBuffer() throws {
    let source = SketchSource(
        stages: [
            .fragment: StageText(
                text: """
                    void mainImage(out vec4 c, vec2 p) {
                        float buffer = 0.;
                        while (buffer < p.x) buffer += 0.;
                        c = vec4(buffer);
                    }

                    """, file: "a")
        ], name: "a")
    let program = LoopGuard.guarded(try Assembler.assemble(source).get())
    let stage = try #require(program.passes[0].stages.first { $0.stage == .fragment })
    #expect(stage.unguarded.isEmpty)
    #expect(stage.loopGuard?.channel == .replay)
}

@Test(arguments: [
    ("layout", GuardReport.Channel.replay), ("uint", .replay), ("std430", .replay),
    ("main", .silent), ("discard", .silent), ("highp", .storage(binding: 7)),
    ("vec4", .storage(binding: 7)),
])
func aWordThatOnlyAReportNeedsCostsTheReportAlone(_ word: String, _ channel: GuardReport.Channel)
    throws
{
    let stage = try guarded(
        "#version 450\n#define \(word) \(word)\nout vec4 c;\nvoid main() { while (c.x < 1.) c.x = 0.; }\n"
    )
    #expect(stage.unguarded.isEmpty)
    #expect(stage.loopGuard?.channel == channel)
}

@Test(arguments: [
    ("layout(binding = 7) buffer A { int a; };", GuardReport.Channel.storage(binding: 6)),
    ("// binding of colours\nlayout(binding = 0) buffer A { int a[3]; } b;", .storage(binding: 7)),
    ("#define SLOT 7\nlayout(binding = SLOT) buffer A { int a; };", .replay),
    ("layout(binding = 0x7) buffer A { int a; };", .replay),
    ("layout(binding = 07) buffer A { int a; };", .replay),
    ("layout(binding = 3+4) buffer A { int a; };", .replay),
    ("layout(binding = 3) buffer A { int a; } b[5];", .replay),
    ("#define PLACE(n) binding = n\nlayout(PLACE(7)) buffer A { int a; };", .replay),
    ("#define binds binding\nlayout(binds = 7) buffer A { int a; };", .replay),
    (
        (0...7).map { "layout(binding = \($0)) buffer A\($0) { int a\($0); };" }
            .joined(separator: "\n"), .replay
    ),
])
func theReportNeverTakesAUsersBinding(_ head: String, _ channel: GuardReport.Channel) throws {
    let stage = try guarded(
        "#version 450\n\(head)\nout vec4 c;\nvoid main() { while (c.x < 1.) c.x = 0.; }\n")
    #expect(stage.loopGuard?.channel == channel)
}

@Test func theReportsBlockIsKnownAsOurs() throws {
    let stage = try guarded(
        "#version 450\nout vec4 c;\nvoid main() { while (c.x < 1.) c.x = 0.; }\n")
    #expect(stage.text.contains("buffer phosphor_guard_phg_B{"))
}

/// Texts that are written to be slow to read are read in time by their length: what takes a second here took hours.
@Test(
    .timeLimit(.minutes(5)),
    arguments: [
        String(repeating: "#define N 1\n", count: 1300) + "void main() {\n"
            + String(repeating: "for (int i = N; i < N; i += N) {}\n", count: 200) + "}\n",
        String(repeating: "#define N 1\n", count: 10_000)
            + "float f(int n) { return 1.; }\nvoid main() {\n"
            + String(repeating: "f(N);\n", count: 10_000) + "}\n",
        "float f(" + Array(repeating: "int a", count: 20_000).joined(separator: ", ")
            + ") { return 1.; }\nvoid main() {\n" + String(repeating: "f();\n", count: 20_000)
            + "}\n",
        "#define M(a) a\nconst int N = 1;\nvoid main() { M("
            + Array(repeating: "N", count: 100_000).joined(separator: ", ") + "); }\n",
        "void main() {\n" + String(repeating: "int k = 0; while (k < 3) {\n", count: 5000)
            + String(repeating: "k++; }\n", count: 5000) + "}\n",
    ])
func hostileTextsAreReadInTimeByTheirLength(_ text: String) throws {
    _ = try guarded("#version 450\n" + text)
}
