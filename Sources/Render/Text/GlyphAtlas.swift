import CEpoxy

/// Where a glyph lies in the atlas and in its cell, all in pixels.
struct Glyph {
    /// Left edge in the atlas.
    var u: UInt16 = 0
    /// Top edge in the atlas.
    var v: UInt16 = 0
    /// Width; 0 for a glyph without any ink.
    var width: Int16 = 0
    /// Height.
    var height: Int16 = 0
    /// From the cell's left edge.
    var left: Int16 = 0
    /// From the row's top.
    var top: Int16 = 0
}

/// All glyphs drawn so far, as gray coverage in one texture (R8), for any number of text sizes.
///
/// Grows by doubling up to a limit. A glyph that finds no place then is refused: its user draws
/// what it has gathered, calls `reset`, and goes on, so that even an atlas far too small draws
/// right, only slower. The texel at (0, 0) is full, for rectangles that are drawn together with
/// text. Needs a current context; belongs to one thread.
public final class GlyphAtlas {
    let font: Font
    /// The texture; replaced when the atlas grows.
    ///
    /// Places in it never change until `reset`.
    private(set) var texture: Texture
    /// Counts the resets; glyphs of an older generation lie there no more.
    public private(set) var generation = 0
    /// Width and height of the texture in texels.
    public var size: Int { packer.width }
    /// How many glyphs have been drawn by FreeType since the start, for tests and the bench.
    public private(set) var rasterized = 0

    private let limit: Int
    private var packer: ShelfPacker
    private var pixels: [UInt8]
    private var dirty: Range<Int>?
    private var tables: [Int: GlyphTable] = [:]

    /// Makes an empty atlas of `size` squared texels that grows to at most `limit` squared, or what
    /// one glyph needs.
    public init(font: Font, size: Int = 512, limit: Int = 4096) {
        self.font = font
        var largest: GLint = 0
        glGetIntegerv(GLenum(GL_MAX_TEXTURE_SIZE), &largest)
        self.limit = max(size, min(limit, Int(largest)))
        packer = ShelfPacker(width: size, height: size)
        pixels = Array(repeating: 0, count: size * size)
        texture = Texture(width: size, height: size, format: GLenum(GL_R8))
        placeFullTexel()
    }

    /// The glyphs of one text size; kept by the user over one panel, so that a glyph costs one
    /// look-up.
    func table(_ metrics: CellMetrics) -> GlyphTable {
        if let table = tables[metrics.pixelSize] { return table }
        let table = GlyphTable(metrics: metrics)
        tables[metrics.pixelSize] = table
        return table
    }

    /// The place of a cluster's glyph, drawn now if it is new; nil when there is no room: then draw
    /// and `reset`.
    @inline(__always)
    func glyph(_ text: Character, _ variant: GlyphTable.Variant, _ table: GlyphTable) -> Glyph? {
        let utf8 = text.utf8
        if utf8.count == 1, let byte = utf8.first {
            let index = Int(byte) * GlyphTable.Variant.count + variant.rawValue
            if table.isKnown[index] { return table.ascii[index] }
            guard let glyph = insert(text, variant, table) else { return nil }
            table.ascii[index] = glyph
            table.isKnown[index] = true
            return glyph
        }
        return otherGlyph(text, variant, table)
    }

    private func otherGlyph(
        _ text: Character, _ variant: GlyphTable.Variant, _ table: GlyphTable
    ) -> Glyph? {
        if let glyph = table.others[variant.rawValue][text] { return glyph }
        guard let glyph = insert(text, variant, table) else { return nil }
        table.others[variant.rawValue][text] = glyph
        return glyph
    }

    /// Forgets every glyph, to begin again with an empty texture of the same size.
    func reset() {
        generation += 1
        tables.removeAll()
        packer = ShelfPacker(width: packer.width, height: packer.height)
        placeFullTexel()
    }

    /// Sends what was drawn since the last call to the texture, and binds it to a unit.
    func bind(unit: Int) {
        upload()
        texture.bind(unit: unit)
    }

    private func insert(
        _ text: Character, _ variant: GlyphTable.Variant, _ table: GlyphTable
    ) -> Glyph? {
        let bitmap = font.rasterize(
            GlyphRequest(
                cluster: text, metrics: table.metrics, isBold: variant.isBold,
                isOutline: variant.isOutline))
        rasterized += 1
        if bitmap.isEmpty { return Glyph() }
        guard let place = place(width: bitmap.width, height: bitmap.height) else { return nil }
        for row in 0..<bitmap.height {
            let from = row * bitmap.width
            pixels.replaceSubrange(
                ((place.y + row) * size + place.x)..<((place.y + row) * size + place.x
                    + bitmap.width),
                with: bitmap.pixels[from..<(from + bitmap.width)])
        }
        markDirty(place.y..<(place.y + bitmap.height))
        return Glyph(
            u: UInt16(place.x), v: UInt16(place.y), width: Int16(bitmap.width),
            height: Int16(bitmap.height), left: Int16(clamping: bitmap.left),
            top: Int16(clamping: bitmap.top))
    }

    private func place(width: Int, height: Int) -> (x: Int, y: Int)? {
        while true {
            if let place = packer.place(width: width, height: height) { return place }
            // One glyph always fits, whatever the limit: else its user would reset for ever.
            guard size * 2 <= limit || max(width, height) >= size else { return nil }
            grow(to: size * 2)
        }
    }

    private func grow(to newSize: Int) {
        let oldSize = size
        var larger = [UInt8](repeating: 0, count: newSize * newSize)
        for row in 0..<oldSize {
            larger.replaceSubrange(
                (row * newSize)..<(row * newSize + oldSize),
                with: pixels[(row * oldSize)..<((row + 1) * oldSize)])
        }
        pixels = larger
        packer.grow(width: newSize, height: newSize)
        texture = Texture(width: newSize, height: newSize, format: GLenum(GL_R8))
        dirty = 0..<newSize
    }

    private func placeFullTexel() {
        _ = packer.place(width: 1, height: 1)
        pixels[0] = 255
        markDirty(0..<1)
    }

    private func markDirty(_ rows: Range<Int>) {
        guard let old = dirty else {
            dirty = rows
            return
        }
        dirty = min(old.lowerBound, rows.lowerBound)..<max(old.upperBound, rows.upperBound)
    }

    private func upload() {
        guard let rows = dirty else { return }
        dirty = nil
        pixels.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            texture.upload(
                y: rows.lowerBound, width: size, height: rows.count, layout: GLenum(GL_RED),
                pixels: base + rows.lowerBound * size)
        }
    }
}
