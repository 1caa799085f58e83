import GLSL

/// The lexer's state at the beginning of each line, brought up to date from the top and only as far as one looks.
///
/// Lines before `known` have their true state. Lines from `settled` up to `end` (where that is beyond `known`) follow
/// from one another, but perhaps no longer from the text above: as soon as new lexing meets an equal state there, all
/// of them are true again. So an edit costs the lines until the states agree, and none that nobody looks at.
struct LineStates: Sendable {
    private let first: LineState
    private var states: GapArray<UInt8>
    private var known = 1
    private var settled = 0
    private var end = 0

    /// The states of a text of so many lines, which begins with `first`.
    init(lines: Int, first: LineState) {
        self.first = first
        states = GapArray(repeatElement(first.rawValue, count: lines), filler: first.rawValue)
    }

    /// Lines beyond this length are shown plain and not lexed: at 20 KB a line, colours help nobody.
    static let longestLine = 20_000

    /// Follows an edit of the buffer.
    mutating func follow(_ edit: GapBuffer.LineEdit) {
        if edit.removed > 0 || edit.added > 0 {
            let first = edit.line + 1
            states.replace(
                first..<(first + edit.removed), repeating: self.first.rawValue,
                count: edit.added)
        }
        let shift = edit.added - edit.removed
        let behind = edit.line + edit.removed + 1  // The first old line that the edit left alone.
        // What was lexed into the old states no longer leads to those behind it.
        var chain = known < end ? max(settled, known)..<end : 0..<known
        if edit.line + 1 < chain.upperBound {
            let low = max(chain.lowerBound, behind)
            chain = low < chain.upperBound ? (low + shift)..<(chain.upperBound + shift) : 0..<0
        }
        known = min(known, edit.line + 1)
        (settled, end) = (chain.lowerBound, chain.upperBound)
    }

    /// The state before a line; lexes forward for at most `limit` lines and gives nil where that was not enough.
    mutating func state(
        before line: Int, in buffer: GapBuffer, tokens: inout [Token], limit: Int
    ) -> LineState? {
        var left = limit
        while known <= line {
            guard left > 0 else { return nil }
            left -= 1
            let index = known - 1
            let before = LineState(rawValue: states[index])
            let after = Self.lex(index, in: buffer, state: before, into: &tokens)
            if known >= settled, known < end, states[known] == after.rawValue {
                known = end
            } else {
                states[known] = after.rawValue
                known += 1
            }
        }
        return LineState(rawValue: states[line])
    }

    /// The lexer's state before a line, where it is known without lexing.
    func knownState(before line: Int) -> LineState? {
        line < known ? LineState(rawValue: states[line]) : nil
    }

    /// How many lines must be lexed at most to know the state before one.
    func missing(before line: Int) -> Int { max(0, line + 1 - known) }

    /// Lexes one line into `tokens`, unless it is too long.
    static func lex(
        _ line: Int, in buffer: GapBuffer, state: LineState, into tokens: inout [Token]
    ) -> LineState {
        buffer.withLine(line) { bytes in
            tokens.removeAll(keepingCapacity: true)
            guard bytes.count <= longestLine else { return state }
            return Lexer.lex(line: bytes, state: state, into: &tokens)
        }
    }

    /// Traps in debug builds where a state that counts as known is not what lexing from the top gives.
    func checkInvariants(_ buffer: GapBuffer) {
        #if DEBUG
            assert(states.count == buffer.lineCount, "a state a line")
            var state = first
            var tokens: [Token] = []
            for line in 0..<min(known, buffer.lineCount) {
                assert(states[line] == state.rawValue, "line \(line) has a stale state")
                state = Self.lex(line, in: buffer, state: state, into: &tokens)
            }
        #endif
    }
}
