import CEpoxy

/// A pattern by which one process shows another that both see the same picture.
///
/// A board of up to eight by eight fields, whose colours nobody can know who has not been told the number.
public struct PicturePattern: Sendable, Equatable {
    /// What the colours come from.
    public let number: UInt32
    /// How it is drawn.
    public let method: Method

    /// The ways of drawing, which drivers treat differently: a clear may be a mere note of a colour somewhere else.
    public enum Method: UInt8, Sendable, CaseIterable {
        /// Field by field with clears.
        case clears
        /// All at once with a stretched copy.
        case copy
    }

    /// A pattern of a number, drawn in one of the ways.
    public init(number: UInt32, method: Method) { (self.number, self.method) = (number, method) }

    /// Fields of one side of a picture that is so long, in pixels.
    static func fields(_ side: Int) -> Int { max(1, min(8, side)) }

    /// Where a field begins and ends on a side of so many pixels: as a stretched copy has it, a pixel belongs to the field
    /// that its middle is in.
    static func place(_ field: Int, of count: Int, on side: Int) -> (Int, Int) {
        func edge(_ field: Int) -> Int { (2 * field * side + count - 1) / (2 * count) }
        return (edge(field), edge(field + 1))
    }

    /// A field's colour, opaque.
    func color(_ x: Int, _ y: Int) -> [UInt8] {
        // The mix of splitmix64's end: any change of the number or the place changes about half of all bits.
        var value = UInt64(number) << 16 | UInt64(x) << 8 | UInt64(y)
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        value ^= value >> 31
        return [
            UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8),
            UInt8(truncatingIfNeeded: value >> 16), 255,
        ]
    }

    /// All fields' colours, row after row from the bottom.
    public func colors(width: Int, height: Int) -> [UInt8] {
        (0..<Self.fields(height)).flatMap { y in
            (0..<Self.fields(width)).flatMap { x in color(x, y) }
        }
    }

    /// Draws it over the whole of a picture; does not wait until it is done.
    public func draw(into target: Framebuffer) {
        let (width, height) = (target.color.width, target.color.height)
        let (columns, rows) = (Self.fields(width), Self.fields(height))
        glColorMask(GLboolean(GL_TRUE), GLboolean(GL_TRUE), GLboolean(GL_TRUE), GLboolean(GL_TRUE))
        glDisable(GLenum(GL_FRAMEBUFFER_SRGB))
        switch method {
        case .clears:
            target.bind()
            glEnable(GLenum(GL_SCISSOR_TEST))
            for y in 0..<rows {
                for x in 0..<columns {
                    let (left, right) = Self.place(x, of: columns, on: width)
                    let (low, high) = Self.place(y, of: rows, on: height)
                    glScissor(
                        GLint(left), GLint(low), GLsizei(right - left), GLsizei(high - low))
                    let parts = color(x, y).map { Float($0) / 255 }
                    glClearColor(parts[0], parts[1], parts[2], parts[3])
                    glClear(GLbitfield(GL_COLOR_BUFFER_BIT))
                }
            }
            glDisable(GLenum(GL_SCISSOR_TEST))
        case .copy:
            let small = Texture(width: columns, height: rows)
            colors(width: width, height: height).withUnsafeBytes { bytes in
                guard let pixels = bytes.baseAddress else { return }
                small.upload(width: columns, height: rows, pixels: pixels)
            }
            target.bind()
            glDisable(GLenum(GL_SCISSOR_TEST))
            SharedImage.reading(small) { _ in
                glBlitFramebuffer(
                    0, 0, GLint(columns), GLint(rows), 0, 0, GLint(width), GLint(height),
                    GLbitfield(GL_COLOR_BUFFER_BIT), GLenum(GL_NEAREST))
            }
        }
    }
}
