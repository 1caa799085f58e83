import CEpoxy
import GLSL

/// A uniform that survived linking and that the guest knows how to set, by its name and declared type.
struct ActiveUniform {
    /// Where its value comes from.
    enum Source: Equatable {
        case builtin(BuiltinUniform)
        case constant([Double])
        /// A value that people tweak.
        case value(String)
        /// A picture's size.
        case size(PictureSource)
        /// A sampler, which gets a texture unit.
        case unit(Int)
        /// A picture to read and write, which gets an image unit.
        case image(Int)
    }

    let location: GLint
    let type: GLenum
    /// Elements of an array; 1 for a plain uniform.
    let count: Int
    let source: Source

    /// Sets it in the current program.
    func set(_ frame: FrameValues) {
        switch source {
        case .unit(let unit), .image(let unit):
            let units = [GLint](repeating: GLint(unit), count: count)
            glUniform1iv(location, GLsizei(count), units)
        default:
            guard let shape = Shape(type) else { return }
            shape.set(location, count: GLsizei(count), values: numbers(frame, shape))
        }
    }

    /// The numbers of its elements, one element after another.
    func numbers(_ frame: FrameValues, _ shape: Shape) -> [Double] {
        switch source {
        case .unit, .image: return []
        case .builtin(let builtin): return flat(builtin.values(frame), shape)
        case .constant(let numbers): return flat(elements(of: numbers), shape)
        case .value(let name): return flat([frame.scene?.value(name) ?? []], shape)
        case .size(let picture):
            let size = frame.scene?.size(of: picture)
            return flat([[Double(size?.width ?? 1), Double(size?.height ?? 1), 1]], shape)
        }
    }

    /// One element, or an array's elements one after another where there are more numbers than one has.
    private func elements(of numbers: [Double]) -> [[Double]] {
        guard count > 1, let size = Shape(type)?.components, numbers.count > size else {
            return Array(repeating: numbers, count: count)
        }
        return stride(from: 0, to: numbers.count, by: size).map {
            Array(numbers[$0..<min($0 + size, numbers.count)])
        }
    }

    private func flat(_ elements: [[Double]], _ shape: Shape) -> [Double] {
        var flat: [Double] = []
        for index in 0..<count {
            let element = index < elements.count ? shape.fitted(elements[index]) : []
            for part in 0..<shape.components {
                flat.append(part < element.count ? element[part] : 0)
            }
        }
        return flat
    }
}

/// All that a linked program wants to be given.
struct ActiveUniforms {
    private(set) var uniforms: [ActiveUniform] = []
    private(set) var samplers: [SamplerUse] = []
    /// The pictures that it reads and writes, by image unit.
    private(set) var images: [ImageUse] = []
    /// The blocks that uniforms are in; nil where there are none.
    private(set) var blocks: UniformBlocks?

    init() {}

    /// Finds the uniforms of a linked program that have a source, samplers and images included.
    init(of program: GLuint, bindings: [UniformBinding], values: Set<String>) {
        let bindings = Dictionary(
            bindings.map { ($0.name, $0.source) }, uniquingKeysWith: { first, _ in first })
        var (count, longest): (GLint, GLint) = (0, 0)
        glGetProgramiv(program, GLenum(GL_ACTIVE_UNIFORMS), &count)
        glGetProgramiv(program, GLenum(GL_ACTIVE_UNIFORM_MAX_LENGTH), &longest)
        var name = [GLchar](repeating: 0, count: Int(max(longest, 1)) + 1)
        var units = SamplerUnits()
        let blocks = UniformBlocks(of: program)
        for index in 0..<GLuint(max(count, 0)) {
            var (length, size, type): (GLsizei, GLint, GLenum) = (0, 0, 0)
            glGetActiveUniform(program, index, GLsizei(name.count), &length, &size, &type, &name)
            let text = String(
                decoding: name.prefix(Int(max(0, length))).map(UInt8.init(bitPattern:)),
                as: UTF8.self)
            let location = glGetUniformLocation(program, name)
            let bare = text.hasSuffix("[0]") ? String(text.dropLast(3)) : text
            guard location >= 0 else {
                // `Block.member` where the block has a name for the text: bindings have the member's own.
                let member = bare.split(separator: ".", maxSplits: 1).last.map(String.init) ?? bare
                if let blocks, Shape(type) != nil,
                    let source = Self.plain(text, bare, bindings, values)
                        ?? Self.plain(member, member, bindings, values)
                {
                    blocks.add(
                        ActiveUniform(
                            location: -1, type: type, count: Int(size), source: source),
                        index: index, of: program)
                }
                continue
            }
            let source: ActiveUniform.Source
            if let kind = SamplerKind(type) {
                let unit: Int
                if case .sampler(let picture, let sampling)? = bindings[bare] {
                    unit = units.unit(kind, .bound(picture), sampling)
                } else {
                    unit = units.unit(kind, SamplerUnits.picture(for: text, kind), nil)
                }
                source = .unit(unit)
            } else if ImageUse.types.contains(Int32(type)) {
                if let known = images.first(where: { $0.name == bare }) {
                    source = .image(known.unit)
                } else {
                    source = .image(images.count)
                    images.append(ImageUse(name: bare, unit: images.count, type: type))
                }
            } else if Shape(type) != nil, let plain = Self.plain(text, bare, bindings, values) {
                source = plain
            } else {
                continue
            }
            uniforms.append(
                ActiveUniform(location: location, type: type, count: Int(size), source: source))
        }
        samplers = units.uses
        self.blocks = blocks
    }

    private static func plain(
        _ text: String, _ bare: String, _ bindings: [String: UniformSource], _ values: Set<String>
    ) -> ActiveUniform.Source? {
        switch bindings[bare] {
        case .builtin(let builtin): return .builtin(builtin)
        case .constant(let numbers): return .constant(numbers)
        case .value(let name): return .value(name)
        case .size(let picture): return .size(picture)
        case .sampler, nil: break
        }
        if let builtin = BuiltinUniform.named(text) { return .builtin(builtin) }
        return values.contains(bare) ? .value(bare) : nil
    }
}
