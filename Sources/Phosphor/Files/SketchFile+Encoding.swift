import GLSL

// Texts are UTF-8. Older ones with an é in a comment often are not, and are read all the same: nothing of them is lost,
// and saving writes UTF-8.

extension SketchFile {
    /// A file's text.
    static func text(_ path: String) throws(FileError) -> String { try read(path).text }

    /// A file's text, and the first line that was not UTF-8 and was read as Windows-1252.
    static func read(_ path: String) throws(FileError) -> (text: String, foreignLine: Int?) {
        let bytes = try AtomicFile.read(path, limit: sizeLimit)
        if let text = String(validating: bytes, as: UTF8.self) { return (withLines(text), nil) }
        let line = foreignLine(of: bytes)
        // Other encodings have bytes that no text has in this one.
        guard let text = decoded(bytes) else {
            throw FileError(
                "Cannot open \(Folders.shown(path)): line \(line) is not UTF-8. Convert it, for instance with: "
                    + "iconv -f utf16 -t utf8")
        }
        return (text, line)
    }

    /// The text of bytes: UTF-8, and what is none as Windows-1252; nil for what is no text.
    ///
    /// A text that is cut off within a letter, since somebody is writing it just now, is none.
    static func decoded(_ bytes: [UInt8]) -> String? {
        if let text = String(validating: bytes, as: UTF8.self) { return withLines(text) }
        guard !bytes.contains(0) else { return nil }
        var text = String.UnicodeScalarView()
        var (parser, rest) = (Unicode.UTF8.ForwardParser(), bytes.makeIterator())
        var (index, isForeign, hasLetters) = (0, false, false)
        while true {
            switch parser.parseScalar(from: &rest) {
            case .valid(let encoded):
                text.append(Unicode.UTF8.decode(encoded))
                index += encoded.count
                if encoded.count > 1 { hasLetters = true }
            case .error(let length):
                let isEnd = index + length == bytes.count && bytes[index] >= 0xC2
                if isEnd, !isForeign, hasLetters { return nil }
                for byte in bytes[index..<index + length] { text.append(scalar(byte)) }
                index += length
                isForeign = true
            case .emptyInput: return withLines(String(text))
            }
        }
    }

    /// The text with its lines ended as everybody reads them: a carriage return alone ends a line too (the GLSL
    /// specification, section 3.2), and in old Macs' files is all that does.
    private static func withLines(_ text: String) -> String {
        let bytes = Array(text.utf8)
        let lone = bytes.indices.filter {
            bytes[$0] == 13 && ($0 + 1 == bytes.count || bytes[$0 + 1] != 10)
        }
        guard !lone.isEmpty else { return text }
        var mended = bytes
        for index in lone { mended[index] = 10 }
        return String(decoding: mended, as: UTF8.self)
    }

    /// The first line that is not UTF-8, from 1: where an editor that can convert it should look.
    private static func foreignLine(of bytes: [UInt8]) -> Int {
        var line = 1
        for part in bytes.split(separator: 10, omittingEmptySubsequences: false) {
            if String(validating: part, as: UTF8.self) == nil { break }
            line += 1
        }
        return line
    }

    /// A byte's letter in Windows-1252; those that it leaves out are the control characters of their numbers.
    private static func scalar(_ byte: UInt8) -> Unicode.Scalar {
        let known =
            (0x80...0x9F).contains(byte) ? upper[Int(byte) - 0x80] : UInt32(byte)
        return Unicode.Scalar(known) ?? "\u{FFFD}"
    }

    private static let upper: [UInt32] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013,
        0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
    ]

    /// What is worth saying of a text that was not UTF-8.
    static let foreignWords = "not UTF-8: it was read as Windows-1252, and saving writes UTF-8"
}
