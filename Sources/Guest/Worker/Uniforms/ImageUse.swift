import CEpoxy
import GLSL

/// A picture that image units of a linked program read and write.
struct ImageUse {
    let name: String
    let unit: Int
    /// The uniform's type.
    let type: GLenum

    /// The types that we have pictures for.
    static let types: Set<Int32> = [
        GL_IMAGE_2D, GL_INT_IMAGE_2D, GL_UNSIGNED_INT_IMAGE_2D,
    ]

    /// What its pixels are to a stage.
    var scalar: PixelFormat.Scalar {
        switch Int32(type) {
        case GL_INT_IMAGE_2D: .int
        case GL_UNSIGNED_INT_IMAGE_2D: .uint
        default: .float
        }
    }

    /// The format that a text gives an image in its `layout(…)`; nil where it gives none, or one that we have not.
    static func format(of image: String, in text: String) -> PixelFormat? {
        let bytes = Array(text.utf8)
        var found: PixelFormat?
        for token in Lexer.tokens(of: text) where token.kind != .comment {
            let word = String(decoding: bytes[token.range], as: UTF8.self)
            if word == ";" || word == "}" || word == "{" {
                found = nil
            } else if let format = PixelFormat(rawValue: word) {
                found = format
            } else if word == image, let found {
                return found
            }
        }
        return nil
    }
}
