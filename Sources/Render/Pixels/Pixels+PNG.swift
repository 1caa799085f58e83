import CPNG
import Glibc

extension Pixels {
    /// Encodes the picture as a PNG file in sRGB.
    ///
    /// - Parameter opaque: leave alpha out, as a picture of the screen does.
    public func pngData(opaque: Bool = true) throws -> [UInt8] {
        guard width > 0, height > 0 else {
            throw RenderError("A picture of \(width)x\(height) pixels cannot be a PNG file.")
        }
        var bytes: UnsafeMutablePointer<UInt8>?
        var length = 0
        let code = rgba.withUnsafeBufferPointer { pixels in
            phosphor_png_encode(
                pixels.baseAddress, UInt32(width), UInt32(height), 4 * width, opaque ? 1 : 0,
                &bytes,
                &length)
        }
        guard code == 0, let bytes else {
            throw RenderError("libpng could not encode a picture of \(width)x\(height) pixels.")
        }
        defer { free(bytes) }
        return Array(UnsafeBufferPointer(start: bytes, count: length))
    }

    /// Decodes any PNG file; bytes are as the file has them, whatever it says of gamma.
    ///
    /// - Throws: `RenderError` for a broken one, and for one of more pixels than `PictureFile.pixelLimit`.
    public init(png data: [UInt8]) throws {
        do throws(PictureFault) {
            self = try PictureFile.decode(data, as: .png)
        } catch {
            throw RenderError(
                "These \(data.count) bytes are no PNG picture that can be read: it \(error.words).")
        }
    }

    /// Reads a PNG file.
    public init(pngFile path: String) throws {
        guard let file = fopen(path, "rb") else {
            throw Self.fileError("The picture", path, "cannot be read")
        }
        defer { fclose(file) }
        var data: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            if count == 0 { break }
            data += chunk[0..<count]
        }
        do {
            try self.init(png: data)
        } catch {
            throw RenderError("The file '\(path)' is not a whole PNG picture.")
        }
    }

    /// Writes a PNG file so that no one ever sees half of it: a temporary file beside it, synced,
    /// then renamed.
    ///
    /// - Parameter opaque: leave alpha out, as a picture of the screen does.
    public func writePNG(to path: String, opaque: Bool = true) throws {
        let data = try pngData(opaque: opaque)
        let temporary = "\(path).\(getpid()).part"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw Self.fileError("The picture", path, "cannot be written")
        }
        var written = 0
        while written < data.count {
            let count = data.withUnsafeBytes {
                write(descriptor, $0.baseAddress.map { $0 + written }, data.count - written)
            }
            if count < 0, errno == EINTR { continue }
            if count <= 0 { break }
            written += count
        }
        let isWhole = written == data.count && fsync(descriptor) == 0
        // The first failure's reason, before the calls that clean up replace it.
        let reason = errno
        close(descriptor)
        guard isWhole, rename(temporary, path) == 0 else {
            let error = Self.fileError(
                "The picture", path, "cannot be written", isWhole ? errno : reason)
            unlink(temporary)
            throw error
        }
    }

    private static func fileError(
        _ what: String, _ path: String, _ happened: String, _ code: Int32 = errno
    ) -> RenderError {
        let reason = strerror(code).map { String(cString: $0) } ?? "error \(code)"
        return RenderError("\(what) '\(path)' \(happened): \(reason).")
    }
}
