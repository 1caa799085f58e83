/// A text as UTF-8 bytes with a gap where the last edit was, and with its line starts.
///
/// Positions are byte offsets from 0; lines count from 0 and end before their newline. Typing costs a few nanoseconds
/// at any size; the first key after a jump moves the gap there (about 0.3 ms across 10 MB). The text is always valid
/// UTF-8 as long as ranges fall on scalars' borders, which `scalarStart` makes sure of.
public struct GapBuffer: Sendable {
    /// What an edit did to the lines.
    public struct LineEdit: Equatable, Sendable {
        /// The line in which the edit began.
        public var line: Int
        /// Newlines that went.
        public var removed: Int
        /// Newlines that came.
        public var added: Int
    }

    private var bytes: GapArray<UInt8>
    private var starts: LineStarts

    /// A buffer that holds a text.
    public init(_ text: String = "") {
        self.init(utf8: Array(text.utf8))
    }

    /// A buffer that holds bytes of valid UTF-8.
    public init(utf8: [UInt8]) {
        bytes = GapArray(utf8, filler: 0)
        starts = utf8.withUnsafeBufferPointer { LineStarts($0) }
    }

    /// The length in bytes.
    public var count: Int { bytes.count }
    /// The number of lines; a text that ends in a newline has an empty last one.
    public var lineCount: Int { starts.count }
    /// The byte at an offset.
    public subscript(offset: Int) -> UInt8 { bytes[offset] }

    /// The line that holds an offset.
    public func line(at offset: Int) -> Int { starts.line(at: offset) }

    /// The offset at which a line begins.
    public func lineStart(_ line: Int) -> Int { starts[line] }

    /// A line's bytes, without its newline.
    public func lineRange(_ line: Int) -> Range<Int> {
        let start = starts[line]
        return start..<(line + 1 < starts.count ? starts[line + 1] - 1 : bytes.count)
    }

    /// Calls `body` with a line's bytes, which are copied only where the gap lies in that line.
    public func withLine<R>(
        _ line: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> R
    ) rethrows -> R {
        try bytes.withElements(lineRange(line), body)
    }

    /// Calls `body` with a range's bytes, which are copied only where the gap lies between them.
    public func withBytes<R>(
        _ range: Range<Int>, _ body: (UnsafeBufferPointer<UInt8>) throws -> R
    ) rethrows -> R {
        try bytes.withElements(range, body)
    }

    /// A copy of a range's bytes.
    public func bytes(_ range: Range<Int>) -> [UInt8] { withBytes(range) { Array($0) } }

    /// A range as a string.
    public func text(_ range: Range<Int>) -> String {
        withBytes(range) { String(decoding: $0, as: UTF8.self) }
    }

    /// The whole text.
    public var text: String { text(0..<count) }

    /// Replaces a range by bytes of valid UTF-8 and tells what that did to the lines.
    @discardableResult
    public mutating func replace(_ range: Range<Int>, with new: [UInt8]) -> LineEdit {
        new.withUnsafeBufferPointer { pointer in
            bytes.replace(range, with: pointer)
            return starts.replace(range, with: pointer)
        }
    }

    /// The nearest border between scalars at or before an offset, which is first brought into the text.
    public func scalarStart(_ offset: Int) -> Int {
        var offset = min(max(0, offset), count)
        while offset > 0, offset < count, bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
        return offset
    }

    /// Traps in debug builds where lines and bytes disagree; costs time over the whole text.
    public func checkInvariants() {
        #if DEBUG
            bytes.checkInvariants()
            var lines = [0]
            for offset in 0..<count where bytes[offset] == 0x0A { lines.append(offset + 1) }
            assert(lines.count == lineCount, "the line count does not fit the text")
            for (line, start) in lines.enumerated() {
                assert(starts[line] == start, "line \(line) does not begin where it should")
            }
        #endif
    }
}
