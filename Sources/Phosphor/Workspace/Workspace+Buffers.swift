import Guest
import Terminal

/// The command `buffer`: what a storage buffer or a capture of the sketch on screen holds.
extension Workspace {
    /// How long a front is waited for that has a frame to finish, or has to be started, in nanoseconds.
    private static var bufferLimit: UInt64 { 10_000_000_000 }

    /// Asks the guest that draws, and waits for its answer; questions go one after the other.
    func readBuffer(_ name: String, from first: Int, rows: Int, now: UInt64) -> Outcome {
        let end = now + Self.bufferLimit
        var isAsked = false
        let check: (UInt64) -> Outcome? = { [unowned self] now in
            if !isAsked, now >= bufferAskedUntil {
                guard supervisor.readBuffer(name, first: first, rows: rows) else {
                    return .failed("nothing is shown, so that there is no buffer to look into")
                }
                (isAsked, bufferAskedUntil) = (true, end)
            }
            if isAsked, let reading = supervisor.takeReading() {
                bufferAskedUntil = 0
                return reading.problem.isEmpty ? .done(reading.words) : .failed(reading.problem)
            }
            guard now >= end else { return nil }
            guard isAsked else {
                return .failed(
                    "somebody else's question about a buffer is still under way; ask again")
            }
            bufferAskedUntil = 0
            return .failed("the guest that draws did not say in time what \(name) holds")
        }
        return check(now) ?? .waiting(Wait(deadline: end, check: check))
    }
}

extension BufferReading {
    /// A line about the buffer, one for each member that is there once, and a table of rows.
    var words: String {
        var lines = [summary]
        for (column, values) in zip(head, headValues) {
            lines.append("\(column.title)  \(column.words(values))")
        }
        guard !rows.isEmpty else { return lines.joined(separator: "\n") }
        var table = [["row"] + columns.map(\.title)]
        for (index, row) in rows.enumerated() {
            table.append(["\(firstRow + index)"] + zip(columns, row).map { $0.words($1) })
        }
        let widths = table[0].indices.map { column in table.map { $0[column].count }.max() ?? 0 }
        for row in table {
            let cells = zip(row, widths).enumerated().map { column, cell in
                let blanks = String(repeating: " ", count: cell.1 - cell.0.count)
                return column == 0 ? blanks + cell.0 : cell.0 + blanks
            }
            var line = cells.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            lines.append(line)
        }
        return lines.joined(separator: "\n")
    }

    private var summary: String {
        guard !columns.isEmpty else { return "\(name): \(bytes) bytes" }
        let size = "\(name): \(bytes) bytes, \(rowCount) rows"
        guard rows.count < rowCount else { return size }
        return rows.isEmpty
            ? size + ", none from \(firstRow) on"
            : size + ", of which \(firstRow) to \(firstRow + rows.count - 1)"
    }
}

extension BufferReading.Column {
    /// Name and type, as `place vec3`; the type alone where it has no name.
    fileprivate var title: String { name.isEmpty ? type : "\(name) \(type)" }

    /// Its type in GLSL.
    private var type: String {
        if columns > 1 {
            let prefix = scalar == .double ? "dmat" : "mat"
            let rows = count / columns
            return rows == columns ? "\(prefix)\(columns)" : "\(prefix)\(columns)x\(rows)"
        }
        if count == 1 { return scalar.rawWord }
        return
            switch scalar
        {
        case .float: "vec\(count)"
        case .double: "dvec\(count)"
        case .int: "ivec\(count)"
        case .uint: "uvec\(count)"
        case .bool: "bvec\(count)"
        }
    }

    /// Its numbers, as its type has them.
    fileprivate func words(_ values: [Double]) -> String {
        values.map { value in
            switch scalar {
            case .bool: value == 0 ? "false" : "true"
            case .int, .uint: Int(exactly: value).map(String.init) ?? "\(value)"
            case .float: Self.short(Float(value).description)
            case .double: Self.short(value.description)
            }
        }.joined(separator: ", ")
    }

    /// Without the zero that says nothing.
    private static func short(_ number: String) -> String {
        number.hasSuffix(".0") ? String(number.dropLast(2)) : number
    }
}

extension BufferReading.Column.Scalar {
    fileprivate var rawWord: String {
        switch self {
        case .float: "float"
        case .double: "double"
        case .int: "int"
        case .uint: "uint"
        case .bool: "bool"
        }
    }
}
