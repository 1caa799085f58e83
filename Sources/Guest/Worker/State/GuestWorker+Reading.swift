import CEpoxy
import GLSL

/// What somebody wants to know of a buffer.
struct BufferQuestion: Equatable {
    var revision: Int
    var name: String
    var first: Int
    var rows: Int
}

/// What a buffer of the shown program holds, for people who look into it.
extension GuestWorker {
    /// Answers the newest question, unless its revision has not been drawn yet: then the next frame brings the answer.
    func answerQuestion() throws(GuestError) {
        guard let question else { return }
        let program = programs[question.revision]
        if let program, !program.needs.buffers.isEmpty,
            liveProgram !== program || !hasLiveFrame
        {
            return
        }
        self.question = nil
        try send(.buffer(reading(question, program)))
    }

    private func reading(_ question: BufferQuestion, _ program: LoadedProgram?) -> BufferReading {
        let (name, first, rows) = (question.name, question.first, question.rows)
        var reading = BufferReading(name: name.cut(toBytes: 256))
        guard let program, let state = liveState, liveProgram === program,
            let buffer = state.buffer(name)
        else {
            let known = program?.needs.buffers.flatMap(\.names).sorted() ?? []
            reading.problem =
                known.isEmpty
                ? "The sketch keeps no buffer."
                : "The sketch has no buffer \(name); it has \(known.joined(separator: ", "))."
            return reading
        }
        glMemoryBarrier(GLbitfield.max)
        reading.bytes = buffer.key.bytes
        let capture = program.passes.lazy.compactMap(\.capture).first { $0.plan.buffer == name }
        let layout =
            capture.map { BlockLayout($0) }
            ?? program.passes.lazy.flatMap(\.programs).compactMap {
                BlockLayout(name, of: $0.name)
            }.first
        guard let layout else {
            reading.problem = "No stage says what lies in \(name)."
            return reading
        }
        reading.take(layout, buffer, first: first, rows: rows, capture: capture)
        return reading
    }
}

extension BufferReading {
    fileprivate mutating func take(
        _ layout: BlockLayout, _ buffer: KeptBuffer, first: Int, rows wanted: Int,
        capture: CaptureLayout?
    ) {
        let shown = layout.head.prefix(Self.mostColumns)
        head = shown.map(\.column)
        headValues = shown.map { $0.read(buffer, from: 0) }
        let members = layout.columns.prefix(Self.mostColumns)
        columns = members.map(\.column)
        guard layout.stride > 0 else { return }
        let room = max(0, bytes - layout.start) / layout.stride
        rowCount = capture.map { buffer.count(stride: $0.stride) } ?? min(layout.rows ?? room, room)
        firstRow = min(first, rowCount)
        let numbers = max(1, columns.reduce(0) { $0 + $1.count + 1 })
        let count = min(rowCount - firstRow, wanted, Self.mostRows, Self.mostNumbers / numbers)
        rows = (0..<max(0, count)).map { index in
            let place = layout.start + (firstRow + index) * layout.stride
            return members.map { $0.read(buffer, from: place) }
        }
    }
}

extension BlockLayout.Member {
    fileprivate var column: BufferReading.Column {
        .init(
            name: name, scalar: type.scalar, count: type.count, columns: type.columns,
            offset: max(0, offset))
    }

    /// Its numbers; zeros for what lies outside of the buffer.
    fileprivate func read(_ buffer: KeptBuffer, from start: Int) -> [Double] {
        let size = type.scalar == .double ? 8 : 4
        var values: [Double] = []
        for column in 0..<type.columns {
            let place = start + offset + column * matrixStride
            var bytes = [UInt8](repeating: 0, count: type.rows * size)
            if place >= 0, place + bytes.count <= buffer.key.bytes {
                let count = bytes.count
                bytes.withUnsafeMutableBytes {
                    if let memory = $0.baseAddress { buffer.read(place, count, into: memory) }
                }
            }
            for row in 0..<type.rows {
                values.append(
                    bytes.withUnsafeBytes { raw in
                        let place = row * size
                        return switch type.scalar {
                        case .float:
                            Double(raw.loadUnaligned(fromByteOffset: place, as: Float.self))
                        case .double: raw.loadUnaligned(fromByteOffset: place, as: Double.self)
                        case .int:
                            Double(raw.loadUnaligned(fromByteOffset: place, as: Int32.self))
                        case .uint, .bool:
                            Double(raw.loadUnaligned(fromByteOffset: place, as: UInt32.self))
                        }
                    })
            }
        }
        return values
    }
}
