import CEpoxy

/// Measures GPU time with GL_TIME_ELAPSED.
///
/// On llvmpipe the context is flushed after the beginning and before the end, since it otherwise measures one tile.
/// Nothing waits for a result: asked for after a read-back, it is there; if a driver is late with it, that frame
/// goes without.
final class GPUTimer {
    private let flushes: Bool
    private let query: GLuint
    private var isPending = false

    init(flushes: Bool) {
        self.flushes = flushes
        var name: GLuint = 0
        glGenQueries(1, &name)
        query = name
    }

    deinit {
        var name = query
        glDeleteQueries(1, &name)
    }

    /// Runs some drawing between the query's ends.
    func measure(_ draw: () -> Void) {
        glBeginQuery(GLenum(GL_TIME_ELAPSED), query)
        if flushes { glFlush() }
        draw()
        if flushes { glFlush() }
        glEndQuery(GLenum(GL_TIME_ELAPSED))
        isPending = true
    }

    /// The last measurement in nanoseconds; nil where there is none or it is not there yet.
    func result() -> UInt64? {
        guard isPending else { return nil }
        isPending = false
        var available: GLuint = 0
        glGetQueryObjectuiv(query, GLenum(GL_QUERY_RESULT_AVAILABLE), &available)
        guard available != 0 else { return nil }
        var nanoseconds: UInt64 = 0
        glGetQueryObjectui64v(query, GLenum(GL_QUERY_RESULT), &nanoseconds)
        return nanoseconds
    }
}
