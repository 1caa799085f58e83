import CEpoxy

/// A picture in memory: 8-bit RGBA in sRGB, the top row first, tightly packed.
public struct Pixels: Equatable, Sendable {
    /// Width in pixels.
    public let width: Int
    /// Height in pixels.
    public let height: Int
    /// `4 * width * height` bytes, rows from the top.
    public var rgba: [UInt8]

    /// A picture of one colour, transparent black unless told otherwise; sizes below 0 are taken as
    /// 0.
    public init(width: Int, height: Int, filled color: Color = Color(0, alpha: 0)) {
        (self.width, self.height) = (max(0, width), max(0, height))
        rgba = Array(repeating: 0, count: 4 * self.width * self.height)
        let bytes = color.bytes
        if bytes == 0 { return }
        for index in rgba.indices { rgba[index] = UInt8(bytes >> UInt32(index % 4 * 8) & 255) }
    }

    /// A picture of given bytes; nil where their number is not `4 * width * height`.
    public init?(width: Int, height: Int, rgba: [UInt8]) {
        guard width >= 0, height >= 0, rgba.count == 4 * width * height else { return nil }
        (self.width, self.height, self.rgba) = (width, height, rgba)
    }

    /// Bytes R, G, B, A of one pixel, counted from the top left; zeros outside.
    public subscript(x: Int, y: Int) -> SIMD4<UInt8> {
        guard x >= 0, y >= 0, x < width, y < height else { return .zero }
        let index = 4 * (y * width + x)
        return SIMD4(rgba[index], rgba[index + 1], rgba[index + 2], rgba[index + 3])
    }

    /// Reads the lower left `width` by `height` pixels of the bound framebuffer (glReadPixels),
    /// which waits for the GPU.
    public static func read(width: Int, height: Int) -> Pixels {
        var result = Pixels(width: width, height: height)
        guard result.width > 0, result.height > 0 else { return result }
        glPixelStorei(GLenum(GL_PACK_ALIGNMENT), 1)
        result.rgba.withUnsafeMutableBytes { bytes in
            glReadPixels(
                0, 0, GLsizei(width), GLsizei(height), GLenum(GL_RGBA), GLenum(GL_UNSIGNED_BYTE),
                bytes.baseAddress)
        }
        result.flip()
        return result
    }

    /// Turns the picture upside down: GL counts rows from the bottom, files from the top.
    public mutating func flip() {
        let stride = 4 * width
        guard stride > 0 else { return }
        rgba.withUnsafeMutableBytes { bytes in
            withUnsafeTemporaryAllocation(byteCount: stride, alignment: 1) { kept in
                for row in 0..<(height / 2) {
                    let upper = UnsafeMutableRawBufferPointer(
                        rebasing: bytes[row * stride..<(row + 1) * stride])
                    let lower = UnsafeMutableRawBufferPointer(
                        rebasing: bytes[(height - 1 - row) * stride..<(height - row) * stride])
                    kept.copyMemory(from: UnsafeRawBufferPointer(upper))
                    upper.copyMemory(from: UnsafeRawBufferPointer(lower))
                    lower.copyMemory(from: UnsafeRawBufferPointer(kept))
                }
            }
        }
    }
}
