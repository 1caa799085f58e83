import CJPEG
import CPNG

/// Reads pictures out of files that anybody may have written: PNG and JPEG, whatever their names say.
///
/// A file's measures are read, and checked, before any memory is taken for its pixels.
public enum PictureFile {
    /// The most pixels of a picture: 8192 by 8192.
    public static let pixelLimit = 8192 * 8192
    /// The longest side; nothing that draws takes a longer one.
    public static let sideLimit = 16384
    /// The most bytes of a file.
    public static let byteLimit = 256 << 20

    /// What a file is, by its first bytes.
    public enum Format: String, Sendable {
        /// Portable Network Graphics: 1 to 16 bits, grey, colours or palette, with or without alpha, interlaced or not.
        case png = "PNG"
        /// JPEG: grey, colours or inks, baseline or progressive.
        case jpeg = "JPEG"

        /// Nil for anything else.
        public init?(_ bytes: [UInt8]) {
            if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) {
                self = .png
            } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
                self = .jpeg
            } else {
                return nil
            }
        }
    }

    /// Decodes a picture of either format, the way up that Exif says.
    ///
    /// - Parameter pixelLimit: the most pixels, where there may be fewer than `pixelLimit`.
    public static func decode(_ bytes: [UInt8], pixelLimit: Int = pixelLimit) throws(PictureFault)
        -> Pixels
    {
        guard let format = Format(bytes) else { throw .unknownFormat }
        let pixels = try decode(bytes, as: format, pixelLimit: pixelLimit)
        return format == .jpeg ? pixels.upright(ExifOrientation(jpeg: bytes)) : pixels
    }

    static func decode(
        _ bytes: [UInt8], as format: Format, pixelLimit: Int = pixelLimit
    ) throws(PictureFault) -> Pixels {
        var (width, height): (UInt32, UInt32) = (0, 0)
        func read(_ pixels: UnsafeMutableBufferPointer<UInt8>?) -> Bool {
            bytes.withUnsafeBufferPointer { data in
                let decode = format == .png ? phosphor_png_decode : phosphor_jpeg_decode
                return decode(
                    data.baseAddress, data.count, pixels?.baseAddress, pixels?.count ?? 0, &width,
                    &height) == 0
            }
        }
        guard read(nil), width > 0, height > 0 else { throw .broken(format) }
        let (columns, rows) = (Int(width), Int(height))
        guard max(columns, rows) <= sideLimit, columns * rows <= pixelLimit else {
            throw .tooLarge(width: columns, height: rows, pixelLimit: pixelLimit)
        }
        let size = 4 * columns * rows
        var isWhole = false
        let rgba = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            isWhole = read(UnsafeMutableBufferPointer(rebasing: buffer[..<size]))
            count = isWhole ? size : 0
        }
        guard isWhole, let picture = Pixels(width: Int(width), height: Int(height), rgba: rgba)
        else { throw .broken(format) }
        return picture
    }
}

/// Why a file is no picture that can be used.
public enum PictureFault: Error, Equatable, Sendable {
    /// Neither PNG nor JPEG.
    case unknownFormat
    /// Cut off, or damaged.
    case broken(PictureFile.Format)
    /// More pixels than are allowed.
    case tooLarge(width: Int, height: Int, pixelLimit: Int)

    /// What the file is, to stand behind its name.
    public var words: String {
        switch self {
        case .unknownFormat: "is neither PNG nor JPEG"
        case .broken(let format): "is not a whole \(format.rawValue) picture"
        case .tooLarge(let width, let height, let pixelLimit):
            "has \(width) x \(height) pixels: there may be \(PictureFile.sideLimit) a side and "
                + "\(pixelLimit >> 20) million in all"
        }
    }
}
