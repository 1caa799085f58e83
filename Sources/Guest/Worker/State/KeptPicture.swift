import CEpoxy
import GLSL
import Render

/// What a pass draws into: one picture, or two in turn where somebody reads what was drawn in the frame before.
final class KeptPicture {
    /// What it is like.
    struct Form: Equatable {
        var width: Int
        var height: Int
        var format = PixelFormat.rgba8
        var isDoubled = true
        var hasMipmaps = false

        /// Bytes of its newest picture.
        var bytes: Int { width * height * format.bytes }
        /// Bytes of all of it.
        var allBytes: Int {
            let one = hasMipmaps ? bytes * 4 / 3 : bytes
            return isDoubled ? 2 * one : one
        }
    }

    let form: Form
    /// The newest that was drawn to its end; where it is drawn, too, where there is only one.
    private(set) var previous: Framebuffer
    private(set) var next: Framebuffer

    var width: Int { form.width }
    var height: Int { form.height }

    /// Pictures of zeros: black.
    init(_ form: Form) throws(GuestError) {
        self.form = form
        func make() throws(GuestError) -> Framebuffer {
            let longest = max(form.width, form.height)
            let texture = Texture(
                width: form.width, height: form.height, format: form.format.internalFormat,
                levels: form.hasMipmaps ? longest.bitWidth - longest.leadingZeroBitCount : 1)
            // Whole numbers have nothing in between.
            if form.format.scalar != .float { texture.setFilter(GL_NEAREST, GL_NEAREST) }
            do { return try Framebuffer(color: texture) } catch { throw GuestError("\(error)") }
        }
        previous = try make()
        next = form.isDoubled ? try make() : previous
        clear()
    }

    /// Makes the newest picture zeros.
    func clear() {
        previous.bind()
        glDisable(GLenum(GL_SCISSOR_TEST))
        glColorMask(1, 1, 1, 1)
        form.format.clear(.zero)
        makeMipmaps()
    }

    /// Makes what was drawn the picture of the frame before.
    func flip() { if form.isDoubled { swap(&previous, &next) } }

    /// Copies the newest picture to where the next one is drawn, for passes that go on with it.
    func carryOver() {
        guard form.isDoubled else { return }
        let kind = GLenum(GL_TEXTURE_2D)
        glCopyImageSubData(
            previous.color.name, kind, 0, 0, 0, 0, next.color.name, kind, 0, 0, 0, 0,
            GLsizei(width), GLsizei(height), 1)
    }

    /// Makes the smaller copies of the newest picture.
    func makeMipmaps() {
        guard form.hasMipmaps, form.format.scalar == .float else { return }
        glBindTexture(GLenum(GL_TEXTURE_2D), previous.color.name)
        glGenerateMipmap(GLenum(GL_TEXTURE_2D))
    }

    /// A picture of another form with the same contents, smoothly scaled where it has another size.
    ///
    /// The pixels' format must be the same.
    func scaled(to form: Form) throws(GuestError) -> KeptPicture {
        let scaled = try KeptPicture(form)
        let isSame = (form.width, form.height) == (width, height)
        scaled.previous.bind()
        glBindFramebuffer(GLenum(GL_READ_FRAMEBUFFER), previous.name)
        glBlitFramebuffer(
            0, 0, GLint(width), GLint(height), 0, 0, GLint(form.width), GLint(form.height),
            GLbitfield(GL_COLOR_BUFFER_BIT),
            GLenum(form.format.scalar == .float && !isSame ? GL_LINEAR : GL_NEAREST))
        scaled.makeMipmaps()
        return scaled
    }

    /// Copies the newest picture's pixels, `form.bytes` of them.
    func read(into memory: UnsafeMutableRawPointer) {
        glBindFramebuffer(GLenum(GL_READ_FRAMEBUFFER), previous.name)
        glPixelStorei(GLenum(GL_PACK_ALIGNMENT), 1)
        glPixelStorei(GLenum(GL_PACK_ROW_LENGTH), 0)
        glReadPixels(
            0, 0, GLsizei(width), GLsizei(height), form.format.layout, form.format.component,
            memory)
    }

    /// Takes `form.bytes` of pixels as its newest picture.
    func write(_ memory: UnsafeRawPointer) {
        glBindTexture(GLenum(GL_TEXTURE_2D), previous.color.name)
        glPixelStorei(GLenum(GL_UNPACK_ALIGNMENT), 1)
        glPixelStorei(GLenum(GL_UNPACK_ROW_LENGTH), 0)
        glTexSubImage2D(
            GLenum(GL_TEXTURE_2D), 0, 0, 0, GLsizei(width), GLsizei(height), form.format.layout,
            form.format.component, memory)
        makeMipmaps()
    }

    /// What the picture of an eye is known by; the left one's as that of one who has only one.
    func key(pass: String, eye: Int) -> StateKey {
        key(.picture, pass: pass, name: Self.name(ofEye: eye))
    }

    /// What a picture for image units is known by.
    func key(image name: String) -> StateKey { key(.image, pass: "", name: name) }

    private func key(_ kind: StateKey.Kind, pass: String, name: String) -> StateKey {
        StateKey(
            kind: kind, pass: pass, name: name, format: UInt32(form.format.internalFormat),
            width: width, height: height, bytes: form.bytes)
    }

    static func name(ofEye eye: Int) -> String { eye == 0 ? "" : "right" }
}
