/// What the first rows of a storage buffer hold, with what the program calls it.
///
/// A block is its fixed members, once, and then rows: the elements of an array at its end, or of what a capture writes.
public struct BufferReading: Sendable, Equatable {
    /// One number, vector or matrix, at its place.
    public struct Column: Sendable, Equatable {
        /// What kind of numbers it has.
        public enum Scalar: UInt8, Sendable, CaseIterable { case float, double, int, uint, bool }

        /// The member's name; empty where the row is no structure.
        public var name: String
        /// What kind of numbers it has.
        public var scalar: Scalar
        /// How many numbers it has: 1 to 4, of a matrix up to 16.
        public var count: Int
        /// How many columns a matrix has, one after the other in its numbers; 1 for what is none.
        public var columns = 1
        /// Where it begins, in bytes from the start of the row, or of the buffer.
        public var offset: Int
    }

    /// The name that was asked for.
    public var name: String
    /// Why there is nothing to show, in words; empty where there is.
    public var problem = ""
    /// Bytes of the whole buffer.
    public var bytes = 0
    /// Members that are there once.
    public var head: [Column] = []
    /// Their numbers, one list for each of `head`.
    public var headValues: [[Double]] = []
    /// Members of each row; empty where there are no rows.
    public var columns: [Column] = []
    /// How many rows the buffer has.
    public var rowCount = 0
    /// The number of the first of `rows`.
    public var firstRow = 0
    /// For each row one list of numbers for each of `columns`.
    public var rows: [[[Double]]] = []

    /// The most rows of one answer; fewer come where they would not fit a message.
    public static let mostRows = 256
    /// The most members that are told.
    static let mostColumns = 64
    /// The most numbers of one answer, such that it fits a packet.
    static let mostNumbers = 3000
}

extension WireWriter {
    mutating func reading(_ reading: BufferReading) {
        text(reading.name, limit: 256)
        text(reading.problem, limit: 512)
        size(reading.bytes)
        columns(reading.head)
        for values in reading.headValues.prefix(BufferReading.mostColumns) { numbers(values) }
        columns(reading.columns)
        size(reading.rowCount)
        size(reading.firstRow)
        size(reading.rows.count)
        for row in reading.rows { for values in row { numbers(values) } }
    }

    private mutating func columns(_ columns: [BufferReading.Column]) {
        let columns = columns.prefix(BufferReading.mostColumns)
        size(columns.count)
        for column in columns {
            text(column.name, limit: 128)
            integer(column.scalar.rawValue)
            size(column.count)
            size(column.columns)
            size(column.offset)
        }
    }
}

extension WireReader {
    mutating func reading() throws(WireError) -> BufferReading {
        var reading = BufferReading(name: try text(limit: 256))
        reading.problem = try text(limit: 512)
        reading.bytes = try size("bytes of a buffer", in: 0...Int(Int32.max))
        reading.head = try columns()
        for _ in reading.head { reading.headValues.append(try numbers()) }
        reading.columns = try columns()
        reading.rowCount = try size("rows", in: 0...Int(Int32.max))
        reading.firstRow = try size("first row", in: 0...Int(Int32.max))
        for _ in 0..<(try size("number of rows", in: 0...BufferReading.mostRows)) {
            var row: [[Double]] = []
            for _ in reading.columns { row.append(try numbers()) }
            reading.rows.append(row)
        }
        return reading
    }

    private mutating func columns() throws(WireError) -> [BufferReading.Column] {
        var columns: [BufferReading.Column] = []
        for _ in 0..<(try size("number of columns", in: 0...BufferReading.mostColumns)) {
            columns.append(
                .init(
                    name: try text(limit: 128), scalar: try choice(),
                    count: try size("numbers of a column", in: 1...16),
                    columns: try size("columns of a matrix", in: 1...4),
                    offset: try size("place of a column", in: 0...Int(Int32.max))))
        }
        return columns
    }
}
