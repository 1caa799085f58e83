import CEpoxy

/// A storage buffer that lives from frame to frame; two in turn where a capture writes it.
final class KeptBuffer {
    let key: StateKey
    /// The buffer with what was written last.
    private(set) var name: GLuint = 0
    /// Where a capture writes; 0 where none does.
    private(set) var spare: GLuint = 0
    /// How many vertices a capture has written; nil where none has yet, so that all of it counts.
    var vertices: Int?
    /// The newest capture's own count, where only GL knows it: a query of the primitives written, and vertices of each.
    private var counting: (query: GLuint, each: Int)?

    /// A buffer of zeros, or of the bytes that are there to read.
    init(_ key: StateKey, isCaptured: Bool = false, contents: UnsafeRawPointer? = nil) {
        self.key = key
        name = Self.make(key.bytes, contents)
        if isCaptured { spare = Self.make(key.bytes, nil) }
    }

    deinit {
        var names = [name, spare].filter { $0 != 0 }
        glDeleteBuffers(GLsizei(names.count), &names)
        if var query = counting?.query { glDeleteQueries(1, &query) }
    }

    private static func make(_ bytes: Int, _ contents: UnsafeRawPointer?) -> GLuint {
        var name: GLuint = 0
        glGenBuffers(1, &name)
        glBindBuffer(target, name)
        glBufferData(target, bytes, contents, GLenum(GL_DYNAMIC_COPY))
        if contents == nil { zero() }
        return name
    }

    /// Fills the bound buffer with zeros: no data means zeros here.
    private static func zero() {
        glClearBufferData(
            target, GLenum(GL_R8UI), GLenum(GL_RED_INTEGER), GLenum(GL_UNSIGNED_BYTE), nil)
    }

    /// Makes it zeros.
    func clear() {
        glBindBuffer(Self.target, name)
        Self.zero()
        vertices = nil
    }

    /// Makes it the buffer of a binding.
    func bind(to binding: Int) { glBindBufferBase(Self.target, GLuint(binding), name) }

    /// Makes it one that a capture can write into, too.
    func prepareCapture() { if spare == 0 { spare = Self.make(key.bytes, nil) } }

    /// Takes the contents of a buffer of the same size.
    func take(from other: KeptBuffer) {
        glBindBuffer(GLenum(GL_COPY_READ_BUFFER), other.name)
        glBindBuffer(GLenum(GL_COPY_WRITE_BUFFER), name)
        glCopyBufferSubData(
            GLenum(GL_COPY_READ_BUFFER), GLenum(GL_COPY_WRITE_BUFFER), 0, 0,
            min(key.bytes, other.key.bytes))
    }

    /// Copies its contents, `key.bytes` of them.
    func read(into memory: UnsafeMutableRawPointer) { read(0, key.bytes, into: memory) }

    /// Copies some of its bytes, which must lie in it.
    func read(_ offset: Int, _ count: Int, into memory: UnsafeMutableRawPointer) {
        glBindBuffer(Self.target, name)
        glGetBufferSubData(Self.target, offset, count, memory)
    }

    // MARK: Captures

    /// Writes what is drawn into the spare one; `counted` vertices, or as many as GL counts, `each` a primitive.
    func capture(_ mode: GLenum, counted: Int?, each: Int, _ draw: () -> Void) {
        glBindBufferBase(GLenum(GL_TRANSFORM_FEEDBACK_BUFFER), 0, spare)
        let kind = GLenum(GL_TRANSFORM_FEEDBACK_PRIMITIVES_WRITTEN)
        if counted == nil {
            if counting == nil {
                var query: GLuint = 0
                glGenQueries(1, &query)
                counting = (query, each)
            }
            if let counting { glBeginQuery(kind, counting.query) }
        }
        glBeginTransformFeedback(mode)
        draw()
        glEndTransformFeedback()
        if counted == nil { glEndQuery(kind) }
        glBindBufferBase(GLenum(GL_TRANSFORM_FEEDBACK_BUFFER), 0, 0)
        (vertices, isCounted) = (counted, counted == nil)
    }

    private var isCounted = false

    /// Makes what was captured the buffer's contents.
    func flip() { swap(&name, &spare) }

    /// How many vertices of `stride` bytes lie in it; waits where GL alone knows and has not drawn them yet.
    func count(stride: Int) -> Int {
        if isCounted, let counting {
            var primitives: GLuint = 0
            glGetQueryObjectuiv(counting.query, GLenum(GL_QUERY_RESULT), &primitives)
            (vertices, isCounted) = (Int(primitives) * counting.each, false)
        }
        let most = key.bytes / max(1, stride)
        return min(most, vertices ?? most)
    }

    /// The count for the next guest; `.max` while no capture has written.
    var countToHandOver: UInt64 {
        guard vertices != nil || isCounted else { return .max }
        return UInt64(count(stride: 1))
    }

    private static let target = GLenum(GL_SHADER_STORAGE_BUFFER)
}
