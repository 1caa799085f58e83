import TextGrid

/// Turns a grid into rectangles.
///
/// Kept and used again, so that building allocates nothing once it is warm.
///
/// What may touch the rounded corners goes to `edge`, the rest of the grounds to `inner`, and all
/// that is drawn from the atlas to `text`, in the order of drawing: outlines, glyphs with their
/// underlines, ornaments in front.
struct PanelBuilder {
    private(set) var inner = ContiguousArray<Instance>()
    private(set) var edge = ContiguousArray<Instance>()
    var text = ContiguousArray<Instance>()

    private var layout = PanelLayout(
        x: 0, y: 0, columns: 1, rows: 1,
        metrics: CellMetrics(pixelSize: 12, advance: 0.6, ascent: 1, descent: 0.3))
    private var appearance = GridRenderer.Appearance()
    /// The panel without the strips that the corners' radius takes.
    private var core = PixelRect(0, 0, 0, 0)
    private var whole = PixelRect(0, 0, 0, 0)

    /// How far the shadow reaches beyond the panel.
    static let shadowReach = 26

    /// Begins a panel at (0, 0), with its backing, shadow and grounds.
    mutating func begin(
        _ grid: Grid, _ appearance: GridRenderer.Appearance, _ metrics: CellMetrics
    ) {
        inner.removeAll(keepingCapacity: true)
        edge.removeAll(keepingCapacity: true)
        text.removeAll(keepingCapacity: true)
        self.appearance = appearance
        layout = PanelLayout(x: 0, y: 0, columns: grid.columns, rows: grid.rows, metrics: metrics)
        whole = PixelRect(0, 0, layout.width, layout.height)
        let inset = max(1, appearance.cornerRadius)
        core = PixelRect(inset, inset, layout.width - inset, layout.height - inset)
        addBacking()
        addGrounds(grid)
        for ornament in grid.ornaments where ornament.layer == .behind {
            add(rect(ornament), color(ornament))
        }
        addHairline()
    }

    /// Adds one ornament in front.
    mutating func addFront(_ ornament: Grid.Ornament) {
        let rect = rect(ornament).clipped(to: whole)
        if !rect.isEmpty { text.append(solid(rect, color(ornament).bytes)) }
    }

    /// Adds the outline of an ornament in front: a caret, too, must be seen where there is no
    /// backing.
    mutating func addFrontOutline(_ ornament: Grid.Ornament) {
        let reach = Int(layout.metrics.outlineReach)
        var rect = rect(ornament)
        rect = PixelRect(
            rect.left - reach, rect.top - reach, rect.right + reach, rect.bottom + reach)
        let color = outlineColor.faded(min(max(ornament.opacity, 0), 1))
        text.append(solid(rect.clipped(to: whole), color.bytes))
    }

    /// The ink under a wrong token.
    var errorColor: UInt32 { appearance.theme.color(.error).bytes }

    /// The colour of outlines: the backing's own, as strong as the backing is missing.
    var outlineColor: Color { appearance.theme.backing.faded(appearance.outlineStrength) }

    private mutating func addBacking() {
        let backing = Float(min(max(appearance.backing, 0), 1))
        if appearance.shadow, backing > 0 {
            let reach = Self.shadowReach
            let around = PixelRect(-reach, -reach, whole.right + reach, whole.bottom + reach)
            let color = Color(0x000000, alpha: 0.5 * backing).bytes
            for part in around.subtracting(core) {
                edge.append(instance(part, .shadow, color))
            }
        }
        if backing > 0 { add(whole, appearance.theme.backing.faded(backing)) }
    }

    private mutating func addHairline() {
        guard appearance.hairline else { return }
        let color = appearance.theme.accent.faded(0.17).bytes
        for part in whole.subtracting(core) { edge.append(instance(part, .hairline, color)) }
    }

    /// Fills a rectangle under the text, split where it leaves the core.
    private mutating func add(_ rect: PixelRect, _ color: Color) {
        let rect = rect.clipped(to: whole)
        guard !rect.isEmpty, color.alpha > 0 else { return }
        let bytes = color.bytes
        let inside = rect.clipped(to: core)
        if !inside.isEmpty { inner.append(solid(inside, bytes)) }
        if inside.left == rect.left, inside.top == rect.top, inside.right == rect.right,
            inside.bottom == rect.bottom
        {
            return
        }
        for part in rect.subtracting(core) { edge.append(instance(part, .fill, bytes)) }
    }

    private func instance(_ rect: PixelRect, _ kind: EdgeKind, _ color: UInt32) -> Instance {
        var result = solid(rect, color)
        result.u = kind.rawValue
        return result
    }

