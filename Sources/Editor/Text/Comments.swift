/// Finds the comments of a line that begins outside of any: GLSL has no strings, so two bytes tell.
enum Comments {
    /// The comments as ranges of the line's bytes; one that goes on in the next line ends with this one.
    static func ranges(in line: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var index = 0
        while index + 1 < line.count {
            guard line[index] == 0x2F else {
                index += 1
                continue
            }
            if line[index + 1] == 0x2F {
                found.append(index..<line.count)
                return found
            }
            guard line[index + 1] == 0x2A else {
                index += 1
                continue
            }
            let start = index
            index += 2
            while index < line.count,
                !(line[index] == 0x2F && line[index - 1] == 0x2A && index > start + 2)
            {
                index += 1
            }
            index = min(line.count, index + 1)
            found.append(start..<index)
        }
        return found
    }
}
