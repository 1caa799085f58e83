import CEpoxy
import CSystem

/// Measures GPU time with GL_TIME_ELAPSED, in a ring of queries that nobody waits for.
///
/// A driver may have a result some frames later; until then the frames go on with what was measured before. Where all
/// queries are under way, a frame goes without. On llvmpipe the context is flushed after the beginning and before the
/// end, since it otherwise measures one tile.
final class GPUTimer {
    /// A measurement's number.
    typealias Ticket = Int

    private struct Measurement {
        var ticket: Ticket
        var revision: Int
        var query: GLuint
    }

    private let flushes: Bool
    private let queries: [GLuint]
    private var free: [GLuint]
    /// The oldest first.
    private var pending: [Measurement] = []
    private var results: [(ticket: Ticket, revision: Int, nanoseconds: UInt64)] = []
    private var last: Ticket = 0

    init(flushes: Bool, size: Int = 4) {
        self.flushes = flushes
        var names = [GLuint](repeating: 0, count: size)
        glGenQueries(GLsizei(size), &names)
        (queries, free) = (names, names)
    }

    deinit { glDeleteQueries(GLsizei(queries.count), queries) }

    /// Runs some drawing for a revision between a query's ends, or by the clock, which waits for its end.
    @discardableResult
    func measure(_ revision: Int, byClock: Bool = false, _ draw: () -> Void) -> Ticket {
        last += 1
        if byClock {
            glFinish()
            let start = phosphor_now()
            draw()
            glFinish()
            keep(last, revision, phosphor_now() - start)
            return last
        }
        collect()
        guard let query = free.popLast() else {
            draw()
            return last
        }
        glBeginQuery(GLenum(GL_TIME_ELAPSED), query)
        if flushes { glFlush() }
        draw()
        if flushes { glFlush() }
        glEndQuery(GLenum(GL_TIME_ELAPSED))
        pending.append(Measurement(ticket: last, revision: revision, query: query))
        return last
    }

    /// One measurement in nanoseconds; nil where it is not there.
    func result(_ ticket: Ticket) -> UInt64? {
        collect()
        return results.last { $0.ticket == ticket }?.nanoseconds
    }

    /// A revision's newest measurement that was not told yet; nil for none.
    func newest(of revision: Int) -> UInt64? {
        collect()
        defer { results.removeAll() }
        return results.last { $0.revision == revision }?.nanoseconds
    }

    /// Takes what the driver has ready.
    private func collect() {
        while let oldest = pending.first {
            var available: GLuint = 0
            glGetQueryObjectuiv(oldest.query, GLenum(GL_QUERY_RESULT_AVAILABLE), &available)
            guard available != 0 else { return }
            var nanoseconds: UInt64 = 0
            glGetQueryObjectui64v(oldest.query, GLenum(GL_QUERY_RESULT), &nanoseconds)
            pending.removeFirst()
            free.append(oldest.query)
            keep(oldest.ticket, oldest.revision, nanoseconds)
        }
    }

    private func keep(_ ticket: Ticket, _ revision: Int, _ nanoseconds: UInt64) {
        if results.count >= queries.count { results.removeFirst() }
        results.append((ticket, revision, nanoseconds))
    }
}
