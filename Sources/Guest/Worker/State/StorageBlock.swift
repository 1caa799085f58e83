import CEpoxy

/// A `buffer` block of a linked program, as the driver lays it out.
struct StorageBlock: Hashable {
    let name: String
    let binding: Int
    /// Bytes that its buffer needs.
    let bytes: Int
    /// Bytes that its buffer needs without the array of no size at its end.
    var fixedBytes = 4
    /// A hash of its members' names, types and places.
    let layout: UInt64

    /// Blocks of our own begin so; they are none of the user's, and neither are their bindings.
    static let reserved = "phosphor_"
    /// Elements that an array without a size gets at the end of a block.
    static let openCount = 65_536
    /// And what such an array may come to at most, in bytes.
    static let openBytes = 16 << 20

    /// All blocks of a linked program (glGetProgramResource), but for our own.
    static func all(of program: GLuint) -> [StorageBlock] {
        let blocks = ProgramResources(program: program, interface: GL_SHADER_STORAGE_BLOCK)
        return (0..<blocks.count).compactMap { index in
            let name = blocks.name(index)
            let values = blocks.values(
                index, [GL_BUFFER_BINDING, GL_BUFFER_DATA_SIZE, GL_NUM_ACTIVE_VARIABLES])
            guard !name.hasPrefix(reserved), values.count == 3 else { return nil }
            let variables = blocks.values(
                index, [GL_ACTIVE_VARIABLES], room: max(1, Int(values[2])))
            let members = ProgramResources(program: program, interface: GL_BUFFER_VARIABLE)
            var (bytes, lines) = (Int(max(values[1], 4)), [String]())
            let fixed = bytes
            for variable in variables.prefix(Int(max(0, values[2]))) {
                let member = members.values(Int(variable), Self.properties)
                guard member.count == Self.properties.count else { continue }
                // The block's name before a member's, where it has an instance name, says nothing of the layout.
                var own = members.name(Int(variable))
                if own.hasPrefix(name + ".") { own.removeFirst(name.utf8.count + 1) }
                lines.append("\(own) \(member)")
                // Of structures the outer array tells; of numbers, the only one.
                if member[6] == 0 || member[2] == 0 {
                    // No size: the driver has counted one element, if any.
                    let stride = Int(max(member[7], member[3], 4))
                    let count = max(1, min(openCount, openBytes / stride))
                    bytes = max(bytes, Int(member[1]) / stride * stride + count * stride)
                }
            }
            return StorageBlock(
                name: name, binding: Int(values[0]), bytes: bytes, fixedBytes: fixed,
                layout: lines.sorted().reduce(into: FNV()) { $0.add($1) }.value)
        }
    }

    private static let properties = [
        GL_TYPE, GL_OFFSET, GL_ARRAY_SIZE, GL_ARRAY_STRIDE, GL_MATRIX_STRIDE, GL_IS_ROW_MAJOR,
        GL_TOP_LEVEL_ARRAY_SIZE, GL_TOP_LEVEL_ARRAY_STRIDE,
    ]
}

/// One of a program's lists of resources (glGetProgramInterface).
struct ProgramResources {
    let program: GLuint
    let interface: GLenum
    let count: Int
    private let longest: Int

    init(program: GLuint, interface: Int32) {
        (self.program, self.interface) = (program, GLenum(interface))
        var (count, longest): (GLint, GLint) = (0, 0)
        glGetProgramInterfaceiv(program, self.interface, GLenum(GL_ACTIVE_RESOURCES), &count)
        glGetProgramInterfaceiv(program, self.interface, GLenum(GL_MAX_NAME_LENGTH), &longest)
        (self.count, self.longest) = (Int(max(0, count)), Int(max(0, longest)))
    }

    func name(_ index: Int) -> String {
        var characters = [GLchar](repeating: 0, count: longest + 1)
        var length: GLsizei = 0
        glGetProgramResourceName(
            program, interface, GLuint(index), GLsizei(characters.count), &length, &characters)
        let bytes = characters.prefix(Int(max(0, length))).map(UInt8.init(bitPattern:))
        return String(decoding: bytes, as: UTF8.self)
    }

    func values(_ index: Int, _ properties: [Int32], room: Int? = nil) -> [GLint] {
        let names = properties.map { GLenum($0) }
        var values = [GLint](repeating: 0, count: room ?? names.count)
        var written: GLsizei = 0
        glGetProgramResourceiv(
            program, interface, GLuint(index), GLsizei(names.count), names,
            GLsizei(values.count), &written, &values)
        return Array(values.prefix(Int(max(0, written))))
    }
}

/// The hash of Fowler, Noll and Vo: the same in every process, which Swift's own is not.
struct FNV {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func add(_ text: String) {
        for byte in text.utf8 { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
        value = (value ^ 0xff) &* 0x100_0000_01b3
    }
}
