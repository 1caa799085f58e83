import CFreeType

/// One opened font file (FT_Face) and its proportions in em.
///
/// Closed with its library.
struct FontFace {
    let face: FT_Face
    /// The advance of a letter, in em.
    let advance: Double
    /// From the baseline up to the top of the line, in em.
    let ascent: Double
    /// From the baseline down to the bottom of the line, in em; positive.
    let descent: Double

    /// Opens the first face of a file (FT_New_Face).
    init(library: FT_Library, path: String) throws {
        var face: FT_Face?
        let error = FT_New_Face(library, path, 0, &face)
        guard error == 0, let face else {
            throw RenderError(
                "The font file '\(path)' cannot be opened (FreeType error \(error)). "
                    + "Give a TrueType or OpenType file that can be read.")
        }
        self.face = face
        let unitsPerEm = Double(max(1, face.pointee.units_per_EM))
        ascent = Double(face.pointee.ascender) / unitsPerEm
        descent = Double(-face.pointee.descender) / unitsPerEm
        let scale = FT_Int32(FT_LOAD_NO_SCALE)
        let letter = FT_Get_Char_Index(face, FT_ULong(UInt8(ascii: "M")))
        if face.pointee.units_per_EM > 0, FT_Load_Glyph(face, letter, scale) == 0 {
            advance = Double(face.pointee.glyph.pointee.metrics.horiAdvance) / unitsPerEm
        } else {
            advance = 0.6
        }
    }

    /// Whether it has outlines; a face of bitmaps only (colour emoji) is of no use here.
    var isScalable: Bool { face.pointee.units_per_EM > 0 }

    /// The family name that the file gives.
    var family: String {
        guard let name = face.pointee.family_name else { return "unnamed" }
        return String(cString: name)
    }

    /// The glyph for a character (FT_Get_Char_Index); 0 where the face has none.
    func index(of scalar: Unicode.Scalar) -> FT_UInt {
        FT_Get_Char_Index(face, FT_ULong(scalar.value))
    }

    /// Sets the size in pixels, width and height apart (FT_Set_Char_Size at 72 dpi, where a point
    /// is a pixel).
    func setSize(width: Double, height: Double) -> Bool {
        FT_Set_Char_Size(
            face, FT_F26Dot6((width * 64).rounded()), FT_F26Dot6((height * 64).rounded()), 72, 72)
            == 0
    }
}
