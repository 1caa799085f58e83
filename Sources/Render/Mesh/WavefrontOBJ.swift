/// Triangles out of a Wavefront OBJ file (Alias|Wavefront's appendix B1): `v`, `vt`, `vn` and `f`.
///
/// Polygons become fans around their first corner. Corners without a normal get the mean of the faces around their
/// place, larger ones counting more. Names, groups, smoothing, materials, points and lines are passed over; so is what
/// nobody knows, with a word about it. Numbers count from 1, or, below 0, back from the newest.
///
/// Limitations: free-form curves and surfaces are no triangles; polygons are taken to be convex.
public struct WavefrontOBJ: Equatable, Sendable {
    /// Eight numbers a vertex: place, normal, place in textures; each combination that faces name stands there once.
    public private(set) var vertices: [Float] = []
    /// Three vertices a triangle, by number.
    public private(set) var indices: [UInt32] = []
    /// What was passed over although somebody may miss it.
    public private(set) var warnings: [Mistake] = []

    /// Something that is wrong in a file.
    public struct Mistake: Error, Equatable, Sendable {
        /// The line, from 1.
        public var line: Int
        /// What is wrong with it, for people.
        public var message: String
    }

    /// All that is wrong in a file; at least one mistake.
    public struct Refusal: Error, Equatable, Sendable {
        /// The first ones, in order.
        public var mistakes: [Mistake]
    }

    /// The most bytes of a file.
    public static let byteLimit = 128 << 20
    /// The most vertices, and the most triangles.
    public static let limit = 4 << 20
    /// The most words of a statement: a polygon with more corners is none.
    static let mostWords = 65_536
    /// How many mistakes are told.
    static let mostMistakes = 8

    /// Reads a file's bytes.
    ///
    /// - Throws: `Refusal` where anything is wrong with what it draws.
    public init(_ bytes: [UInt8]) throws(Refusal) {
        var reader = OBJReader(bytes)
        reader.read()
        guard reader.mistakes.isEmpty else { throw Refusal(mistakes: reader.mistakes) }
        (vertices, indices) = reader.mesh()
        warnings = reader.warnings
    }
}
