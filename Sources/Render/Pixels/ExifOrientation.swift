/// How a camera held its picture, as Exif says it (Exif 2.3, 4.6.4 A: tag 0x0112): from 1, as the rows lie, to 8.
struct ExifOrientation {
    /// Whether left and right are to be exchanged, and top and bottom, after rows became columns.
    private(set) var isMirrored = false
    private(set) var isUpsideDown = false
    /// Whether rows are to become columns.
    private(set) var isTransposed = false

    /// What a JPEG says in its first Exif block; upright where it says nothing that can be.
    init(jpeg bytes: [UInt8]) {
        guard let exif = Self.exif(in: bytes), let value = Self.orientation(in: exif) else {
            return
        }
        isMirrored = [2, 3, 6, 7].contains(value)
        isUpsideDown = [3, 4, 7, 8].contains(value)
        isTransposed = value >= 5
    }

    var isUpright: Bool { !isMirrored && !isUpsideDown && !isTransposed }

    /// The TIFF structure of the first APP1 block that is Exif's.
    private static func exif(in bytes: [UInt8]) -> ArraySlice<UInt8>? {
        var index = 2
        while index + 4 <= bytes.count, bytes[index] == 0xFF {
            let marker = bytes[index + 1]
            // Filling; marks without a length; and what comes behind the head.
            if marker == 0xFF {
                index += 1
                continue
            }
            if marker == 0xDA || marker == 0xD9 || marker < 0xC0 { return nil }
            let length = Int(bytes[index + 2]) << 8 | Int(bytes[index + 3])
            let end = index + 2 + length
            guard length >= 2, end <= bytes.count else { return nil }
            let content = bytes[(index + 4)..<end]
            if marker == 0xE1, content.starts(with: Array("Exif\0\0".utf8)) {
                return content.dropFirst(6)
            }
            index = end
        }
        return nil
    }

    private static func orientation(in tiff: ArraySlice<UInt8>) -> Int? {
        let isLittle = tiff.starts(with: [0x49, 0x49, 42, 0])
        guard isLittle || tiff.starts(with: [0x4D, 0x4D, 0, 42]) else { return nil }
        func number(_ offset: Int, _ count: Int) -> Int? {
            let start = tiff.startIndex + offset
            guard offset >= 0, start + count <= tiff.endIndex else { return nil }
            let digits = tiff[start..<start + count]
            return (isLittle ? Array(digits.reversed()) : Array(digits)).reduce(0) {
                $0 << 8 | Int($1)
            }
        }
        guard let directory = number(4, 4), let entries = number(directory, 2) else { return nil }
        for entry in 0..<entries {
            let start = directory + 2 + 12 * entry
            guard let tag = number(start, 2) else { return nil }
            guard tag == 0x0112 else { continue }
            guard number(start + 2, 2) == 3, let value = number(start + 8, 2),
                (1...8).contains(value)
            else { return nil }
            return value
        }
        return nil
    }
}

extension Pixels {
    /// The picture as it is meant to be seen.
    func upright(_ orientation: ExifOrientation) -> Pixels {
        guard !orientation.isUpright else { return self }
        let (columns, rows) = orientation.isTransposed ? (height, width) : (width, height)
        var result = Pixels(width: columns, height: rows)
        rgba.withUnsafeBytes { source in
            result.rgba.withUnsafeMutableBytes { target in
                for y in 0..<rows {
                    let row = orientation.isUpsideDown ? rows - 1 - y : y
                    for x in 0..<columns {
                        let column = orientation.isMirrored ? columns - 1 - x : x
                        let from =
                            orientation.isTransposed ? column * width + row : row * width + column
                        target.storeBytes(
                            of: source.loadUnaligned(fromByteOffset: 4 * from, as: UInt32.self),
                            toByteOffset: 4 * (y * columns + x), as: UInt32.self)
                    }
                }
            }
        }
        return result
    }
}
