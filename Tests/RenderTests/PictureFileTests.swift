import TestSupport
import Testing

@testable import Render

/// Pictures out of files that anybody may have written.
struct PictureFileTests {
    private let red = SIMD4<UInt8>(255, 0, 0, 255)
    private let green = SIMD4<UInt8>(0, 255, 0, 255)
    private let blue = SIMD4<UInt8>(0, 0, 255, 255)
    private let white = SIMD4<UInt8>(255, 255, 255, 255)

    @Test("every sort of PNG", arguments: [false, true])
    func sorts(_ isInterlaced: Bool) throws {
        for depth in [1, 2, 4, 8, 16] {
            let most = 1 << depth - 1
            let grey = SamplePNG(colorType: 0, depth: depth, isInterlaced: isInterlaced)
            // Wider than a round of interlacing, and of a width that fills no byte.
            let rows = (0..<11).map { y in (0..<13).map { x in [(x + y) % 2 * most] } }
            let picture = try PictureFile.decode(grey.file(rows))
            #expect(picture.width == 13 && picture.height == 11)
            for y in 0..<11 {
                for x in 0..<13 {
                    let light: UInt8 = (x + y) % 2 == 0 ? 0 : 255
                    #expect(picture[x, y] == SIMD4(light, light, light, 255), "\(depth) \(x) \(y)")
                }
            }
        }
        for depth in [1, 2, 4, 8] {
            var palette = SamplePNG(colorType: 3, depth: depth, isInterlaced: isInterlaced)
            palette.chunks = [("PLTE", [255, 0, 0, 0, 255, 0]), ("tRNS", [255, 7])]
            let picture = try PictureFile.decode(palette.file([[[0], [1], [0]]]))
            #expect(picture[0, 0] == red && picture[1, 0] == SIMD4(0, 255, 0, 7))
        }
        for depth in [8, 16] {
            let scale = depth == 8 ? 1 : 257
            func file(_ type: Int, _ samples: [Int]) -> [UInt8] {
                SamplePNG(colorType: type, depth: depth, isInterlaced: isInterlaced)
                    .file([[samples.map { $0 * scale }]])
            }
            #expect(try PictureFile.decode(file(2, [10, 20, 30]))[0, 0] == SIMD4(10, 20, 30, 255))
            #expect(try PictureFile.decode(file(4, [10, 20]))[0, 0] == SIMD4(10, 10, 10, 20))
            #expect(
                try PictureFile.decode(file(6, [10, 20, 30, 40]))[0, 0] == SIMD4(10, 20, 30, 40))
        }
    }

    @Test("bytes are as the file has them, whatever it says of gamma")
    func gamma() throws {
        for depth in [8, 16] {
            var linear = SamplePNG(colorType: 2, depth: depth)
            linear.chunks = [("gAMA", [0, 1, 0x86, 0xA0])]
            let scale = depth == 8 ? 1 : 257
            let picture = try PictureFile.decode(linear.file([[[100 * scale, 0, 255 * scale]]]))
            #expect(picture[0, 0] == SIMD4(100, 0, 255, 255))
        }
    }

    @Test func everySortOfJPEG() throws {
        for (name, file) in [
            ("colours", SampleJPEG.colours), ("progressive", SampleJPEG.progressive),
            ("inks", SampleJPEG.inks), ("mixed inks", SampleJPEG.mixedInks),
        ] {
            let picture = try PictureFile.decode(file)
            #expect(picture.width == 16 && picture.height == 16)
            for (x, y, color) in [(3, 3, red), (12, 3, green), (3, 12, blue), (12, 12, white)] {
                expect(picture[x, y], color, name)
            }
        }
        let grey = try PictureFile.decode(SampleJPEG.grey)
        for (x, y, light) in [(3, 3, 76), (12, 3, 150), (3, 12, 28), (12, 12, 255)] {
            expect(grey[x, y], SIMD4(UInt8(light), UInt8(light), UInt8(light), 255), "grey")
        }
    }

    /// Colours within what JPEG loses.
    private func expect(_ found: SIMD4<UInt8>, _ wanted: SIMD4<UInt8>, _ what: String) {
        for index in 0..<4 {
            #expect(
                abs(Int(found[index]) - Int(wanted[index])) <= 6, "\(what): \(found), \(wanted)")
        }
    }

    @Test("a camera's pictures are the right way up, however it was held", arguments: 1...8)
    func orientation(_ value: Int) throws {
        var file = SampleJPEG.turned
        let mark: [UInt8] = [1, 0x12, 0, 3, 0, 0, 0, 1, 0]
        let place = try #require(
            file.indices.first { file[$0...].starts(with: mark) })
        file[place + mark.count] = UInt8(value)
        let picture = try PictureFile.decode(file)
        #expect(picture.width == (value < 5 ? 32 : 16) && picture.height == (value < 5 ? 16 : 32))
        // The colours at the top left, top right, bottom left and bottom right (Exif 2.3, 4.6.4 A).
        let wanted: [SIMD4<UInt8>] =
            switch value {
            case 1: [red, green, blue, white]
            case 2: [green, red, white, blue]
            case 3: [white, blue, green, red]
            case 4: [blue, white, red, green]
            case 5: [red, blue, green, white]
            case 6: [blue, red, white, green]
            case 7: [white, green, blue, red]
            default: [green, white, red, blue]
            }
        let (right, bottom) = (picture.width - 3, picture.height - 3)
        for ((x, y), color) in zip([(2, 2), (right, 2), (2, bottom), (right, bottom)], wanted) {
            expect(picture[x, y], color, "orientation \(value) at \(x) \(y)")
        }
    }

    @Test("a file that is cut off anywhere is refused")
    func truncated() throws {
        let png = try Pixels(width: 9, height: 9, filled: Color(0x336699)).pngData()
        let end = png.indices.last { png[$0...].starts(with: Array("IEND".utf8)) }
        for count in 0..<(try #require(end) - 8) {
            #expect(throws: PictureFault.self) { try PictureFile.decode(Array(png[..<count])) }
        }
        for file in [SampleJPEG.colours, SampleJPEG.progressive, SampleJPEG.inks] {
            for count in 0..<(file.count - 2) {
                #expect(throws: PictureFault.self, "\(count) of \(file.count)") {
                    try PictureFile.decode(Array(file[..<count]))
                }
            }
        }
    }

    @Test("what is no picture, or too large for one, is said before it takes memory")
    func hostile() throws {
        #expect(throws: PictureFault.unknownFormat) { try PictureFile.decode([]) }
        #expect(throws: PictureFault.unknownFormat) {
            try PictureFile.decode(Array("GIF89a and more".utf8))
        }
        #expect(throws: PictureFault.broken(.png)) {
            try PictureFile.decode([0x89, 0x50, 0x4E, 0x47])
        }
        #expect(throws: PictureFault.broken(.jpeg)) {
            try PictureFile.decode([0xFF, 0xD8, 0xFF, 0xE0, 0, 2])
        }
        var bomb = SamplePNG(colorType: 0)
        for (width, height) in [(Int(Int32.max), Int(Int32.max)), (16_385, 1), (9000, 8000)] {
            bomb.claimed = (width, height)
            let fault = #expect(throws: PictureFault.self) {
                try PictureFile.decode(bomb.file([[[0]]]))
            }
            #expect(
                fault
                    == .tooLarge(width: width, height: height, pixelLimit: PictureFile.pixelLimit))
            #expect(fault?.words.contains("\(width) x \(height) pixels") == true)
        }
        bomb.claimed = (0, 5)
        #expect(throws: PictureFault.broken(.png)) { try PictureFile.decode(bomb.file([[[0]]])) }
        // As many pixels as there may be, of which the file has one.
        bomb.claimed = (8192, 8192)
        #expect(throws: PictureFault.broken(.png)) { try PictureFile.decode(bomb.file([[[0]]])) }
        var wide = SampleJPEG.colours
        let head = try #require(wide.indices.first { wide[$0...].starts(with: [0xFF, 0xC0]) })
        wide.replaceSubrange(head + 5..<head + 9, with: [0xFF, 0xDC, 0xFF, 0xDC])
        #expect(throws: PictureFault.self) { try PictureFile.decode(wide) }
        let six = try Pixels(width: 4, height: 4, filled: Color(0)).pngData()
        #expect(throws: PictureFault.tooLarge(width: 4, height: 4, pixelLimit: 15)) {
            try PictureFile.decode(six, pixelLimit: 15)
        }
    }

    @Test("any bytes at all are a picture or a fault", arguments: 0..<40)
    func noise(seed: Int) throws {
        var random = Seeded(seed: seed)
        let files = [
            SampleJPEG.colours, SampleJPEG.progressive, SampleJPEG.turned,
            try Pixels(width: 9, height: 9, filled: Color(0x336699)).pngData(),
        ]
        for file in files {
            var changed = file
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                changed[Int.random(in: 0..<changed.count, using: &random)] =
                    .random(in: 0...255, using: &random)
            }
            do { _ = try PictureFile.decode(changed) } catch { _ = error.words }
        }
    }
}
