import CEpoxy
import GLSL

/// A pass's vertex array: which attribute of its vertex stage reads what.
///
/// A mesh's streams are found by names, types and locations (`VertexStream`). Captured varyings are found by their own names, with or without the words that tell ins from
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
    /// What each of them reads of a mesh.
    private let streams: [VertexStream?]
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
        streams = VertexStream.streams(
            of: attributes.map { ($0.name, Self.typeName($0.type), $0.location) })
    }

    /// Whether its vertex stage reads attributes.
    var isFed: Bool { !attributes.isEmpty }

    deinit {
        var name = name
        glDeleteVertexArrays(1, &name)
    }

    /// Binds it with a mesh's vertices; with none where it is nil.
    func bind(_ mesh: MeshBuffers?) {
        glBindVertexArray(name)
        setConstants()
        let wanted = (mesh?.vertices ?? 0, mesh?.indices ?? 0)
        if let current, current == wanted { return }
        current = wanted
        glBindBuffer(GLenum(GL_ELEMENT_ARRAY_BUFFER), wanted.1)
        glBindBuffer(GLenum(GL_ARRAY_BUFFER), wanted.0)
        for (attribute, stream) in zip(attributes, streams) {
            guard wanted.0 != 0, let stream,
                let (buffer, offset, size, stride) = Self.place(of: stream, in: mesh)
            else {
                glDisableVertexAttribArray(GLuint(attribute.location))
                continue
            }
            glBindBuffer(GLenum(GL_ARRAY_BUFFER), buffer)
            glEnableVertexAttribArray(GLuint(attribute.location))
            glVertexAttribPointer(
                GLuint(attribute.location), GLint(size), GLenum(GL_FLOAT), GLboolean(GL_FALSE),
                GLsizei(stride), UnsafeRawPointer(bitPattern: offset))
        }
    }

    /// Where a stream lies; nil where it is the same for all vertices.
    private static func place(
        of stream: VertexStream, in mesh: MeshBuffers?
    ) -> (buffer: GLuint, offset: Int, size: Int, stride: Int)? {
        guard let mesh else { return nil }
        let stride = MeshBuffers.stride
        return switch stream {
        case .position: (mesh.vertices, 0, 3, stride)
        case .normal: (mesh.vertices, 12, 3, stride)
        case .texcoord: (mesh.vertices, 24, 2, stride)
        case .color: mesh.colors == 0 ? nil : (mesh.colors, 0, 3, 12)
        case .tangent, .bitangent: nil
        }
    }

    /// Sets what is the same for all vertices: the context has it, and not the vertex array.
    private func setConstants() {
        for (attribute, stream) in zip(attributes, streams) {
            let location = GLuint(attribute.location)
            switch Int32(attribute.type) {
            case GL_FLOAT, GL_FLOAT_VEC2, GL_FLOAT_VEC3, GL_FLOAT_VEC4:
                switch stream {
                case .color: glVertexAttrib4f(location, 1, 1, 1, 1)
                case .tangent: glVertexAttrib4f(location, 1, 0, 0, 1)
                case .bitangent: glVertexAttrib4f(location, 0, 1, 0, 1)
                default: glVertexAttrib4f(location, 0, 0, 0, 1)
                }
            case GL_FLOAT_MAT2: Self.setIdentity(location, 2)
            case GL_FLOAT_MAT3: Self.setIdentity(location, 3)
            case GL_FLOAT_MAT4: Self.setIdentity(location, 4)
            case GL_INT, GL_INT_VEC2, GL_INT_VEC3, GL_INT_VEC4:
                glVertexAttribI4i(location, 0, 0, 0, 0)
            case GL_UNSIGNED_INT, GL_UNSIGNED_INT_VEC2, GL_UNSIGNED_INT_VEC3,
                GL_UNSIGNED_INT_VEC4:
                glVertexAttribI4ui(location, 0, 0, 0, 0)
            default: break
            }
        }
    }

    private static func setIdentity(_ location: GLuint, _ side: GLuint) {
        for column in 0..<side {
            func at(_ row: GLuint) -> Float { row == column ? 1 : 0 }
            glVertexAttrib4f(location + column, at(0), at(1), at(2), at(3))
        }
    }

    private static func typeName(_ type: GLenum) -> String {
        switch Int32(type) {
        case GL_FLOAT: "float"
        case GL_FLOAT_VEC2: "vec2"
        case GL_FLOAT_VEC3: "vec3"
        case GL_FLOAT_VEC4: "vec4"
        default: ""
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
