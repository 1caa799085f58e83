import CFreeType
import TextGrid

/// What a glyph is drawn from; one entry of the atlas each.
struct GlyphRequest {
    var cluster: Character
    var metrics: CellMetrics
    var isBold: Bool
    /// The shape grown on every side, to lie behind the glyph where there is no backing.
    var isOutline: Bool
}

extension Font {
    /// Draws a grapheme cluster: the first character in its cells, marks that combine with it over
    /// it.
    ///
    /// Lines, blocks and a few shapes that have to meet pixels exactly are drawn by rule, and so is
    /// the box that stands for what no font has.
    func rasterize(_ request: GlyphRequest) -> GlyphBitmap {
        let scalars = request.cluster.unicodeScalars
        guard let first = scalars.first, !first.properties.isWhitespace, first.value >= 32 else {
            return GlyphBitmap()
        }
        let metrics = request.metrics
        if scalars.count == 1,
            let drawn = BlockElements.draw(first, metrics) ?? BoxDrawing.draw(first, metrics)
        {
            return request.isOutline ? drawn.grown(by: Int(metrics.outlineReach)) : drawn
        }
        let cells = request.cluster.cellWidth
        guard var result = glyph(first, over: nil, cells: cells, request) else {
            let box = MissingGlyph.draw(first, cells: cells, metrics)
            return request.isOutline ? box.grown(by: Int(metrics.outlineReach)) : box
        }
        let base = result
        for scalar in scalars.dropFirst() {
            // What is missing here is a joiner or a selector: it has no shape of its own.
            guard let mark = glyph(scalar, over: base, cells: cells, request) else { continue }
            result.merge(mark)
        }
        return result
    }

    /// One character's bitmap, placed in its cells, or with `over` centred on another's; nil where
    /// no font has it.
    private func glyph(
        _ scalar: Unicode.Scalar, over base: GlyphBitmap?, cells: Int, _ request: GlyphRequest
    ) -> GlyphBitmap? {
        guard let (face, index, isOwn) = face(for: scalar, bold: request.isBold) else { return nil }
        let metrics = request.metrics
        let (size, room) = (Double(metrics.pixelSize), Double(cells * metrics.cellWidth))
        // The own font is stretched by a few per cent at most, so that its advance is the
        // whole-pixel cell's.
        var width = isOwn ? Double(metrics.cellWidth) / face.advance : size
        guard face.setSize(width: width, height: size) else { return nil }
        let flags = phosphor_ft_load_target_light() | FT_Int32(FT_LOAD_NO_BITMAP)
        guard FT_Load_Glyph(face.face, index, flags) == 0 else { return nil }
        var advance = Double(face.face.pointee.glyph.pointee.linearHoriAdvance) / 65536
        if !isOwn, advance > room {
            width *= room / advance
            guard face.setSize(width: width, height: size),
                FT_Load_Glyph(face.face, index, flags) == 0
            else { return nil }
            advance = room
        }
        var glyph: FT_Glyph?
        guard FT_Get_Glyph(face.face.pointee.glyph, &glyph) == 0, glyph != nil else { return nil }
        defer { FT_Done_Glyph(glyph) }
        if !isOwn, base == nil, advance > 0 {
            var shift = FT_Vector(x: FT_Pos(((room - advance) * 32).rounded()), y: 0)
            FT_Glyph_Transform(glyph, nil, &shift)
        }
        if request.isOutline {
            FT_Stroker_Set(
                stroker, FT_Fixed((metrics.outlineReach * 64).rounded()), FT_STROKER_LINECAP_ROUND,
                FT_STROKER_LINEJOIN_ROUND, 0)
            guard FT_Glyph_StrokeBorder(&glyph, stroker, 0, 1) == 0 else { return nil }
        }
        guard FT_Glyph_To_Bitmap(&glyph, FT_RENDER_MODE_NORMAL, nil, 1) == 0, let glyph else {
            return nil
        }
        var result = Self.bitmap(glyph, baseline: metrics.baseline)
        if let base, !base.isEmpty, !result.isEmpty {
            // Fonts disagree on where a mark of no width stands; over the middle of its letter is
            // right for most.
            result.left = base.left + (base.width - result.width) / 2
        }
        return result
    }

    private static func bitmap(_ glyph: FT_Glyph, baseline: Int) -> GlyphBitmap {
        let rendered = UnsafeMutableRawPointer(glyph).assumingMemoryBound(
            to: FT_BitmapGlyphRec.self)
        let bitmap = rendered.pointee.bitmap
        var result = GlyphBitmap(
            left: Int(rendered.pointee.left), top: baseline - Int(rendered.pointee.top),
            width: Int(bitmap.width), height: Int(bitmap.rows))
        guard let buffer = bitmap.buffer else { return GlyphBitmap() }
        for row in 0..<result.height {
            for column in 0..<result.width {
                result.pixels[row * result.width + column] =
                    buffer[row * Int(bitmap.pitch) + column]
            }
        }
        return result
    }
}
