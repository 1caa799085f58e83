/// What a resource's file holds, as it goes to guests beside the file.
struct ResourceInfo: Hashable, Sendable {
    /// What it is, and its measures.
    enum Kind: Hashable, Sendable {
        /// `width * height` texels of four bytes, bottom row first.
        case texture(width: Int, height: Int)
        /// Six such squares: +x -x +y -y +z -z, rows as cube maps have them (the first is the top one).
        case cube(side: Int)
        /// Eight floats a vertex (place, normal, texture's place), then indices of four bytes; none for all in order.
        case mesh(vertices: Int, indices: Int)
    }

    /// By which programs ask for it; never 0.
    var id: UInt64
    var kind: Kind

    /// Bytes of the file.
    var bytes: Int {
        switch kind {
        case .texture(let width, let height): 4 * width * height
        case .cube(let side): 24 * side * side
        case .mesh(let vertices, let indices): 32 * vertices + 4 * indices
        }
    }

    /// The most bytes of one.
    static let limit = 512 << 20
    /// The most that a guest is given.
    static let most = 128
}

extension WireWriter {
    mutating func resource(_ info: ResourceInfo) {
        integer(info.id)
        switch info.kind {
        case .texture(let width, let height):
            integer(UInt8(0))
            size(width)
            size(height)
        case .cube(let side):
            integer(UInt8(1))
            size(side)
        case .mesh(let vertices, let indices):
            integer(UInt8(2))
            size(vertices)
            size(indices)
        }
    }

    /// The whole table of values; what is too long for one packet is left out.
    mutating func values(_ values: [String: [Double]]) {
        let sorted = ValueTable.sent(values).sorted { $0.key < $1.key }
        size(sorted.count)
        for (name, numbers) in sorted {
            text(name)
            self.numbers(numbers)
        }
    }
}

extension WireReader {
    mutating func resource() throws(WireError) -> ResourceInfo {
        let id: UInt64 = try integer()
        let kind: ResourceInfo.Kind
        switch try integer(UInt8.self) {
        case 0:
            kind = .texture(
                width: try size("width", in: 1...WireLimits.side),
                height: try size("height", in: 1...WireLimits.side))
        case 1: kind = .cube(side: try size("side", in: 1...WireLimits.side))
        case 2:
            kind = .mesh(
                vertices: try size("vertices", in: 1...ResourceInfo.limit / 32),
                indices: try size("indices", in: 0...ResourceInfo.limit / 4))
        default: throw .value("kind of a resource")
        }
        let info = ResourceInfo(id: id, kind: kind)
        guard id != 0, info.bytes <= ResourceInfo.limit else { throw .value("resource") }
        return info
    }

    mutating func values() throws(WireError) -> [String: [Double]] {
        var values: [String: [Double]] = [:]
        for _ in 0..<(try size("number of values", in: 0...ValueTable.most)) {
            let name = try text()
            values[name] = try numbers()
        }
        return values
    }
}

/// The table of values by name, as it fits one packet.
enum ValueTable {
    static let most = 256
    private static let longestName = 128
    private static let mostNumbers = 4

    /// What of a table is sent: names of a sane length, and not more of them than a program has.
    static func sent(_ values: [String: [Double]]) -> [String: [Double]] {
        let fitting = values.filter {
            $0.key.utf8.count <= longestName && $0.value.count <= mostNumbers
        }
        guard fitting.count > most else { return fitting }
        return Dictionary(
            uniqueKeysWithValues: fitting.sorted { $0.key < $1.key }.prefix(most).map {
                ($0.key, $0.value)
            })
    }
}
