extension LineScanner {
    /// Whether a byte is one of `( ) [ ] { } , ;`.
    func isPunctuation(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x28, 0x29, 0x5B, 0x5D, 0x7B, 0x7D, 0x2C, 0x3B: true
        default: false
        }
    }

    /// The length of the longest operator that begins with these three bytes; 0 for none.
    ///
    /// The list is that of GLSL 4.60, section 3.4, with the preprocessor's `#` and `##`.
    static func operatorLength(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Int {
        switch first {
        case 0x3C, 0x3E:  // < > << >> <= >= <<= >>=
            if second == first { return third == Byte.equals ? 3 : 2 }
            return second == Byte.equals ? 2 : 1
        case 0x2B, 0x2D, 0x26, 0x7C, 0x5E:  // + - & | ^, doubled, or with =
            return second == first || second == Byte.equals ? 2 : 1
        case 0x2A, 0x2F, 0x25, 0x3D, 0x21:  // * / % = !, or with =
            return second == Byte.equals ? 2 : 1
        case 0x23:  // # ##
            return second == first ? 2 : 1
        case 0x7E, 0x3F, 0x3A, 0x2E:  // ~ ? : .
            return 1
        default:
            return 0
        }
    }
}
