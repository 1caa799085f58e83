import CEpoxy

/// A pass's compute stage: a GL program of its own, run before each of the pass's pictures.
final class ComputeStage {
    let name: GLuint = glCreateProgram()
    var uniforms: [ActiveUniform] = []
    /// Groups in x, y and z, where the source names them.
    private let groups: [Int]?

    /// - Parameter text: the stage's source, which may say `// @groups X Y Z` in a comment.
    init(text: String) { groups = Self.groups(in: text) }

    deinit { glDeleteProgram(name) }

    /// Runs it over the whole picture, or one group of it, and makes what it wrote visible to what follows.
    func run(width: Int, height: Int, isSmall: Bool) {
        var local: [GLint] = [1, 1, 1]
        glGetProgramiv(name, GLenum(GL_COMPUTE_WORK_GROUP_SIZE), &local)
        let covering = [(width, local[0]), (height, local[1])].map { size, side in
            (size + Int(max(1, side)) - 1) / Int(max(1, side))
        }
        let counts = isSmall ? [1, 1, 1] : groups ?? covering + [1]
        glDispatchCompute(GLuint(counts[0]), GLuint(counts[1]), GLuint(counts[2]))
        glMemoryBarrier(GLbitfield.max)
    }

    /// The numbers behind the first `@groups`, each from 1 to what every driver takes; nil where there is none.
    ///
    /// `@` stands nowhere in GLSL but in comments, so that drivers never see it.
    static func groups(in text: String) -> [Int]? {
        guard let mark = text.firstRange(of: "@groups") else { return nil }
        let line = text[mark.upperBound...].prefix { !$0.isNewline }
        let numbers = line.split { $0 == " " || $0 == "\t" || $0 == "," }
            .prefix { Int($0) != nil }.prefix(3).compactMap { Int($0) }
        guard !numbers.isEmpty else { return nil }
        return (numbers + [1, 1]).prefix(3).map { max(1, min($0, 65_535)) }
    }
}
