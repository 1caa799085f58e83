/// Reads a Wavefront OBJ, a statement at a time.
struct OBJReader {
    typealias Mistake = WavefrontOBJ.Mistake

    private let bytes: [UInt8]
    private var index = 0
    private(set) var line = 1
    /// The line on which the statement began.
    private var firstLine = 1
    /// The statement's words.
    private var words: [ArraySlice<UInt8>] = []

    private var places: [SIMD3<Float>] = []
    private var normals: [SIMD3<Float>] = []
    private var textures: [SIMD2<Float>] = []
    /// A vertex's place, place in textures and normal by number; -1 for none.
    private var corners: [SIMD3<Int32>] = []
    private var known: [SIMD3<Int32>: UInt32] = [:]
    private var triangles: [UInt32] = []
    private(set) var mistakes: [Mistake] = []
    private(set) var warnings: [Mistake] = []

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func read() {
        guard bytes.count <= WavefrontOBJ.byteLimit else {
            return wrong(
                "the file has more than the \(WavefrontOBJ.byteLimit >> 20) MB that are allowed")
        }
        while mistakes.count < WavefrontOBJ.mostMistakes, nextStatement() { take() }
        if mistakes.isEmpty, triangles.isEmpty {
            wrong("there is no face (f) in it: nothing to draw")
        }
    }

    private mutating func wrong(_ message: String) {
        mistakes.append(Mistake(line: firstLine, message: message))
    }

    // MARK: Words

    /// Parts the next statement into words; false at the end.
    ///
    /// A backslash at a line's end goes on with the next line.
    private mutating func nextStatement() -> Bool {
        words.removeAll(keepingCapacity: true)
        guard index < bytes.count else { return false }
        firstLine = line
        var start: Int?
        var isComment = false
        while index <= bytes.count {
            let byte = index < bytes.count ? bytes[index] : 10
            let isContinued = byte == 92 && endOfLine(after: index) != nil
            if let begun = start, isContinued || byte <= 32 || byte == 35 {
                words.append(bytes[begun..<index])
                start = nil
                guard words.count <= WavefrontOBJ.mostWords else {
                    wrong("it has more than the \(WavefrontOBJ.mostWords) words that are allowed")
                    (index, words) = (bytes.count, [])
                    return true
                }
            }
            if isContinued, let end = endOfLine(after: index) {
                line += 1
                index = end
                continue
            }
            index += 1
            switch byte {
            case 10:
                line += 1
                return true
            case 35: isComment = true
            case 0...32: break
            default: if !isComment, start == nil { start = index - 1 }
            }
        }
        return true
    }

    /// Where the next line begins, if a backslash here is the last of its own.
    private func endOfLine(after index: Int) -> Int? {
        if index + 1 < bytes.count, bytes[index + 1] == 10 { return index + 2 }
        if index + 2 < bytes.count, bytes[index + 1] == 13, bytes[index + 2] == 10 {
            return index + 3
        }
        return nil
    }

    // MARK: Statements

    /// What is not for triangles, or only for looks.
    private static let passedOver: Set<String> = [
        "o", "g", "s", "mg", "usemtl", "mtllib", "usemap", "maplib", "l", "p", "vp", "cstype",
        "deg",
        "bmat", "step", "parm", "trim", "hole", "scrv", "sp", "end", "con", "bevel", "c_interp",
        "d_interp", "lod", "shadow_obj", "trace_obj", "ctech", "stech", "call", "csh",
    ]

    private mutating func take() {
        guard let keyword = words.first else { return }
        switch String(decoding: keyword, as: UTF8.self) {
        case "v":
            // A fourth number is a weight for curves; some write colours behind the place.
            guard let numbers = numbers(3...7) else { return }
            guard places.count < WavefrontOBJ.limit else { return tooMany("places (v)") }
            places.append(SIMD3(numbers[0], numbers[1], numbers[2]))
        case "vt":
            guard let numbers = numbers(1...3) else { return }
            guard textures.count < WavefrontOBJ.limit else {
                return tooMany("places in textures (vt)")
            }
            textures.append(SIMD2(numbers[0], numbers.count > 1 ? numbers[1] : 0))
        case "vn":
            guard let numbers = numbers(3...3) else { return }
            guard normals.count < WavefrontOBJ.limit else { return tooMany("normals (vn)") }
            normals.append(SIMD3(numbers[0], numbers[1], numbers[2]).unit ?? SIMD3(0, 0, 1))
        // Old files have `fo` for the same.
        case "f", "fo": face()
        case "curv", "curv2", "surf":
            warn("curves and surfaces are no triangles: this one is left out")
        case let word where Self.passedOver.contains(word): break
        case let word: warn("nobody knows what '\(word.prefix(20))' is: the line is left out")
        }
    }

    private mutating func warn(_ message: String) {
        guard warnings.count < WavefrontOBJ.mostMistakes else { return }
        warnings.append(Mistake(line: firstLine, message: message))
    }

