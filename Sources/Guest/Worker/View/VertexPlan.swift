import CEpoxy

/// How often a pass's vertex stage runs, and what becomes of its vertices.
///
/// A stage says so in a comment: `// @vertices 36`, or `// @vertices 36 triangles 500` for 500 instances. The kinds are
/// `points`, `lines`, `line-strip`, `triangles` and `triangle-strip`. Such a pass draws with a depth buffer. Without the
/// comment it is one triangle, and no depth.
struct VertexPlan: Equatable {
    var mode = GLenum(GL_TRIANGLES)
    var count = 3
    var instances = 1
    /// Whether nearer vertices hide farther ones.
    var hasDepth = false

    /// One triangle.
    init() {}

    /// What the first `@vertices` says; nil where there is none.
    ///
    /// `@` stands nowhere in GLSL but in comments, so that drivers never see it.
    init?(text: String) {
        guard let mark = text.firstRange(of: "@vertices") else { return nil }
        let line = text[mark.upperBound...].prefix { !$0.isNewline }
        var numbers: [Int] = []
        for word in line.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "," }) {
            if let number = Int(word) {
                numbers.append(number)
            } else if let mode = Self.modes[String(word)] {
                self.mode = GLenum(mode)
            } else {
                break
            }
        }
        guard let first = numbers.first else { return nil }
        count = max(1, min(first, Self.limit))
        instances = numbers.count > 1 ? max(1, min(numbers[1], Self.limit / count)) : 1
        hasDepth = true
    }

    /// The most vertices of a pass, all instances together: what a card draws in some milliseconds.
    static let limit = 16 << 20

    private static let modes: [String: Int32] = [
        "points": GL_POINTS, "lines": GL_LINES, "line-strip": GL_LINE_STRIP,
        "triangles": GL_TRIANGLES, "triangle-strip": GL_TRIANGLE_STRIP,
    ]

    /// Draws with the current program; patches where it tessellates.
    func draw(tessellates: Bool) {
        if tessellates { glPatchParameteri(GLenum(GL_PATCH_VERTICES), 3) }
        let mode = tessellates ? GLenum(GL_PATCHES) : mode
        if instances == 1 {
            glDrawArrays(mode, 0, GLsizei(count))
        } else {
            glDrawArraysInstanced(mode, 0, GLsizei(count), GLsizei(instances))
        }
    }
}
