import TextGrid

/// Grapheme clusters of a line, and the columns that they take on a grid.
///
/// Offsets are bytes from the line's beginning. A border between two ASCII bytes always parts clusters, so plain text
/// is walked byte by byte, and only runs around other characters are given to Swift's own breaking. Limitation: a
/// line of megabytes is walked whole to find a column in it.
enum Clusters {
    typealias Line = UnsafeBufferPointer<UInt8>

    /// Tabs reach to the next multiple of this many columns.
    static let tabWidth = 4

    /// One cluster and its place.
    struct Cluster {
        /// Its bytes in the line.
        var range: Range<Int>
        /// Its first column.
        var column: Int
        /// How many columns it takes.
        var width: Int
        /// What is drawn for it; nil where it is one byte of ASCII.
        var text: Character?
    }

    /// Calls `body` for each cluster from left to right, until it answers false.
    @inline(__always)
    static func walk(_ line: Line, _ body: (Cluster) -> Bool) {
        var (offset, column) = (0, 0)
        while offset < line.count {
            let byte = line[offset]
            if byte < 0x80, offset + 1 == line.count || line[offset + 1] < 0x80 {
                let width = byte == 0x09 ? tabWidth - column % tabWidth : 1
                let range = offset..<(offset + 1)
                guard body(Cluster(range: range, column: column, width: width, text: nil)) else {
                    return
                }
                column += width
                offset += 1
            } else {
                let end = runEnd(line, from: offset)
                let run = String(
                    decoding: UnsafeBufferPointer(rebasing: line[offset..<end]), as: UTF8.self)
                for character in run {
                    let length = character.utf8.count
                    let isTab = character == "\t"
                    let width = isTab ? tabWidth - column % tabWidth : character.cellWidth
                    let cluster = Cluster(
                        range: offset..<(offset + length), column: column, width: width,
                        text: character)
                    guard body(cluster) else { return }
                    column += width
                    offset += length
                }
                offset = end
            }
        }
    }

    /// Where a run that needs Unicode's rules ends: before the second of two ASCII bytes.
    private static func runEnd(_ line: Line, from offset: Int) -> Int {
        var end = offset + 1
        while end < line.count, line[end] >= 0x80 || line[end - 1] >= 0x80 { end += 1 }
        return end
    }

    /// The border after an offset, which must be a border itself.
    static func next(after offset: Int, in line: Line) -> Int {
        guard offset < line.count else { return line.count }
        if line[offset] < 0x80, offset + 1 == line.count || line[offset + 1] < 0x80 {
            return offset + 1
        }
        let end = runEnd(line, from: offset)
        let run = String(
            decoding: UnsafeBufferPointer(rebasing: line[offset..<end]), as: UTF8.self)
        return offset + (run.first?.utf8.count ?? 1)
    }

    /// The border before an offset.
    static func previous(before offset: Int, in line: Line) -> Int {
        guard offset > 0 else { return 0 }
        let offset = min(offset, line.count)
        // The run around the offset begins behind the last border that is sure: two ASCII bytes.
        var start = offset - 1
        if line[start] < 0x80, start == 0 || line[start - 1] < 0x80 { return start }
        while start > 0, line[start] >= 0x80 || line[start - 1] >= 0x80 { start -= 1 }
        let run = String(
            decoding: UnsafeBufferPointer(rebasing: line[start..<offset]), as: UTF8.self)
        return offset - (run.last?.utf8.count ?? 1)
    }

    /// The border at or before an offset.
    static func border(at offset: Int, in line: Line) -> Int {
        let offset = min(max(0, offset), line.count)
        if offset == 0 || offset == line.count { return offset }
        if line[offset] < 0x80, line[offset - 1] < 0x80 { return offset }
        var result = 0
        walk(line) { cluster in
            if cluster.range.lowerBound <= offset { result = cluster.range.lowerBound }
            return cluster.range.upperBound <= offset
        }
        return result
    }

    /// The column at which an offset is drawn.
    static func column(of offset: Int, in line: Line) -> Int {
        var column = 0
        walk(line) { cluster in
            guard cluster.range.lowerBound < offset else { return false }
            column = cluster.column + cluster.width
            return true
        }
        return column
    }

    /// The offset of the cluster border nearest to a column.
    static func offset(atColumn column: Int, in line: Line) -> Int {
        var offset = 0
        walk(line) { cluster in
            // A wide cluster's right half is nearer to its end.
            guard column >= cluster.column + (cluster.width + 1) / 2 else { return false }
            offset = cluster.range.upperBound
            return true
        }
        return offset
    }

    /// How many columns a line takes.
    static func width(_ line: Line) -> Int { column(of: line.count, in: line) }
}
