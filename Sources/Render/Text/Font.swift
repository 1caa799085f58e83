import CFreeType

/// The font that panels are drawn with: a fixed-width face, its bold, and further files for what it
/// lacks.
///
/// Rasterises one grapheme cluster at a time into gray coverage, hinted lightly (in height only, so
/// that letters keep their shape and stand on whole pixels). Belongs to one thread. No shaping and
/// no ligatures: a cell is a cell.
public final class Font {
    private let library: FT_Library
    let stroker: FT_Stroker
    private var regular: FontFace
    private let bold: FontFace?
    private var fallbacks: [FontFace] = []
    private var unopened: [String]

    /// Opens a fixed-width font file.
    ///
    /// - Parameters:
    ///   - path: the regular face, any format that FreeType reads.
    ///   - bold: its bold face; without one, bold text is drawn regular.
    ///   - fallbacks: files asked, in this order, for characters that the font lacks; opened when
    ///     first needed, and left out silently where they cannot be.
    public init(path: String, bold: String? = nil, fallbacks: [String] = []) throws {
        var library: FT_Library?
        guard FT_Init_FreeType(&library) == 0, let library else {
            throw RenderError("FreeType does not start. Is libfreetype6 installed whole?")
        }
        self.library = library
        var stroker: FT_Stroker?
        guard FT_Stroker_New(library, &stroker) == 0, let stroker else {
            FT_Done_FreeType(library)
            throw RenderError("FreeType's stroker does not start. Is libfreetype6 installed whole?")
        }
        self.stroker = stroker
        unopened = fallbacks.reversed()
        do {
            regular = try FontFace(library: library, path: path)
            self.bold = try bold.map { try FontFace(library: library, path: $0) }
        } catch {
            FT_Stroker_Done(stroker)
            FT_Done_FreeType(library)
            throw error
        }
    }

    deinit {
        FT_Stroker_Done(stroker)
        // Closes the faces as well (FT_Done_FreeType's contract).
        FT_Done_FreeType(library)
    }

    /// The font's family name, as it says itself.
    public var family: String { regular.family }

    /// The cell's size at a text size in pixels.
    ///
    /// - Parameter lineHeight: a row's height in em.
    public func metrics(pixelSize: Int, lineHeight: Double = 1.45) -> CellMetrics {
        CellMetrics(
            pixelSize: max(4, pixelSize), advance: regular.advance, ascent: regular.ascent,
            descent: regular.descent, lineHeight: lineHeight)
    }

    /// The face that has a character, and the glyph's number there; nil where no file has it.
    func face(for scalar: Unicode.Scalar, bold wantsBold: Bool) -> (FontFace, FT_UInt, isOwn: Bool)?
    {
        if wantsBold, let bold {
            let index = bold.index(of: scalar)
            if index != 0 { return (bold, index, true) }
        }
        let index = regular.index(of: scalar)
        if index != 0 { return (regular, index, true) }
        for face in fallbacks {
            let index = face.index(of: scalar)
            if index != 0 { return (face, index, false) }
        }
        while let path = unopened.popLast() {
            // A fallback that is not installed, or that has bitmaps only, is no error: the next one
            // is asked.
            guard let face = try? FontFace(library: library, path: path), face.isScalable else {
                continue
            }
            fallbacks.append(face)
            let index = face.index(of: scalar)
            if index != 0 { return (face, index, false) }
        }
        return nil
    }
}
