import CEpoxy

/// The scalar kind and the number of components of a uniform that can hold numbers.
struct Shape {
    enum Scalar { case float, double, int, uint, matrix, doubleMatrix }
    let scalar: Scalar
    let components: Int

    init?(_ type: GLenum) {
        switch Int32(type) {
        case GL_FLOAT: (scalar, components) = (.float, 1)
        case GL_FLOAT_VEC2: (scalar, components) = (.float, 2)
        case GL_FLOAT_VEC3: (scalar, components) = (.float, 3)
        case GL_FLOAT_VEC4: (scalar, components) = (.float, 4)
        case GL_DOUBLE: (scalar, components) = (.double, 1)
        case GL_DOUBLE_VEC2: (scalar, components) = (.double, 2)
        case GL_DOUBLE_VEC3: (scalar, components) = (.double, 3)
        case GL_DOUBLE_VEC4: (scalar, components) = (.double, 4)
        case GL_INT, GL_BOOL: (scalar, components) = (.int, 1)
        case GL_INT_VEC2, GL_BOOL_VEC2: (scalar, components) = (.int, 2)
        case GL_INT_VEC3, GL_BOOL_VEC3: (scalar, components) = (.int, 3)
        case GL_INT_VEC4, GL_BOOL_VEC4: (scalar, components) = (.int, 4)
        case GL_UNSIGNED_INT: (scalar, components) = (.uint, 1)
        case GL_UNSIGNED_INT_VEC2: (scalar, components) = (.uint, 2)
        case GL_UNSIGNED_INT_VEC3: (scalar, components) = (.uint, 3)
        case GL_UNSIGNED_INT_VEC4: (scalar, components) = (.uint, 4)
        case GL_FLOAT_MAT2: (scalar, components) = (.matrix, 4)
        case GL_FLOAT_MAT3: (scalar, components) = (.matrix, 9)
        case GL_FLOAT_MAT4: (scalar, components) = (.matrix, 16)
        case GL_DOUBLE_MAT4: (scalar, components) = (.doubleMatrix, 16)
        default: return nil
        }
    }

    /// An element's components as this kind has them: of a matrix of four columns a `mat3` takes turn and scale.
    func fitted(_ element: [Double]) -> [Double] {
        guard components == 9, element.count == 16 else { return element }
        return [0, 1, 2, 4, 5, 6, 8, 9, 10].map { element[$0] }
    }

    /// The rows of a matrix; nil for what is none.
    var rows: Int? {
        guard scalar == .matrix || scalar == .doubleMatrix else { return nil }
        return components == 16 ? 4 : components == 9 ? 3 : 2
    }

    /// How many bytes a component has in a buffer.
    var componentBytes: Int { scalar == .double || scalar == .doubleMatrix ? 8 : 4 }

    /// Writes a component as buffers have it; what has no room there is left out.
    ///
    /// - Returns: whether the bytes are others than before.
    func store(_ number: Double, in bytes: inout [UInt8], at offset: Int) -> Bool {
        guard offset >= 0, offset + componentBytes <= bytes.count else { return false }
        return switch scalar {
        case .float, .matrix: Self.store(Float(number).bitPattern, in: &bytes, at: offset)
        case .double, .doubleMatrix: Self.store(number.bitPattern, in: &bytes, at: offset)
        case .int, .uint: Self.store(number.whole, in: &bytes, at: offset)
        }
    }

    private static func store<Bits: FixedWidthInteger>(
        _ bits: Bits, in bytes: inout [UInt8], at offset: Int
    ) -> Bool {
        bytes.withUnsafeMutableBytes { bytes in
            guard bytes.loadUnaligned(fromByteOffset: offset, as: Bits.self) != bits else {
                return false
            }
            bytes.storeBytes(of: bits, toByteOffset: offset, as: Bits.self)
            return true
        }
    }

    /// Sets `count` elements from `count * components` numbers (glUniform*v).
    func set(_ location: GLint, count: GLsizei, values: [Double]) {
        switch scalar {
        case .float:
            let values = values.map(Float.init)
            switch components {
            case 1: glUniform1fv(location, count, values)
            case 2: glUniform2fv(location, count, values)
            case 3: glUniform3fv(location, count, values)
            default: glUniform4fv(location, count, values)
            }
        case .double:
            switch components {
            case 1: glUniform1dv(location, count, values)
            case 2: glUniform2dv(location, count, values)
            case 3: glUniform3dv(location, count, values)
            default: glUniform4dv(location, count, values)
            }
        case .matrix:
            let values = values.map(Float.init)
            switch components {
            case 4: glUniformMatrix2fv(location, count, GLboolean(GL_FALSE), values)
            case 9: glUniformMatrix3fv(location, count, GLboolean(GL_FALSE), values)
            default: glUniformMatrix4fv(location, count, GLboolean(GL_FALSE), values)
            }
        case .doubleMatrix:
            glUniformMatrix4dv(location, count, GLboolean(GL_FALSE), values)
        case .int:
            let values = values.map(\.whole)
            switch components {
            case 1: glUniform1iv(location, count, values)
            case 2: glUniform2iv(location, count, values)
            case 3: glUniform3iv(location, count, values)
            default: glUniform4iv(location, count, values)
            }
        case .uint:
            let values = values.map { GLuint(bitPattern: $0.whole) }
            switch components {
            case 1: glUniform1uiv(location, count, values)
            case 2: glUniform2uiv(location, count, values)
            case 3: glUniform3uiv(location, count, values)
            default: glUniform4uiv(location, count, values)
            }
        }
    }
}

extension Double {
    /// Its whole part, clamped to what a GL integer holds; 0 for what is no number.
    fileprivate var whole: GLint {
        guard !isNaN else { return 0 }
        return GLint(clamping: Int64(Swift.max(-9e15, Swift.min(9e15, self))))
    }
}
