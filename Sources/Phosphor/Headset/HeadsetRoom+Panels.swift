import Headset
import Render
import TextGrid

extension PanelKind {
    var name: String { "\(self)" }
    static func named(_ name: String) -> PanelKind? { allCases.first { $0.name == name } }
}

extension HeadsetRoom {
    /// How many cells each panel has: the editor 80 by 24, so that it fits into a comfortable view.
    static let cells: [PanelKind: (columns: Int, rows: Int)] = [
        .editor: (80, 24), .errors: (36, 14), .headset: (80, 1), .console: (80, 10),
        .help: (76, 26), .chooser: (72, 18), .prompt: (72, 1), .mark: (64, 1),
    ]

    private static let seats: [(PanelKind, PanelSeat)] = [
        (.editor, .middle), (.headset, .below), (.console, .below), (.mark, .below),
        (.errors, .right), (.help, .front), (.chooser, .front), (.prompt, .front),
    ]

    /// Enters all panels, hidden, in the order in which they stand.
    func addPanels() {
        for (kind, seat) in Self.seats {
            let cells = Self.cells[kind] ?? (8, 1)
            // Until the font is known: 0.6 em a column.
            stand.add(
                id: kind.rawValue, seat: seat,
                ems: SIMD2(
                    Float(cells.columns + 2) * 0.6, Float(cells.rows) * Legibility.lineHeight + 0.5)
            )
        }
    }

    /// Lays the panels out for text of so many pixels; whether that is new, and their pictures must be made anew.
    func layOut(textPixels: Int, metrics: CellMetrics) -> Bool {
        guard textPixels != self.textPixels else { return false }
        self.textPixels = textPixels
        for (kind, cells) in Self.cells {
            let layout = PanelLayout(
                x: 0, y: 0, columns: cells.columns, rows: cells.rows, metrics: metrics)
            layouts[kind] = layout
            stand.setEms(
                kind.rawValue,
                Legibility.ems(
                    of: ImageSize(width: layout.width, height: layout.height),
                    textPixels: textPixels))
        }
        return true
    }

    /// The size of a grid's picture in pixels.
    func size(of grid: Grid, _ kind: PanelKind) -> ImageSize {
        guard var layout = layouts[kind] else { return ImageSize(width: 1, height: 1) }
        (layout.columns, layout.rows) = (grid.columns, grid.rows)
        return ImageSize(width: layout.width, height: layout.height)
    }

    /// Shows the panels that there is something for, each where it belongs, and hides the others.
    func show(_ grids: [(PanelKind, Grid)]) {
        guard isSettled else { return }
        let head = views.head
        // Marks come by themselves, and are no reason for the editor to come up where the user has looked meanwhile.
        let isAnythingOpen = PanelKind.allCases.contains {
            $0 != .mark && $0 != .headset && stand[$0.rawValue]?.isShown == true
        }
        if !isAnythingOpen, grids.contains(where: { $0.0 != .mark && $0.0 != .headset }) {
            stand.forgetArrangement()
        }
        for kind in PanelKind.allCases {
            guard let grid = grids.first(where: { $0.0 == kind })?.1 else {
                stand.hide(kind.rawValue)
                continue
            }
            stand.setEms(
                kind.rawValue, Legibility.ems(of: size(of: grid, kind), textPixels: textPixels))
            stand.show(kind.rawValue, head: head)
        }
    }

    /// Has a panel that is open come up where the user looks.
    func bringUp(_ kind: PanelKind) {
        stand.hide(kind.rawValue)
        stand.show(kind.rawValue, head: head)
    }

    /// Whether a panel is open, but not where the user could use it: then the toggle brings it up.
    func isOutOfReach(_ kind: PanelKind) -> Bool {
        guard isShown, isSettled, let panel = stand[kind.rawValue], panel.isShown else {
            return false
        }
        return !stand.isWithinReach(panel, head: views.head)
    }

    /// Where a ray meets a panel, in cells.
    func point(_ hit: PanelHit) -> PanelPoint? {
        guard let kind = PanelKind(rawValue: hit.id), let panel = stand[hit.id],
            let layout = layouts[kind]
        else { return nil }
        return PanelPoint(
            kind, layout, x: Double(hit.u * panel.ems.x) * Double(textPixels),
            y: Double(hit.v * panel.ems.y) * Double(textPixels))
    }

    /// The middle of a cell on its panel, in tracking space, and the cell's size in metres.
    func place(ofCell column: Int, _ row: Int, on kind: PanelKind) -> (
        pose: Pose, size: SIMD2<Float>
    )? {
        guard let panel = stand[kind.rawValue], panel.isShown, let layout = layouts[kind]
        else { return nil }
        let texel = panel.em / Float(max(textPixels, 1))
        let cell = SIMD2(Float(layout.metrics.cellWidth), Float(layout.metrics.lineHeight))
        let origin = SIMD2(Float(layout.contentOrigin.x), Float(layout.contentOrigin.y))
        let middle = (origin + (SIMD2(Float(column), Float(row)) + 0.5) * cell) * texel
        let pose = Pose(
            position: panel.pose.transform(
                SIMD3(middle.x - panel.width / 2, panel.height / 2 - middle.y, 0.002)),
            orientation: panel.pose.orientation)
        return (pose, cell * texel)
    }
}
