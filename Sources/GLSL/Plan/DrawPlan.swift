/// What a pass draws, and how.
public struct DrawPlan: Codable, Sendable, Hashable {
    /// What vertices there are.
    public var geometry: Geometry
    /// How often it is drawn, `gl_InstanceID` telling which; at least 1.
    public var instances: Int
    /// Whether nearer things hide farther ones.
    public var hasDepth: Bool
    /// How a colour is mixed with what lies under it.
    public var blend: Blend
    /// Which sides of triangles are left out.
    public var cull: Cull
    /// Samples a pixel: 1, 2, 4 or 8.
    public var samples: Int
    /// The colour the target begins with in each frame; nil where it keeps what it has.
    public var clear: SIMD4<Float>?
    /// The buffer whose bytes say how much is drawn (`DrawArraysIndirectCommand`, or with indices
    /// `DrawElementsIndirectCommand`; OpenGL 4.5 core, 10.3.11); nil for what `geometry` says.
    public var indirect: String?
    /// Varyings that are kept in a buffer (transform feedback; OpenGL 4.5 core, 13.2).
    public var capture: CapturePlan?

    /// A plan; one triangle over the whole picture unless told otherwise.
    public init(
        geometry: Geometry = .picture, instances: Int = 1, hasDepth: Bool = false,
        blend: Blend = .off, cull: Cull = .off, samples: Int = 1, clear: SIMD4<Float>? = nil,
        indirect: String? = nil, capture: CapturePlan? = nil
    ) {
        (self.geometry, self.instances, self.hasDepth) = (geometry, instances, hasDepth)
        (self.blend, self.cull, self.samples, self.clear) = (blend, cull, samples, clear)
        (self.indirect, self.capture) = (indirect, capture)
    }

    /// Ways to mix colours (`glBlendFunc`; OpenGL 4.5 core, 17.3.8).
    public enum Blend: String, Codable, Sendable, CaseIterable {
        case off, alpha, add, multiply, premultiplied
    }

    /// Sides of triangles (`glCullFace`; OpenGL 4.5 core, 14.6.1).
    public enum Cull: String, Codable, Sendable, CaseIterable { case off, back, front }
}

/// What vertices there are.
///
/// Shapes and meshes come with places, normals, places in textures and the like, which a vertex stage's attributes
/// find by their names, types or locations (`VertexStream`). Up to four points, vertices or vertices of patches have the
/// corners of a square besides.
public enum Geometry: Codable, Sendable, Hashable {
    /// One triangle that covers the picture, from `gl_VertexID`.
    case picture
    /// A flat grid in x and y from -1 to 1, of so many cells.
    case grid(columns: Int, rows: Int)
    /// A cube from -1 to 1.
    case cube
    /// A ball of radius 1, of so many segments from pole to pole.
    case sphere(segments: Int)
    /// So many points, from `gl_VertexID` alone.
    case points(Int)
    /// So many patches of so many vertices each, from `gl_VertexID` alone.
    case patches(Int, vertices: Int)
    /// So many vertices of a kind, from `gl_VertexID` alone.
    case vertices(Int, Primitive)
    /// A mesh out of a file, by its name in `AssembledProgram.meshes`.
    case mesh(String)
    /// Points, or another kind, out of a buffer that a capture filled, as many as it holds.
    case feedback(buffer: String, Primitive)

    /// Whether attributes are fed: with the streams of a mesh, or with the corners of a square.
    public var hasStreams: Bool {
        switch self {
        case .picture, .grid, .cube, .sphere, .mesh: true
        case .points(let count), .vertices(let count, _): count <= Self.corners
        case .patches(let count, let vertices):
            !count.multipliedReportingOverflow(by: vertices).overflow
                && count * vertices <= Self.corners
        case .feedback: false
        }
    }

    /// The corners of a square.
    public static let corners = 4

    /// Kinds of primitives (OpenGL 4.5 core, 10.1).
    public enum Primitive: String, Codable, Sendable, CaseIterable {
        case points, lines, lineStrip = "line-strip", triangles, triangleStrip = "triangle-strip"
    }
}

/// Varyings that a pass keeps.
public struct CapturePlan: Codable, Sendable, Hashable {
    /// Their names as the last stage before the rasterizer has them, in the order in which they lie in the buffer.
    public var varyings: [String]
    /// The buffer's name; it is one of `AssembledProgram.buffers`.
    public var buffer: String
    /// Whether nothing is drawn besides (`GL_RASTERIZER_DISCARD`).
    public var drawsNothing: Bool

    /// Varyings that go into a buffer.
    public init(varyings: [String], buffer: String, drawsNothing: Bool = false) {
        (self.varyings, self.buffer, self.drawsNothing) = (varyings, buffer, drawsNothing)
    }
}

/// How often a compute stage runs in a frame.
public enum DispatchPlan: Codable, Sendable, Hashable {
    /// As many groups as cover the pass's target.
    case cover
    /// So many groups.
    case groups(Int, Int, Int)
    /// As many as three numbers in a buffer say (`DispatchIndirectCommand`; OpenGL 4.5 core, 19).
    case indirect(buffer: String)
}
