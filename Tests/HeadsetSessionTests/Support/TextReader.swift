import Foundation
import Render
import Testing

/// Reads the text in a picture with tesseract, as somebody without knowledge of ours would.
enum TextReader {
    /// A word and where it stands, in the picture's pixels from the top left.
    struct Word {
        var text: String
        var middle: SIMD2<Float>
        var size: SIMD2<Float>

        /// Some of its letters, where they stand in it: all letters are as wide.
        ///
        /// One eye may read "a(0.4," where the other reads "a" alone.
        func part(_ letters: String) -> Word? {
            guard let range = text.range(of: letters) else { return nil }
            let before = text.distance(from: text.startIndex, to: range.lowerBound)
            let letter = size.x / Float(text.count)
            let width = letter * Float(letters.count)
            let left = middle.x - size.x / 2 + letter * Float(before)
            return Word(
                text: letters, middle: SIMD2(left + width / 2, middle.y),
                size: SIMD2(width, size.y))
        }
    }

    /// Reads the lines of a picture of bright text on dark ground.
    ///
    /// - Parameter em: how high its letters' em is, in pixels; tesseract wants it to be about forty, and the text dark.
    static func lines(_ picture: Pixels, em: Float) throws -> [String] {
        try lines(darkOnBright(picture, scale: max(1, 40 / em)))
    }

    /// Reads the lines of a picture of dark text on bright ground.
    static func lines(_ picture: GreyPicture) throws -> [String] { try lines(picture.data) }

    private static func lines(_ picture: Data) throws -> [String] {
        try run(picture, []).split(separator: "\n").map(String.init)
    }

    /// Reads its words, each with its place.
    static func words(_ picture: Pixels, em: Float) throws -> [Word] {
        let scale = max(1, 40 / em)
        return try words(darkOnBright(picture, scale: scale)).map {
            Word(text: $0.text, middle: $0.middle / scale, size: $0.size / scale)
        }
    }

    /// Reads the words of a picture of dark text on bright ground.
    static func words(_ picture: GreyPicture) throws -> [Word] { try words(picture.data) }

    private static func words(_ picture: Data) throws -> [Word] {
        // A heading, then: level, page, block, paragraph, line, word, left, top, width, height, confidence, text.
        let read = try run(picture, ["tsv"])
        return read.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count == 12, fields[0] == "5" else { return nil }
            let numbers = fields[6...9].compactMap { Float($0) }
            guard numbers.count == 4 else { return nil }
            let size = SIMD2(numbers[2], numbers[3])
            return Word(
                text: String(fields[11]), middle: SIMD2(numbers[0], numbers[1]) + size / 2,
                size: size)
        }
    }

    /// How much of a text was read, 0 to 1.
    ///
    /// That is its characters less the mistakes made in each of its lines, blanks not counted. What else was read (line
    /// numbers, a title) is no mistake.
    static func share(of text: [String], in read: [String]) -> Double {
        let lines = text.map { Array($0.filter { !$0.isWhitespace }) }.filter { !$0.isEmpty }
        let candidates = read.map { Array($0.filter { !$0.isWhitespace }) }
        let total = lines.reduce(0) { $0 + $1.count }
        let mistakes = lines.reduce(0) { sum, line in
            sum + candidates.reduce(line.count) { min($0, mistakesAtBest(line, in: $1)) }
        }
        return total == 0 ? 1 : Double(total - mistakes) / Double(total)
    }

    /// The least number of characters that must be put in, taken out or exchanged so that a line stands in another.
    static func mistakesAtBest(_ line: [Character], in read: [Character]) -> Int {
        // Edit distance of all of the line against any part of what was read (Sellers): beginning anywhere is free.
        var costs = Array(0...line.count)
        var best = line.count
        for character in read {
            var diagonal = costs[0]
            for index in line.indices {
                let next = costs[index + 1]
                costs[index + 1] = min(
                    diagonal + (line[index] == character ? 0 : 1), next + 1, costs[index] + 1)
                diagonal = next
            }
            best = min(best, costs[line.count])
        }
        return best
    }

    private static func run(_ picture: Data, _ options: [String]) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "phosphor-text-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "text.pgm")
        try picture.write(to: file)
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["tesseract", file.path, "stdout", "--psm", "6"] + options
        process.environment = ProcessInfo.processInfo.environment.merging([
            "OMP_THREAD_LIMIT": "1"
        ]) { $1 }
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(
            process.terminationStatus == 0, "tesseract failed; run scripts/setup --tests")
        return String(decoding: data, as: UTF8.self)
    }

    /// A grey picture (PGM), enlarged evenly and turned from bright on dark to dark on bright.
    private static func darkOnBright(_ picture: Pixels, scale: Float) -> Data {
        let (width, height) = (picture.width, picture.height)
        let (wide, high) = (Int(Float(width) * scale), Int(Float(height) * scale))
        // The brightest of a pixel's colours: letters of all hues are bright in one of them.
        var grey = [Float](repeating: 0, count: width * height)
        picture.rgba.withUnsafeBufferPointer { rgba in
            for index in grey.indices {
                grey[index] = Float(
                    max(rgba[4 * index], rgba[4 * index + 1], rgba[4 * index + 2]))
            }
        }
        var data = Data("P5 \(wide) \(high) 255\n".utf8)
        var row = [UInt8](repeating: 0, count: wide)
        grey.withUnsafeBufferPointer { grey in
            for y in 0..<high {
                let sourceY = min(max((Float(y) + 0.5) / scale - 0.5, 0), Float(height - 1))
                let (y0, partY) = (Int(sourceY), sourceY - Float(Int(sourceY)))
                let (upper, lower) = (y0 * width, min(y0 + 1, height - 1) * width)
                for x in 0..<wide {
                    let sourceX = min(max((Float(x) + 0.5) / scale - 0.5, 0), Float(width - 1))
                    let (x0, partX) = (Int(sourceX), sourceX - Float(Int(sourceX)))
                    let x1 = min(x0 + 1, width - 1)
                    let above = grey[upper + x0] * (1 - partX) + grey[upper + x1] * partX
                    let below = grey[lower + x0] * (1 - partX) + grey[lower + x1] * partX
                    row[x] = UInt8(255 - (above * (1 - partY) + below * partY))
                }
                data += row
            }
        }
        return data
    }
}
