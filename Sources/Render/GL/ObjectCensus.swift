import CEpoxy

/// How many objects of each sort a context holds, for whoever looks for leaks.
public struct ObjectCensus: Sendable, Equatable {
    /// The sorts that are counted, in the order of `counts`.
    public static let sorts = [
        "textures", "buffers", "programs", "shaders", "framebuffers", "vertex arrays", "queries",
    ]

    /// One number for each of `sorts`.
    public var counts: [Int]

    /// A census that was taken elsewhere.
    public init(counts: [Int]) { self.counts = counts }

    /// Counts the names from 1 to 9,999 that are objects in the current context: drivers hand them out from 1 up.
    ///
    /// Takes some milliseconds.
    public static func current() -> ObjectCensus {
        let tests: [(GLuint) -> GLboolean] = [
            { glIsTexture($0) }, { glIsBuffer($0) }, { glIsProgram($0) }, { glIsShader($0) },
            { glIsFramebuffer($0) }, { glIsVertexArray($0) }, { glIsQuery($0) },
        ]
        return ObjectCensus(
            counts: tests.map { isOne in (1..<10_000).count { isOne(GLuint($0)) != 0 } })
    }
}
