import GLSL

/// What a stage's text says of the storage buffers that it declares.
enum StorageUse {
    /// Whether a stage may write into one: whether it declares a `buffer` block that is not `readonly`.
    ///
    /// The loop guard's own block does not count; who reads a macro's text as it stands may say yes too often.
    static func writes(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        var isReadOnly = false
        var waits = false
        for token in Lexer.tokens(of: text) where token.kind != .comment {
            let word = bytes[token.range]
            if waits {
                waits = false
                if !isReadOnly, !word.starts(with: StorageBlock.reserved.utf8) { return true }
            }
            if word.elementsEqual(";".utf8) || word.elementsEqual("}".utf8) {
                isReadOnly = false
            } else if word.elementsEqual("readonly".utf8) {
                isReadOnly = true
            } else if token.kind == .keyword, word.elementsEqual("buffer".utf8) {
                waits = true
            }
        }
        return false
    }
}
