import CEpoxy
import GLSL

/// How a pass's captured varyings lie in their buffer, one vertex after the other.
struct CaptureLayout {
    /// One of them.
    struct Member: Equatable {
        var name: String
        var type: GLenum
        /// How many elements, of an array.
        var count: Int
        /// In bytes from the start of a vertex.
        var offset: Int
    }

    let plan: CapturePlan
    private(set) var members: [Member] = []
    /// Bytes of a vertex.
    private(set) var stride = 0

    /// The layout in a linked program (glGetTransformFeedbackVarying).
    init(_ plan: CapturePlan, of program: GLuint) {
        self.plan = plan
        var (count, longest): (GLint, GLint) = (0, 0)
        glGetProgramiv(program, GLenum(GL_TRANSFORM_FEEDBACK_VARYINGS), &count)
        glGetProgramiv(program, GLenum(GL_TRANSFORM_FEEDBACK_VARYING_MAX_LENGTH), &longest)
        var name = [GLchar](repeating: 0, count: Int(max(longest, 1)) + 1)
        for index in 0..<GLuint(max(0, count)) {
            var (length, size, type): (GLsizei, GLsizei, GLenum) = (0, 0, 0)
            glGetTransformFeedbackVarying(
                program, index, GLsizei(name.count), &length, &size, &type, &name)
            let text = String(
                decoding: name.prefix(Int(max(0, length))).map(UInt8.init(bitPattern:)),
                as: UTF8.self)
            members.append(Member(name: text, type: type, count: Int(size), offset: stride))
            stride += Int(size) * NumberType(type).bytes
        }
    }

    /// The layout in words, to know it again.
    var words: String {
        members.map { "\($0.name) \($0.type) \($0.count) \($0.offset)" }.joined(separator: ";")
    }

    /// What a buffer gets that nobody plans: room for as many vertices as an open array has elements.
    var defaultBytes: Int { min(max(4, stride) * StorageBlock.openCount, StorageBlock.openBytes) }
}

extension CapturePlan {
    /// Asks for varyings before a program is linked.
    static func request(_ varyings: [String], in program: GLuint) {
        let names = varyings.map { Array($0.utf8CString) }
        var pointers: [UnsafePointer<CChar>?] = []
        func pass(_ index: Int) {
            guard index < names.count else {
                glTransformFeedbackVaryings(
                    program, GLsizei(pointers.count), pointers,
                    GLenum(GL_INTERLEAVED_ATTRIBS))
                return
            }
            names[index].withUnsafeBufferPointer {
                pointers.append($0.baseAddress)
                pass(index + 1)
            }
        }
        pass(0)
    }
}

/// A number, vector or matrix of GL's, by its parts.
struct NumberType {
    let scalar: BufferReading.Column.Scalar
    /// Numbers of a column, and columns of a matrix.
    let rows: Int
    let columns: Int

    /// Unknown types count as one float.
    init(_ type: GLenum) {
        (scalar, rows, columns) = Self.known[Int32(type)] ?? (.float, 1, 1)
    }

    var count: Int { rows * columns }
    var bytes: Int { count * (scalar == .double ? 8 : 4) }

    private static let known: [Int32: (BufferReading.Column.Scalar, Int, Int)] = [
        GL_FLOAT: (.float, 1, 1), GL_FLOAT_VEC2: (.float, 2, 1), GL_FLOAT_VEC3: (.float, 3, 1),
        GL_FLOAT_VEC4: (.float, 4, 1), GL_DOUBLE: (.double, 1, 1),
        GL_DOUBLE_VEC2: (.double, 2, 1), GL_DOUBLE_VEC3: (.double, 3, 1),
        GL_DOUBLE_VEC4: (.double, 4, 1), GL_INT: (.int, 1, 1), GL_INT_VEC2: (.int, 2, 1),
        GL_INT_VEC3: (.int, 3, 1), GL_INT_VEC4: (.int, 4, 1), GL_UNSIGNED_INT: (.uint, 1, 1),
        GL_UNSIGNED_INT_VEC2: (.uint, 2, 1), GL_UNSIGNED_INT_VEC3: (.uint, 3, 1),
        GL_UNSIGNED_INT_VEC4: (.uint, 4, 1), GL_BOOL: (.bool, 1, 1),
        GL_BOOL_VEC2: (.bool, 2, 1), GL_BOOL_VEC3: (.bool, 3, 1), GL_BOOL_VEC4: (.bool, 4, 1),
        GL_FLOAT_MAT2: (.float, 2, 2), GL_FLOAT_MAT3: (.float, 3, 3),
        GL_FLOAT_MAT4: (.float, 4, 4), GL_FLOAT_MAT2x3: (.float, 3, 2),
        GL_FLOAT_MAT2x4: (.float, 4, 2), GL_FLOAT_MAT3x2: (.float, 2, 3),
        GL_FLOAT_MAT3x4: (.float, 4, 3), GL_FLOAT_MAT4x2: (.float, 2, 4),
        GL_FLOAT_MAT4x3: (.float, 3, 4),
    ]
}
