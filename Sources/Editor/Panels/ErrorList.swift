public import GLSL
public import TextGrid

/// The error layer: all diagnostics of all stages, one of them selected.
public struct ErrorList: Equatable, Sendable {
    /// What there is to say, in the order of stages and lines.
    public private(set) var diagnostics: [Diagnostic]
    /// The selected one's number, from 0.
    public private(set) var selection = 0
    private var top = 0

    /// A list of diagnostics, which it puts in order.
    public init(_ diagnostics: [Diagnostic] = []) {
        self.diagnostics = Self.ordered(diagnostics)
    }

    /// Takes other diagnostics; the selection stays on the same message where it is still there.
    public mutating func update(_ new: [Diagnostic]) {
        let old = selected
        diagnostics = Self.ordered(new)
        selection =
            old.flatMap { diagnostics.firstIndex(of: $0) }
            ?? min(selection, max(0, diagnostics.count - 1))
    }

    /// The selected diagnostic; nil where there are none.
    public var selected: Diagnostic? {
        diagnostics.indices.contains(selection) ? diagnostics[selection] : nil
    }

    /// Selects the next or, with -1, the previous one, around the ends.
    public mutating func move(by steps: Int) {
        guard !diagnostics.isEmpty else { return }
        let count = diagnostics.count
        selection = ((selection + steps) % count + count) % count
    }

    private static func ordered(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        diagnostics.enumerated().sorted { a, b in
            let first = (a.element.stage?.order ?? 9, a.element.line ?? 0, a.offset)
            let second = (b.element.stage?.order ?? 9, b.element.line ?? 0, b.offset)
            return first < second
        }.map(\.element)
    }

    /// Where a diagnostic lies, in short: `frag 12:5`.
    static func place(of diagnostic: Diagnostic) -> String {
        var place = diagnostic.stage?.rawValue ?? "program"
        if let line = diagnostic.line {
            place += " \(line)"
            if let column = diagnostic.column { place += ":\(column)" }
        }
        return place
    }

    private static func counted(_ count: Int, _ word: String) -> String {
        count == 1 ? "1 \(word)" : "\(count) \(word)s"
    }

    /// The list with long messages broken between words; scrolls so that the selected one is seen.
    public mutating func snapshot(columns: Int, rows: Int) -> Grid {
        var grid = Grid(columns: columns, rows: rows)
        grid.setGround(.bar, columns: 0..<grid.columns, row: 0)
        let errors = diagnostics.count { $0.severity == .error }
        let title =
            diagnostics.isEmpty
            ? "no errors"
            : errors > 0
                ? Self.counted(errors, "error") : Self.counted(diagnostics.count, "warning")
        let ink: Ink = errors > 0 ? .error : diagnostics.isEmpty ? .good : .slow
        grid.write("● \(title)", column: 1, row: 0, style: Style(ink, on: .bar))
        let places = diagnostics.map(Self.place(of:))
        let indent = min((places.map(\.count).max() ?? 0) + 5, max(3, columns / 2))
        let width = max(4, columns - indent - 1)
        let texts = diagnostics.map { TextWrap.wrap($0.message, width: width, limit: 6) }
        let heights = texts.map { max(1, $0.count) }
        if selection < top { top = selection }
        while top < selection, heights[top...selection].reduce(0, +) > rows - 1 { top += 1 }
        top = min(top, max(0, diagnostics.count - 1))
        var row = 1
        for index in diagnostics.indices.dropFirst(top) where row < rows {
            let ground: Ground = index == selection ? .selection : .panel
            let severity = diagnostics[index].severity
            for (number, text) in texts[index].enumerated() where row + number < rows {
                grid.setGround(ground, columns: 0..<grid.columns, row: row + number)
                grid.write(
                    text, column: indent, row: row + number, style: Style(.text, on: ground))
            }
            let sign = index == selection ? "›▲ " : " ▲ "
            let column = grid.write(
                sign, column: 0, row: row, style: Style(severity.ink, on: ground))
            grid.write(
                places[index], column: column, row: row, style: Style(severity.ink, on: ground),
                limit: indent - 1)
            row += heights[index]
        }
        return grid
    }
}