    func solid(_ rect: PixelRect, _ color: UInt32) -> Instance {
        Instance(
            x: Int16(clamping: rect.left), y: Int16(clamping: rect.top),
            width: Int16(clamping: rect.right - rect.left),
            height: Int16(clamping: rect.bottom - rect.top), u: 0, v: Instance.solid, color: color)
    }
}

// MARK: - Grounds

extension PanelBuilder {
    private mutating func addGrounds(_ grid: Grid) {
        let columns = grid.columns
        grid.cells.withUnsafeBufferPointer { cells in
            for row in 0..<grid.rows {
                let line = UnsafeBufferPointer(
                    rebasing: cells[(row * columns)..<((row + 1) * columns)])
                var start = 0
                while start < columns {
                    let style = line[start].style
                    var end = start + 1
                    while end < columns, hasSameGround(line[end].style, style) { end += 1 }
                    if style.ground != .panel || style.traits.contains(.inverse) {
                        add(rect(start..<end, row: row, style), ground(style))
                    }
                    start = end
                }
            }
        }
    }

    private func hasSameGround(_ a: Style, _ b: Style) -> Bool {
        if a.traits.contains(.inverse) || b.traits.contains(.inverse) { return a == b }
        return a.ground == b.ground
    }

    /// The rectangle of a run of cells, drawn out to the panel's edge where it lies at one.
    private func rect(_ range: Range<Int>, row: Int, _ style: Style) -> PixelRect {
        let metrics = layout.metrics
        let origin = layout.contentOrigin
        var rect = PixelRect(
            origin.x + range.lowerBound * metrics.cellWidth, origin.y + row * metrics.lineHeight,
            origin.x + range.upperBound * metrics.cellWidth,
            origin.y + (row + 1) * metrics.lineHeight)
        guard !style.traits.contains(.inverse) else { return rect }
        let fillsLine: Bool
        switch style.ground {
        case .bar, .currentLine, .errorLine, .slowLine: fillsLine = true
        default: fillsLine = false
        }
        if fillsLine {
            if range.lowerBound == 0 { rect.left = whole.left }
            if range.upperBound == layout.columns { rect.right = whole.right }
        }
        if style.ground == .bar || style.ground == .activeTab {
            if row == 0 { rect.top = whole.top }
            if row == layout.rows - 1 { rect.bottom = whole.bottom }
        }
        return rect
    }

    /// The colour behind text of a style: grounds thin out with the backing, down to faint marks of
    /// what matters.
    private func ground(_ style: Style) -> Color {
        let theme = appearance.theme
        if style.traits.contains(.inverse) { return ink(style.ink, style.traits, theme) }
        let presence = Float(min(max(appearance.backing / 0.92, 0), 1))
        let color = theme.color(style.ground)
        switch style.ground {
        case .accent: return color
        case .selection, .match, .errorLine, .slowLine: return color.faded(0.6 + 0.4 * presence)
        default: return color.faded(presence)
        }
    }

    /// The ink of a style before inversion, weakened where it is dim.
    private func ink(_ ink: Ink, _ traits: Style.Traits, _ theme: Theme) -> Color {
        let color = theme.color(ink)
        return traits.contains(.dim) ? color.faded(0.62) : color
    }

    /// The colour of a cell's text: dark on the accent, and the ground's where the style is
    /// inverse.
    func textColor(_ style: Style) -> Color {
        let theme = appearance.theme
        if style.traits.contains(.inverse) {
            return style.ground == .panel ? theme.backing : theme.color(style.ground)
        }
        if style.ground == .accent { return theme.backing }
        let color = ink(style.ink, style.traits, theme)
        // Between outlines the weaker inks need help: part of the way to the text's own.
        return color.mixed(with: theme.color(.text), 0.3 * appearance.outlineStrength)
    }
}

// MARK: - Ornaments

extension PanelBuilder {
    /// An ornament's rectangle, snapped to whole pixels and at least one each way.
    private func rect(_ ornament: Grid.Ornament) -> PixelRect {
        let metrics = layout.metrics
        let origin = layout.contentOrigin
        func snap(_ value: Float, _ cell: Int) -> Int {
            Int(min(max(value * Float(cell), -32_000), 32_000).rounded())
        }
        let left = origin.x + snap(ornament.x, metrics.cellWidth)
        let top = origin.y + snap(ornament.y, metrics.lineHeight)
        return PixelRect(
            left, top,
            max(left + 1, origin.x + snap(ornament.x + ornament.width, metrics.cellWidth)),
            max(top + 1, origin.y + snap(ornament.y + ornament.height, metrics.lineHeight)))
    }

    private func color(_ ornament: Grid.Ornament) -> Color {
        appearance.theme.color(ornament.ink).faded(min(max(ornament.opacity, 0), 1))
    }
}
