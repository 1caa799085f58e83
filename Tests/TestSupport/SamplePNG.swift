/// Writes PNG files of every sort, byte by byte, without an encoder: what it says of itself need not be true.
public struct SamplePNG {
    /// As in the file's head (PNG 1.2, 11.2.2): 0 grey, 2 colours, 3 palette, 4 grey with alpha, 6 colours with alpha.
    public var colorType = 6
    /// Bits of a sample.
    public var depth = 8
    /// Rows in seven rounds (Adam7).
    public var isInterlaced = false
    /// What the head says of the size; that of the pixels where it is nil.
    public var claimed: (width: Int, height: Int)?
    /// Chunks before the pixels.
    public var chunks: [(name: String, content: [UInt8])] = []

    /// Colours with alpha, 8 bits, unless told otherwise.
    public init(colorType: Int = 6, depth: Int = 8, isInterlaced: Bool = false) {
        (self.colorType, self.depth, self.isInterlaced) = (colorType, depth, isInterlaced)
    }

    private var channels: Int { [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][colorType] ?? 4 }

    /// A file of rows from the top; each pixel has as many samples as the colour type.
    public func file(_ rows: [[[Int]]]) -> [UInt8] {
        let (width, height) = (rows.first?.count ?? 0, rows.count)
        var scanned: [UInt8] = []
        if isInterlaced {
            // Where each round begins, and its steps (PNG 1.2, 8.2).
            let rounds = [
                (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
                (0, 1, 1, 2),
            ]
            for (x, y, right, down) in rounds {
                for row in stride(from: y, to: height, by: down) {
                    let pixels = stride(from: x, to: width, by: right).map { rows[row][$0] }
                    if !pixels.isEmpty { scanned += line(pixels) }
                }
            }
        } else {
            for row in rows { scanned += line(row) }
        }
        let size = claimed ?? (width, height)
        let head =
            Self.number(size.width) + Self.number(size.height)
            + [UInt8(depth), UInt8(colorType), 0, 0, isInterlaced ? 1 : 0]
        var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10] + Self.chunk("IHDR", head)
        for (name, content) in chunks { file += Self.chunk(name, content) }
        return file + Self.chunk("IDAT", Self.stored(scanned)) + Self.chunk("IEND", [])
    }

    /// A row as it is packed, behind the byte that says that it is not filtered.
    private func line(_ pixels: [[Int]]) -> [UInt8] {
        var (bits, count, bytes) = (0, 0, [UInt8(0)])
        for sample in pixels.joined() {
            if depth == 16 {
                bytes += [UInt8(sample >> 8), UInt8(sample & 255)]
                continue
            }
            (bits, count) = (bits << depth | sample, count + depth)
            if count == 8 {
                bytes.append(UInt8(bits))
                (bits, count) = (0, 0)
            }
        }
        if count > 0 { bytes.append(UInt8(bits << (8 - count))) }
        return bytes
    }

    private static func number(_ value: Int) -> [UInt8] {
        (0..<4).map { UInt8(value >> (24 - 8 * $0) & 255) }
    }

    /// A chunk with its length and its sum (CRC-32).
    private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        let body = Array(name.utf8) + content
        var sum: UInt32 = .max
        for byte in body {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
        }
        return number(content.count) + body + number(Int(~sum))
    }

    /// A zlib stream that is not packed at all (RFC 1950, RFC 1951 3.2.4).
    private static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = [0x78, 0x01]
        var rest = bytes[...]
        repeat {
            let part = rest.prefix(65_535)
            rest = rest.dropFirst(part.count)
            let length = UInt16(part.count)
            result += [
                rest.isEmpty ? 1 : 0, UInt8(length & 255), UInt8(length >> 8),
                UInt8(~length & 255), UInt8(~length >> 8),
            ]
            result += part
        } while !rest.isEmpty
        var (a, b) = (1, 0)
        for byte in bytes {
            a = (a + Int(byte)) % 65_521
            b = (b + a) % 65_521
        }
        return result + number(b << 16 | a)
    }
}