    private mutating func tooMany(_ what: String) {
        wrong("there are more than \(WavefrontOBJ.limit) \(what)")
        index = bytes.count
    }

    private mutating func numbers(_ count: ClosedRange<Int>) -> [Float]? {
        guard count.contains(words.count - 1) else {
            let wanted =
                count.count == 1
                ? "\(count.lowerBound)" : "\(count.lowerBound) to \(count.upperBound)"
            wrong(
                "'\(String(decoding: words[0], as: UTF8.self))' has \(words.count - 1) numbers, and should have \(wanted)"
            )
            return nil
        }
        var result: [Float] = []
        for word in words.dropFirst() {
            guard let number = DecimalNumber.read(word) else {
                wrong("'\(String(decoding: word.prefix(20), as: UTF8.self))' is not a number")
                return nil
            }
            result.append(number)
        }
        return result
    }

    // MARK: Faces

    private mutating func face() {
        guard words.count >= 4 else {
            return wrong("a face has 3 corners or more, and this one has \(words.count - 1)")
        }
        var fan: [UInt32] = []
        for word in words.dropFirst() {
            guard let corner = corner(word) else { return }
            if let number = known[corner] {
                fan.append(number)
                continue
            }
            guard corners.count < WavefrontOBJ.limit else { return tooMany("vertices") }
            known[corner] = UInt32(corners.count)
            fan.append(UInt32(corners.count))
            corners.append(corner)
        }
        guard triangles.count / 3 + fan.count - 2 <= WavefrontOBJ.limit else {
            return tooMany("triangles")
        }
        for index in 2..<fan.count { triangles += [fan[0], fan[index - 1], fan[index]] }
    }

    /// `v`, `v/vt`, `v//vn` or `v/vt/vn`.
    private mutating func corner(_ word: ArraySlice<UInt8>) -> SIMD3<Int32>? {
        let parts = word.split(separator: 47, omittingEmptySubsequences: false)
        guard parts.count <= 3, parts.count != 2 || !parts[1].isEmpty,
            parts.count != 3 || !parts[2].isEmpty
        else { return notACorner(word) }
        var corner = SIMD3<Int32>(repeating: -1)
        let lists = [
            ("place (v)", places.count), ("place in textures (vt)", textures.count),
            ("normal (vn)", normals.count),
        ]
        for (slot, part) in parts.enumerated() where slot != 1 || !part.isEmpty {
            let (name, count) = lists[slot]
            guard let number = DecimalNumber.readInteger(part), number != 0 else {
                return notACorner(word)
            }
            let index = number > 0 ? number - 1 : count + number
            guard (0..<count).contains(index) else {
                wrong(
                    "this face names \(name) \(number), and there "
                        + (count == 0 ? "is none" : count == 1 ? "is 1" : "are \(count)")
                        + " so far")
                return nil
            }
            corner[slot] = Int32(index)
        }
        return corner
    }

    private mutating func notACorner(_ word: ArraySlice<UInt8>) -> SIMD3<Int32>? {
        wrong(
            "'\(String(decoding: word.prefix(30), as: UTF8.self))' is not a corner: 7, 7/2, 7//3 or 7/2/3, numbers that "
                + "count from 1")
        return nil
    }

    // MARK: The mesh

    /// Vertices and indices of what was read.
    func mesh() -> (vertices: [Float], indices: [UInt32]) {
        let computed = corners.contains { $0.z < 0 } ? computedNormals() : []
        var vertices: [Float] = []
        vertices.reserveCapacity(8 * corners.count)
        for corner in corners {
            let place = places[Int(corner.x)]
            let normal =
                corner.z >= 0
                ? normals[Int(corner.z)] : computed[Int(corner.x)].unit ?? SIMD3(0, 0, 1)
            let texture = corner.y >= 0 ? textures[Int(corner.y)] : .zero
            vertices += [
                place.x, place.y, place.z, normal.x, normal.y, normal.z, texture.x, texture.y,
            ]
        }
        return (vertices, triangles)
    }

    /// For each place the sum of the normals of the triangles around it, as long as they are large.
    private func computedNormals() -> [SIMD3<Float>] {
        var sums = [SIMD3<Float>](repeating: .zero, count: places.count)
        for start in stride(from: 0, to: triangles.count, by: 3) {
            let own = (0..<3).map { Int(corners[Int(triangles[start + $0])].x) }
            let (a, b, c) = (places[own[0]], places[own[1]], places[own[2]])
            let (p, q) = (b - a, c - a)
            let normal = SIMD3(
                p.y * q.z - p.z * q.y, p.z * q.x - p.x * q.z, p.x * q.y - p.y * q.x)
            for place in own { sums[place] += normal }
        }
        return sums
    }
}

extension SIMD3<Float> {
    /// The same direction with length 1; nil where it has none.
    fileprivate var unit: SIMD3<Float>? {
        let length = (self * self).sum().squareRoot()
        return length > 0 && length.isFinite ? self / length : nil
    }
}
