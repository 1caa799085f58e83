import CEpoxy
import GLSL

/// Vertices and indices in GL: place (3), normal (3) and place in textures (2), floats, one vertex after the other.
final class MeshBuffers {
    /// Bytes of a vertex.
    static let stride = 32

    let vertices: GLuint
    /// 0 where all vertices follow each other.
    let indices: GLuint
    /// Red, green and blue of each vertex; 0 where all are white.
    let colors: GLuint
    let vertexCount: Int
    let indexCount: Int

    /// From memory with the vertices, and behind them the indices.
    init(
        _ memory: UnsafeRawPointer, vertexCount: Int, indexCount: Int, colors: [Float] = []
    ) {
        (self.vertexCount, self.indexCount) = (vertexCount, indexCount)
        let split = vertexCount * Self.stride
        // An index buffer's binding belongs to the vertex array that happens to be bound.
        glBindVertexArray(0)
        vertices = Self.buffer(memory, split)
        indices = indexCount > 0 ? Self.buffer(memory + split, indexCount * 4) : 0
        self.colors = colors.isEmpty ? 0 : Self.buffer(colors, colors.count * 4)
    }

    convenience init(_ mesh: PlainMesh) {
        let bytes =
            mesh.vertices.withUnsafeBytes { Array($0) } + mesh.indices.withUnsafeBytes { Array($0) }
        let count = (mesh.vertices.count / 8, mesh.indices.count)
        // Never empty, so there is a start.
        self.init(
            bytes, vertexCount: count.0, indexCount: count.1,
            colors: mesh.hasColors ? mesh.colors : [])
    }

    deinit {
        var names = [vertices, indices, colors].filter { $0 != 0 }
        glDeleteBuffers(GLsizei(names.count), &names)
    }

    private static func buffer(_ memory: UnsafeRawPointer, _ bytes: Int) -> GLuint {
        var name: GLuint = 0
        glGenBuffers(1, &name)
        glBindBuffer(GLenum(GL_COPY_WRITE_BUFFER), name)
        glBufferData(GLenum(GL_COPY_WRITE_BUFFER), bytes, memory, GLenum(GL_STATIC_DRAW))
        return name
    }
}

/// A mesh before it goes to GL: eight floats a vertex, triangles by number; counter-clockwise from outside.
struct PlainMesh {
    var vertices: [Float] = []
    var indices: [UInt32] = []
    /// Whether each place of its texture has a colour: red, green, blue and white in the corners.
    var hasColors = false

    /// Red, green and blue of each vertex.
    var colors: [Float] {
        stride(from: 0, to: vertices.count, by: 8).flatMap { start in
            let (u, v) = (vertices[start + 6], vertices[start + 7])
            return [(1 - u) * (1 - v) + u * v, u, v]
        }
    }

    /// A shape that a plan names; nil for those that have no mesh of their own.
    init?(_ geometry: Geometry) {
        switch geometry {
        case .picture: self = .picture
        case .grid(let columns, let rows): self = .grid(columns, rows)
        case .cube: self = .cube
        case .sphere(let segments): self = .sphere(segments)
        case .points(1...Geometry.corners), .vertices(1...Geometry.corners, _):
            self = .corners(0.5)
        case .patches where geometry.hasStreams: self = .corners(1)
        case .points, .patches, .vertices, .mesh, .feedback: return nil
        }
    }

    private init() {}

    private mutating func add(
        _ place: SIMD3<Float>, _ normal: SIMD3<Float>, _ u: Float, _ v: Float
    ) {
        vertices += [place.x, place.y, place.z, normal.x, normal.y, normal.z, u, v]
    }

    /// Two triangles between four vertices of a grid that is `width` vertices wide.
    private mutating func addCell(_ first: Int, width: Int) {
        let (a, b) = (UInt32(first), UInt32(first + 1))
        let (c, d) = (UInt32(first + width), UInt32(first + width + 1))
        indices += [a, b, d, a, d, c]
    }

    private static let picture = {
        var mesh = PlainMesh()
        for (x, y) in [(0, 0), (2, 0), (0, 2)] as [(Float, Float)] {
            mesh.add(SIMD3(2 * x - 1, 2 * y - 1, 0), SIMD3(0, 0, 1), x, y)
        }
        return mesh
    }()

    /// The four corners of a square, which so few vertices are that they are no mesh.
    private static func corners(_ half: Float) -> PlainMesh {
        var mesh = PlainMesh()
        mesh.hasColors = true
        for v in [0, 1] as [Float] {
            for u in [0, 1] as [Float] {
                mesh.add(
                    SIMD3(half * (2 * u - 1), half * (2 * v - 1), 0), SIMD3(0, 0, 1), u, v)
            }
        }
        return mesh
    }

    private static func grid(_ columns: Int, _ rows: Int) -> PlainMesh {
        var mesh = PlainMesh()
        mesh.hasColors = true
        for row in 0...rows {
            for column in 0...columns {
                let (u, v) = (Float(column) / Float(columns), Float(row) / Float(rows))
                mesh.add(SIMD3(2 * u - 1, 2 * v - 1, 0), SIMD3(0, 0, 1), u, v)
                if row < rows, column < columns {
                    mesh.addCell(row * (columns + 1) + column, width: columns + 1)
                }
            }
        }
        return mesh
    }

    private static let cube = {
        var mesh = PlainMesh()
        // For each face where it looks, and where its texture's axes point.
        let faces: [(SIMD3<Float>, SIMD3<Float>, SIMD3<Float>)] = [
            (SIMD3(1, 0, 0), SIMD3(0, 0, -1), SIMD3(0, 1, 0)),
            (SIMD3(-1, 0, 0), SIMD3(0, 0, 1), SIMD3(0, 1, 0)),
            (SIMD3(0, 1, 0), SIMD3(1, 0, 0), SIMD3(0, 0, -1)),
            (SIMD3(0, -1, 0), SIMD3(1, 0, 0), SIMD3(0, 0, 1)),
            (SIMD3(0, 0, 1), SIMD3(1, 0, 0), SIMD3(0, 1, 0)),
            (SIMD3(0, 0, -1), SIMD3(-1, 0, 0), SIMD3(0, 1, 0)),
        ]
        for (normal, right, up) in faces {
            mesh.addCell(mesh.vertices.count / 8, width: 2)
            for v in [0, 1] as [Float] {
                for u in [0, 1] as [Float] {
                    mesh.add(normal + right * (2 * u - 1) + up * (2 * v - 1), normal, u, v)
                }
            }
        }
        return mesh
    }()

    private static func sphere(_ segments: Int) -> PlainMesh {
        var mesh = PlainMesh()
        let (stacks, slices) = (max(2, segments), 2 * max(2, segments))
        for stack in 0...stacks {
            for slice in 0...slices {
                let (u, v) = (Float(slice) / Float(slices), Float(stack) / Float(stacks))
                let turn = AngleTable.point(2 * Double(u))
                let rise = AngleTable.point(Double(v) - 0.5)
                // From the south pole up, and to the left seen from outside's front.
                let place = SIMD3<Float>(
                    Float(rise.x * turn.y), Float(rise.y), Float(rise.x * turn.x))
                mesh.add(place, place, u, v)
                if stack < stacks, slice < slices {
                    mesh.addCell(stack * (slices + 1) + slice, width: slices + 1)
                }
            }
        }
        return mesh
    }
}
