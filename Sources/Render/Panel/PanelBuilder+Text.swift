import TextGrid

extension PanelBuilder {
    /// Which of a cell's rectangles a pass over the grid adds.
    enum Pass { case outlines, glyphs }

    /// Adds the text of one pass.
    ///
    /// - Parameter flush: called when the atlas is full; draws what is gathered, empties `text`,
    ///   resets the atlas and
    ///   gives the glyph table to go on with.
    mutating func addText(
        _ grid: Grid, _ pass: Pass, metrics: CellMetrics, atlas: GlyphAtlas,
        flush: (inout PanelBuilder) -> Void
    ) {
        var table = atlas.table(metrics)
        let padding = PanelLayout.padding(metrics)
        let outline = outlineColor
        var style = Style()
        var color = pass == .glyphs ? textColor(style).bytes : outline.bytes
        var variant = GlyphTable.Variant(isBold: false, isOutline: pass == .outlines)
        grid.cells.withUnsafeBufferPointer { cells in
            var index = 0
            for row in 0..<grid.rows {
                let y = padding.vertical + row * metrics.lineHeight
                for column in 0..<grid.columns {
                    let cell = cells[index]
                    index += 1
                    if cell.style != style {
                        style = cell.style
                        variant = GlyphTable.Variant(
                            isBold: style.traits.contains(.bold), isOutline: pass == .outlines)
                        color =
                            pass == .glyphs
                            ? textColor(style).bytes
                            : outline.faded(hasOwnGround(style) ? 0 : 1).bytes
                    }
                    let x = padding.horizontal + column * metrics.cellWidth
                    if !style.traits.isDisjoint(with: [.underline, .errorUnderline]) {
                        addUnderline(x, y, style, color, metrics, pass)
                    }
                    var found = atlas.glyph(cell.text, variant, table)
                    if found == nil {
                        flush(&self)
                        table = atlas.table(metrics)
                        found = atlas.glyph(cell.text, variant, table)
                    }
                    guard let glyph = found, glyph.width > 0 else { continue }
                    text.append(
                        Instance(
                            x: Int16(truncatingIfNeeded: x) &+ glyph.left,
                            y: Int16(truncatingIfNeeded: y) &+ glyph.top, width: glyph.width,
                            height: glyph.height, u: glyph.u, v: glyph.v, color: color))
                }
            }
        }
    }

    /// Text on the accent or inverse lies on a full ground of its own: an outline there would be a
    /// smudge.
    private func hasOwnGround(_ style: Style) -> Bool {
        style.ground == .accent || style.traits.contains(.inverse)
    }

    private mutating func addUnderline(
        _ x: Int, _ y: Int, _ style: Style, _ color: UInt32, _ metrics: CellMetrics, _ pass: Pass
    ) {
        let isError = style.traits.contains(.errorUnderline)
        let thickness = isError ? metrics.lineThickness * 2 : metrics.lineThickness
        let drop = max(2, metrics.pixelSize / 5)
        let top = min(y + metrics.baseline + drop, y + metrics.lineHeight - thickness)
        let reach = pass == .outlines ? Int(metrics.outlineReach) : 0
        let isRed = isError && pass == .glyphs
        text.append(
            solid(
                PixelRect(
                    x, top - reach, x + metrics.cellWidth, top + thickness + reach),
                isRed ? errorColor : color))
    }
}
