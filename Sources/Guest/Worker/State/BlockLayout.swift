import CEpoxy

/// Where the members of a storage block lie, for people who look into its buffer.
struct BlockLayout {
    /// Members that are there once, and those of each row.
    private(set) var head: [Member] = []
    private(set) var columns: [Member] = []
    /// Where the rows begin, and bytes from one to the next; 0 where there are none.
    private(set) var start = 0
    private(set) var stride = 0
    /// How many rows the text says; nil where the buffer's size does.
    private(set) var rows: Int?

    struct Member {
        var name: String
        var type: NumberType
        var offset: Int
        /// Bytes from one column of a matrix to the next.
        var matrixStride = 0
    }

    /// The rows of what a capture writes.
    init(_ capture: CaptureLayout) {
        stride = max(4, capture.stride)
        columns = capture.members.map {
            let type = NumberType($0.type)
            return Member(
                name: $0.name, type: type, offset: $0.offset, matrixStride: type.rows * 4)
        }
    }

    /// A block of a linked program; nil where it has none of that name.
    init?(_ block: String, of program: GLuint) {
        let blocks = ProgramResources(program: program, interface: GL_SHADER_STORAGE_BLOCK)
        guard let index = (0..<blocks.count).first(where: { blocks.name($0) == block }) else {
            return nil
        }
        let count = blocks.values(index, [GL_NUM_ACTIVE_VARIABLES]).first ?? 0
        let indices = blocks.values(
            index, [GL_ACTIVE_VARIABLES], room: max(1, Int(count)))
        let members = ProgramResources(program: program, interface: GL_BUFFER_VARIABLE)
        let all = indices.prefix(Int(max(0, count))).compactMap {
            Found(members, Int($0), block: block)
        }.sorted { $0.offset < $1.offset }
        // The array with the most elements is what has rows; one without a size has as many as there is room for.
        let longest = all.filter { $0.elements != 1 }.max {
            ($0.elements == 0 ? .max : $0.elements) < ($1.elements == 0 ? .max : $1.elements)
        }
        start = all.filter { $0.root == longest?.root }.map(\.offset).min() ?? 0
        for found in all {
            if let longest, found.root == longest.root {
                columns.append(found.row(from: start))
            } else {
                head.append(found.member)
            }
        }
        guard let longest else { return }
        (stride, rows) = (longest.stride, longest.elements == 0 ? nil : longest.elements)
    }

    /// A member as GL tells of it.
    private struct Found {
        let name: String
        /// What it is called in a row.
        let rowName: String
        /// The name of the block's own member that it belongs to.
        let root: String
        let type: NumberType
        let offset: Int
        /// Elements of the array that it is, or lies in; 0 for as many as there is room for.
        let elements: Int
        let stride: Int
        let matrixStride: Int

        init?(_ members: ProgramResources, _ index: Int, block: String) {
            let values = members.values(
                index,
                [
                    GL_TYPE, GL_OFFSET, GL_ARRAY_SIZE, GL_ARRAY_STRIDE, GL_TOP_LEVEL_ARRAY_SIZE,
                    GL_TOP_LEVEL_ARRAY_STRIDE, GL_MATRIX_STRIDE,
                ]
            ).map(Int.init)
            guard values.count == 7 else { return nil }
            var name = members.name(index)
            if name.hasPrefix(block + ".") { name.removeFirst(block.utf8.count + 1) }
            root = String(name.prefix { $0 != "[" && $0 != "." })
            type = NumberType(GLenum(values[0]))
            (offset, matrixStride) = (values[1], values[6])
            if values[5] > 0 {
                // A member of a structure of which there are many.
                (elements, stride) = (values[4], values[5])
                let rest = name.drop { $0 != "]" }.dropFirst()
                rowName = String(rest.first == "." ? rest.dropFirst() : rest)
            } else {
                (elements, stride) = (values[3] > 0 ? values[2] : 1, values[3])
                rowName = values[3] > 0 ? "" : name
            }
            self.name = name
        }

        /// As a part of each row.
        func row(from start: Int) -> Member {
            Member(
                name: rowName, type: type, offset: offset - start, matrixStride: matrixStride)
        }

        /// As something that is there once; of an array its first element.
        var member: Member {
            Member(name: name, type: type, offset: offset, matrixStride: matrixStride)
        }
    }
}
