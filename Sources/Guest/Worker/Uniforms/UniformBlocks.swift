import CEpoxy
import GLSL

/// The uniform blocks of a linked program, each with a buffer of its own that has what its members are given.
///
/// What nobody gives a member is 0. Of arrays of blocks the first is filled.
final class UniformBlocks {
    private struct Member {
        let uniform: ActiveUniform
        let shape: Shape
        let offset: Int
        /// Bytes from one element of an array to the next.
        let stride: Int
        /// Bytes from one column of a matrix to the next, or row where those are stored one after another.
        let matrixStride: Int
        let isRowMajor: Bool
    }

    private struct Block {
        var buffer: GLuint = 0
        var bytes: [UInt8]
        var members: [Member] = []
        /// Whether the buffer has the bytes.
        var isCurrent = false
    }

    private var blocks: [Block] = []

    /// Nil for a program that has none.
    ///
    /// Each block looks for its buffer where its number is.
    init?(of program: GLuint) {
        var count: GLint = 0
        glGetProgramiv(program, GLenum(GL_ACTIVE_UNIFORM_BLOCKS), &count)
        guard count > 0, count <= Self.most else { return nil }
        for index in 0..<GLuint(count) {
            var bytes: GLint = 0
            glGetActiveUniformBlockiv(
                program, index, GLenum(GL_UNIFORM_BLOCK_DATA_SIZE), &bytes)
            var block = Block(bytes: [UInt8](repeating: 0, count: Int(max(16, bytes))))
            glGenBuffers(1, &block.buffer)
            blocks.append(block)
            glUniformBlockBinding(program, index, index)
        }
    }

    deinit {
        let names = blocks.map(\.buffer)
        glDeleteBuffers(GLsizei(names.count), names)
    }

    /// Takes note of a member that is given something: the uniform of this index.
    func add(_ uniform: ActiveUniform, index: GLuint, of program: GLuint) {
        func number(_ name: Int32) -> Int {
            var (place, value) = (index, GLint(0))
            glGetActiveUniformsiv(program, 1, &place, GLenum(name), &value)
            return Int(value)
        }
        let block = number(GL_UNIFORM_BLOCK_INDEX)
        guard blocks.indices.contains(block), let shape = Shape(uniform.type) else { return }
        blocks[block].members.append(
            Member(
                uniform: uniform, shape: shape, offset: number(GL_UNIFORM_OFFSET),
                stride: number(GL_UNIFORM_ARRAY_STRIDE),
                matrixStride: number(GL_UNIFORM_MATRIX_STRIDE),
                isRowMajor: number(GL_UNIFORM_IS_ROW_MAJOR) != 0))
    }

    /// Gives the current program its buffers, with what they have in this frame.
    func bind(_ frame: FrameValues) {
        for index in blocks.indices {
            for member in blocks[index].members
            where Self.write(member, frame, to: &blocks[index].bytes) {
                blocks[index].isCurrent = false
            }
            glBindBufferBase(
                GLenum(GL_UNIFORM_BUFFER), GLuint(index), blocks[index].buffer)
            if blocks[index].isCurrent { continue }
            glBufferData(
                GLenum(GL_UNIFORM_BUFFER), blocks[index].bytes.count, blocks[index].bytes,
                GLenum(GL_DYNAMIC_DRAW))
            blocks[index].isCurrent = true
        }
    }

    /// Writes what a member has in this frame, and says whether it had anything else before.
    private static func write(
        _ member: Member, _ frame: FrameValues, to bytes: inout [UInt8]
    ) -> Bool {
        var isNew = false
        let (shape, numbers) = (member.shape, member.uniform.numbers(frame, member.shape))
        for (index, number) in numbers.enumerated() {
            let (element, part) = index.quotientAndRemainder(dividingBy: shape.components)
            var offset = member.offset + element * member.stride
            if let rows = shape.rows {
                let (column, row) = part.quotientAndRemainder(dividingBy: rows)
                let (far, near) = member.isRowMajor ? (row, column) : (column, row)
                offset += far * member.matrixStride + near * shape.componentBytes
            } else {
                offset += part * shape.componentBytes
            }
            if shape.store(number, in: &bytes, at: offset) { isNew = true }
        }
        return isNew
    }

    /// As many as any OpenGL of ours has places for.
    private static let most = 36
}
