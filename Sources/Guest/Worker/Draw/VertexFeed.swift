import CEpoxy
import GLSL

/// A pass's vertex array: which attribute of its vertex stage reads what.
///
/// A mesh's streams are found by the names `position`, `normal` and `texcoord`, by `a_` and `v_` before them, or at the
/// locations 0, 1 and 2. Captured varyings are found by their own names, with or without the words that tell ins from
/// outs (`a_`, `v_`, `in_`, `out_`, `old_`, `new_`, `in`, `out`), or else by their place: the first at location 0.
final class VertexFeed {
    /// An attribute that the linked program has.
    private struct Attribute {
        let name: String
        let type: GLenum
        let location: Int
    }

    let name: GLuint
    private let attributes: [Attribute]
    /// What the attributes read at present.
    private var current: (vertices: GLuint, indices: GLuint)?

    init(program: GLuint) {
        var array: GLuint = 0
        glGenVertexArrays(1, &array)
        name = array
        var (count, longest): (GLint, GLint) = (0, 0)
        glGetProgramiv(program, GLenum(GL_ACTIVE_ATTRIBUTES), &count)
        glGetProgramiv(program, GLenum(GL_ACTIVE_ATTRIBUTE_MAX_LENGTH), &longest)
        var characters = [GLchar](repeating: 0, count: Int(max(longest, 1)) + 1)
        attributes = (0..<GLuint(max(0, count))).compactMap { index in
            var (length, size, type): (GLsizei, GLint, GLenum) = (0, 0, 0)
            glGetActiveAttrib(
                program, index, GLsizei(characters.count), &length, &size, &type, &characters)
            let location = glGetAttribLocation(program, characters)
            guard location >= 0 else { return nil }
            let name = String(
                decoding: characters.prefix(Int(max(0, length))).map(UInt8.init(bitPattern:)),
                as: UTF8.self)
            return Attribute(name: name, type: type, location: Int(location))
        }
    }

    deinit {
        var name = name
        glDeleteVertexArrays(1, &name)
    }

    /// Binds it with a mesh's vertices; with none where it is nil.
    func bind(_ mesh: MeshBuffers?) {
        glBindVertexArray(name)
        let wanted = (mesh?.vertices ?? 0, mesh?.indices ?? 0)
        if let current, current == wanted { return }
        current = wanted
        glBindBuffer(GLenum(GL_ELEMENT_ARRAY_BUFFER), wanted.1)
        glBindBuffer(GLenum(GL_ARRAY_BUFFER), wanted.0)
        for attribute in attributes {
            guard wanted.0 != 0, let stream = Self.stream(attribute.name, attribute.location),
                [GL_FLOAT, GL_FLOAT_VEC2, GL_FLOAT_VEC3, GL_FLOAT_VEC4].contains(
                    Int32(attribute.type))
            else {
                glDisableVertexAttribArray(GLuint(attribute.location))
                continue
            }
            let (offset, size) = stream
            glEnableVertexAttribArray(GLuint(attribute.location))
            glVertexAttribPointer(
                GLuint(attribute.location), GLint(size), GLenum(GL_FLOAT), GLboolean(GL_FALSE),
                GLsizei(MeshBuffers.stride), UnsafeRawPointer(bitPattern: offset))
        }
    }

    /// Where a stream begins in a vertex, and how many numbers it has.
    private static func stream(_ name: String, _ location: Int) -> (offset: Int, size: Int)? {
        switch bare(name).lowercased() {
        case "position": (0, 3)
        case "normal": (12, 3)
        case "texcoord": (24, 2)
        // Ours, for stages that have no gl_VertexID: the corners are the triangle's places in a texture.
        case "phosphor_corner": (24, 2)
        default:
            switch location {
            case 0: (0, 3)
            case 1: (12, 3)
            case 2: (24, 2)
            default: nil
            }
        }
    }

    /// Binds it with what a capture has left in a buffer.
    func bind(_ capture: CaptureLayout, in buffer: GLuint) {
        glBindVertexArray(name)
        // The buffers take turns, so that this changes with each frame.
        current = nil
        glBindBuffer(GLenum(GL_ELEMENT_ARRAY_BUFFER), 0)
        glBindBuffer(GLenum(GL_ARRAY_BUFFER), buffer)
        for attribute in attributes {
            let location = GLuint(attribute.location)
            guard
                let member = capture.members.first(where: { $0.name == attribute.name })
                    ?? capture.members.first(where: {
                        Self.bare($0.name) == Self.bare(attribute.name)
                    })
                    ?? (capture.members.indices.contains(attribute.location)
                        ? capture.members[attribute.location] : nil),
                NumberType(member.type).columns == 1
            else {
                glDisableVertexAttribArray(location)
                continue
            }
            let (kind, stride) = (NumberType(member.type), GLsizei(capture.stride))
            let place = UnsafeRawPointer(bitPattern: member.offset)
            glEnableVertexAttribArray(location)
            switch kind.scalar {
            case .float:
                glVertexAttribPointer(
                    location, GLint(kind.rows), GLenum(GL_FLOAT), GLboolean(GL_FALSE), stride,
                    place)
            case .int, .bool:
                glVertexAttribIPointer(location, GLint(kind.rows), GLenum(GL_INT), stride, place)
            case .uint:
                glVertexAttribIPointer(
                    location, GLint(kind.rows), GLenum(GL_UNSIGNED_INT), stride, place)
            case .double:
                glVertexAttribLPointer(
                    location, GLint(kind.rows), GLenum(GL_DOUBLE), stride, place)
            }
        }
    }

    /// A name without what tells an input from an output.
    private static func bare(_ name: String) -> String {
        for prefix in ["a_", "v_", "in_", "out_", "old_", "new_"] where name.hasPrefix(prefix) {
            return String(name.dropFirst(prefix.count))
        }
        for prefix in ["in", "out", "old", "new"] where name.hasPrefix(prefix) {
            let rest = name.dropFirst(prefix.count)
            if let first = rest.first, first.isUppercase {
                return first.lowercased() + rest.dropFirst()
            }
        }
        return name
    }
}
