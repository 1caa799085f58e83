import CEpoxy
import TextGrid

/// A panel's rectangles as they were last built, on the GPU: while grid and appearance stay,
/// drawing costs no CPU.
///
/// Each panel that is drawn every frame keeps one. Holds GL objects, so it goes with its context;
/// after a context reset make a new one.
public final class PanelCache {
    /// How often the rectangles were built, for tests and the bench.
    public internal(set) var builds = 0

    var grid: Grid?
    var appearance: GridRenderer.Appearance?
    var generation = -1
    var counts = PanelRanges()
    let vertexArray: GLuint
    private let buffer: GLuint
    private var capacity = 0

    /// An empty cache.
    ///
    /// Needs a current context.
    public init() {
        var (vertexArray, buffer): (GLuint, GLuint) = (0, 0)
        glGenVertexArrays(1, &vertexArray)
        glGenBuffers(1, &buffer)
        (self.vertexArray, self.buffer) = (vertexArray, buffer)
        glBindVertexArray(vertexArray)
        glBindBuffer(GLenum(GL_ARRAY_BUFFER), buffer)
        let stride = GLsizei(MemoryLayout<Instance>.stride)
        for index in GLuint(0)..<3 {
            glEnableVertexAttribArray(index)
            glVertexAttribDivisor(index, 1)
        }
        glVertexAttribIPointer(0, 4, GLenum(GL_SHORT), stride, nil)
        glVertexAttribIPointer(
            1, 2, GLenum(GL_UNSIGNED_SHORT), stride, UnsafeRawPointer(bitPattern: 8))
        glVertexAttribPointer(
            2, 4, GLenum(GL_UNSIGNED_BYTE), GLboolean(GL_TRUE), stride,
            UnsafeRawPointer(bitPattern: 12))
        glBindVertexArray(0)
    }

    deinit {
        var (vertexArray, buffer) = (vertexArray, buffer)
        glDeleteVertexArrays(1, &vertexArray)
        glDeleteBuffers(1, &buffer)
    }

    /// Replaces what is on the GPU: first the inner rectangles, then the edge's, then text.
    func upload(_ parts: [ContiguousArray<Instance>]) {
        let stride = MemoryLayout<Instance>.stride
        let bytes = parts.reduce(0) { $0 + $1.count } * stride
        glBindBuffer(GLenum(GL_ARRAY_BUFFER), buffer)
        if bytes > capacity { capacity = max(bytes * 3 / 2, 4096) }
        // A new store each time: writing into the old one would wait for the frame that still draws
        // from it.
        glBufferData(GLenum(GL_ARRAY_BUFFER), GLsizeiptr(capacity), nil, GLenum(GL_DYNAMIC_DRAW))
        var offset = 0
        for part in parts where !part.isEmpty {
            part.withUnsafeBytes { memory in
                glBufferSubData(
                    GLenum(GL_ARRAY_BUFFER), GLintptr(offset), GLsizeiptr(memory.count),
                    memory.baseAddress)
                offset += memory.count
            }
        }
    }
}

/// How many rectangles of each sort lie one after another in a panel's buffer.
struct PanelRanges {
    var inner = 0
    var edge = 0
    var text = 0
}
