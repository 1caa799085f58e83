import Glibc
import Testing
import TextGrid

@testable import Render

@Suite struct FontTests {
    private func glyph(_ text: Character, size: Int = 18, bold: Bool = false, outline: Bool = false)
        throws
        -> GlyphBitmap
    {
        let font = try bundledFont()
        return font.rasterize(
            GlyphRequest(
                cluster: text, metrics: font.metrics(pixelSize: size), isBold: bold,
                isOutline: outline))
    }

    @Test(arguments: 12...72) func metricsAreWholeAndRoomy(size: Int) throws {
        let metrics = try bundledFont().metrics(pixelSize: size)
        #expect(metrics.lineHeight == Int((1.45 * Double(size)).rounded()))
        #expect(abs(Double(metrics.cellWidth) - 0.6 * Double(size)) <= 0.5)
        #expect(metrics.baseline > size / 2 && metrics.baseline < metrics.lineHeight)
        // Letters and their tails lie inside the row.
        for letter: Character in ["Å", "g", "|"] {
            let bitmap = try glyph(letter, size: size)
            #expect(bitmap.top >= -1 && bitmap.top + bitmap.height <= metrics.lineHeight + 1)
        }
    }

    @Test func missingFilesAreNamed() throws {
        do {
            _ = try Font.bundled(searching: ["/nowhere", "/nor/here"])
            Issue.record("a font came from nowhere")
        } catch { #expect("\(error)".contains("/nowhere, /nor/here")) }
        #expect(throws: RenderError.self) { try Font(path: #filePath) }
    }

    @Test func boldIsHeavierAndOutlineIsLarger() throws {
        func ink(_ bitmap: GlyphBitmap) -> Int { bitmap.pixels.reduce(0) { $0 + Int($1) } }
        #expect(try ink(glyph("a", bold: true)) > ink(glyph("a")))
        for letter: Character in ["a", "─", "█", "\u{E123}"] {
            let (plain, outline) = (try glyph(letter), try glyph(letter, outline: true))
            #expect(outline.left < plain.left && outline.top < plain.top)
            #expect(outline.width > plain.width && outline.height > plain.height)
        }
    }

    static let fallback = Font.systemFallbacks.first { access($0, R_OK) == 0 }

    @Test(.enabled(if: fallback != nil, "needs a system font such as DejaVu Sans Mono"))
    func fallbacksAreAskedAndFitTheirCells() throws {
        let own = try bundledFont()
        let alone = try Font(path: bundledPath())
        let metrics = own.metrics(pixelSize: 20)
        let snowman: Character = "☃"
        try #require(own.face(for: "☃", bold: false)?.isOwn == false)
        func draw(_ font: Font) -> GlyphBitmap {
            font.rasterize(
                GlyphRequest(
                    cluster: snowman, metrics: metrics, isBold: false, isOutline: false))
        }
        let (found, missing) = (draw(own), draw(alone))
        #expect(found.pixels != missing.pixels, "a snowman, not a box")
        #expect(found.left >= -1 && found.left + found.width <= metrics.cellWidth + 1)
    }

    @Test func fallbacksThatAreNotInstalledAreNoError() throws {
        let font = try Font(path: bundledPath(), fallbacks: ["/nowhere/a.ttf", #filePath])
        let metrics = font.metrics(pixelSize: 20)
        let request = GlyphRequest(
            cluster: "☃", metrics: metrics, isBold: false, isOutline: false)
        #expect(!font.rasterize(request).isEmpty, "the box")
    }

    @Test func marksLieOverTheirLetter() throws {
        let (plain, marked) = (try glyph("e"), try glyph("e\u{301}"))
        #expect(marked.top < plain.top)
        #expect(marked.width <= plain.width + 2)
    }

    @Test func blanksHaveNoInk() throws {
        for blank: Character in [" ", "\0", "\t", "\u{A0}", "\n"] {
            #expect(try glyph(blank).isEmpty)
        }
    }

    @Test(arguments: ["\u{E123}", "\u{10FFFD}"] as [Character])
    func whatNoFontHasIsABox(character: Character) throws {
        let bitmap = try glyph(character, size: 28)
        let width = bitmap.width
        #expect(bitmap.pixels.prefix(width).allSatisfy { $0 == 255 }, "the frame's top")
        #expect(bitmap.pixels.suffix(width).allSatisfy { $0 == 255 }, "the frame's bottom")
        #expect(bitmap.pixels.contains(230), "the code point's digits")
    }

    @Test(arguments: [12, 13, 18, 33]) func eighthsGrow(size: Int) throws {
        let heights = try "▁▂▃▄▅▆▇█".map {
            try glyph($0, size: size).pixels.filter { $0 == 255 }.count
        }
        #expect(heights == heights.sorted() && Set(heights).count == 8)
        let metrics = try bundledFont().metrics(pixelSize: size)
        #expect(heights.last == metrics.cellWidth * metrics.lineHeight)
    }

    /// Each box character touches exactly the sides that its name in Unicode tells.
    @Test(arguments: [13, 18, 28]) func boxLinesReachTheirSides(size: Int) throws {
        for code in UInt32(0x2500)...0x257F {
            let scalar = try #require(Unicode.Scalar(code))
            let name = try #require(scalar.properties.name)
            if name.contains("DIAGONAL") || name.contains("DASH") { continue }
            let bitmap = try glyph(Character(scalar), size: size)
            func touches(_ places: [Int]) -> Bool { places.contains { bitmap.pixels[$0] > 127 } }
            let (width, height) = (bitmap.width, bitmap.height)
            #expect(
                touches((0..<height).map { $0 * width })
                    == (name.contains("LEFT") || name.contains("HORIZONTAL")), "\(name): left")
            #expect(
                touches((0..<height).map { $0 * width + width - 1 })
                    == (name.contains("RIGHT") || name.contains("HORIZONTAL")), "\(name): right")
            #expect(
                touches(Array(0..<width)) == (name.contains("UP") || name.contains("VERTICAL")),
                "\(name): up")
            #expect(
                touches((0..<width).map { (height - 1) * width + $0 })
                    == (name.contains("DOWN") || name.contains("VERTICAL")), "\(name): down")
        }
    }
}
