import TextGrid

/// A piece of the status line: runs of text with places for ornaments, in a long and a short form.
struct StatusPiece {
    /// A part of a piece.
    enum Part {
        case text(String, Ink)
        /// A bar that many cells wide, filled to a fraction, with a tick where the budget is.
        case bar(cells: Int, fill: Double, tick: Double, ink: Ink)
        /// A plot of values from 0 to 1, oldest first; what lies over the limit stands out.
        case plot(cells: Int, values: [Double], limit: Double)

        var width: Int {
            switch self {
            case .text(let text, _): text.reduce(0) { $0 + $1.cellWidth }
            case .bar(let cells, _, _, _), .plot(let cells, _, _): cells
            }
        }
    }

    /// What is shown where there is room.
    var parts: [Part]
    /// What is shown where there is less; nil where the piece then goes.
    var short: [Part]?
    /// Pieces of lower importance go first.
    var importance: Int

    var width: Int { parts.reduce(0) { $0 + $1.width } }

    /// Space between pieces.
    static let gap = 3

    /// Drops and shortens pieces, the least important first, until they fit.
    static func fit(_ pieces: [StatusPiece], into width: Int) -> [StatusPiece] {
        var pieces = pieces
        func total() -> Int {
            pieces.reduce(0) { $0 + $1.width } + max(0, pieces.count - 1) * gap
        }
        while total() > width, pieces.count > 1 {
            guard let least = pieces.indices.min(by: { pieces[$0].rank < pieces[$1].rank }) else {
                break
            }
            if let short = pieces[least].short {
                pieces[least].parts = short
                pieces[least].short = nil
            } else {
                pieces.remove(at: least)
            }
        }
        return pieces
    }

    /// Among equals what can still be shortened comes first.
    private var rank: Int { importance * 2 + (short == nil ? 1 : 0) }

    /// Draws the piece and gives the column behind it.
    func draw(into grid: inout Grid, column: Int, row: Int) -> Int {
        var column = column
        for part in parts {
            switch part {
            case .text(let text, let ink):
                column = grid.write(
                    text, column: column, row: row, style: Style(ink, on: .bar),
                    limit: grid.columns)
            case .bar(let cells, let fill, let tick, let ink):
                let (x, y) = (Float(column), Float(row) + 0.36)
                let width = Float(cells)
                func add(_ x: Float, _ y: Float, _ w: Float, _ h: Float, _ ink: Ink, _ o: Float) {
                    grid.ornaments.append(
                        Grid.Ornament(x: x, y: y, width: w, height: h, ink: ink, opacity: o))
                }
                add(x, y, width, 0.28, .secondary, 0.25)
                add(x, y, width * Float(fill), 0.28, ink, 1)
                add(x + width * Float(tick) - 0.06, y - 0.12, 0.12, 0.52, .slow, 1)
                column += cells
            case .plot(let cells, let values, let limit):
                let step = Float(cells) / Float(max(1, values.count))
                for (index, value) in values.enumerated() {
                    func add(_ from: Double, _ to: Double, _ ink: Ink, _ opacity: Float) {
                        let (low, high) = (Float(from * 0.7), Float(to * 0.7))
                        grid.ornaments.append(
                            Grid.Ornament(
                                x: Float(column) + Float(index) * step,
                                y: Float(row) + 0.86 - high, width: step * 0.75,
                                height: high - low, ink: ink, opacity: opacity))
                    }
                    let value = max(0.08, min(1, value))
                    add(0, min(value, limit), .secondary, 0.7)
                    if value > limit { add(limit, value, .slow, 1) }
                }
                column += cells
            }
        }
        return column
    }
}

/// Numbers as the status line writes them.
enum Figures {
    /// With one digit behind the point below 100, as `3.0`, whole above.
    static func short(_ value: Double) -> String {
        guard value.isFinite else { return "–" }
        let magnitude = min(max(0, value), 999_999)
        if magnitude >= 99.95 { return String(Int(magnitude.rounded())) }
        let tenths = Int((magnitude * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    /// Whole where it is, otherwise with one digit.
    static func plain(_ value: Double) -> String {
        value.isFinite && value == value.rounded() && abs(value) < 999_999
            ? String(Int(value)) : short(value)
    }
}
