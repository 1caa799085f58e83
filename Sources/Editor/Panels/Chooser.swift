public import TextGrid

/// A list to choose from that is filtered as one types: recent, own and shipped sketches.
public struct Chooser: Equatable, Sendable {
    /// Something to choose.
    public struct Item: Equatable, Sendable {
        /// What is searched and shown.
        public var title: String
        /// More about it, shown dim at the right: a folder, a date.
        public var detail: String
        /// Under which heading it stands: `recent`, `own`, `shipped`.
        public var section: String
        /// What choosing it means to the host, such as a path.
        public var value: String

        /// An item of a section.
        public init(title: String, detail: String = "", section: String = "", value: String) {
            (self.title, self.detail) = (title, detail)
            (self.section, self.value) = (section, value)
        }
    }

    /// What became of a key.
    public enum Outcome: Equatable, Sendable {
        /// The key was the list's, or nothing.
        case editing
        /// This was chosen.
        case chosen(Item)
        /// The clipboard's text is wanted: fetch it and call `type`.
        case wantsPaste
        /// The filter's text belongs on the clipboard.
        case copied(String)
    }

    /// What there is to choose from.
    public let items: [Item]
    private var prompt: LinePrompt
    /// Indices of the items that fit, as they are shown, with the matched characters.
    private var found: [(index: Int, places: [Int])] = []
    /// The chosen one's place among those that fit.
    private var place = 0
    /// The first row that is shown.
    private var top = 0

    /// A list under a label such as `open`.
    public init(_ label: String, items: [Item]) {
        self.items = items
        prompt = LinePrompt(label: label)
        filter()
    }

    /// What was typed.
    public var query: String { prompt.text }
    /// The items that fit, as they are shown.
    public var visible: [Item] { found.map { items[$0.index] } }
    /// The item that Enter chooses; nil where nothing fits.
    public var selected: Item? { found.indices.contains(place) ? items[found[place].index] : nil }

    /// Types into the filter.
    public mutating func type(_ text: String) {
        prompt.type(text)
        filter()
    }

    /// Does what an action means in the list: up and down, pages, Enter, and editing of the filter.
    @discardableResult
    public mutating func perform(_ action: EditAction) -> Outcome {
        switch action {
        case .moveUp, .selectUp: move(by: -1)
        case .moveDown, .selectDown, .tab: move(by: 1)
        case .movePageUp: move(by: -8)
        case .movePageDown: move(by: 8)
        case .newline: return selected.map { .chosen($0) } ?? .editing
        default:
            let query = prompt.text
            switch prompt.perform(action) {
            case .copied(let text):
                if prompt.text != query { filter() }
                return .copied(text)
            case .wantsPaste: return .wantsPaste
            case .accepted, .editing: break
            }
            if prompt.text != query { filter() }
        }
        return .editing
    }

    /// Chooses by the mouse: the item in a row of the last snapshot's shape; nil where there is none.
    public func item(row: Int, rows: Int) -> Item? {
        let lines = lines(from: top, height: max(0, rows - 1))
        guard lines.indices.contains(row - 1), case .item(let place) = lines[row - 1] else {
            return nil
        }
        return items[found[place].index]
    }

    private mutating func move(by steps: Int) {
        guard !found.isEmpty else { return }
        place =
            abs(steps) == 1
            ? (place + steps + found.count) % found.count
            : min(max(0, place + steps), found.count - 1)
    }

    /// Keeps what fits: by section where nothing is typed, the best first otherwise.
    private mutating func filter() {
        let ranked = items.indices.compactMap { index in
            FuzzyFilter.match(prompt.text, items[index].title).map {
                (index: index, score: $0.score, places: $0.places)
            }
        }
        let order =
            prompt.text.isEmpty
            ? ranked : ranked.sorted { ($0.score, $1.index) > ($1.score, $0.index) }
        found = order.map { ($0.index, $0.places) }
        place = 0
        top = 0
    }

    /// Two lists are equal where they show the same.
    public static func == (a: Chooser, b: Chooser) -> Bool {
        a.items == b.items && a.prompt == b.prompt && a.place == b.place && a.top == b.top
    }

    // MARK: Drawing

    private enum Line { case heading(String), item(Int) }

    /// Headings stand only over the unfiltered list; a ranked one has each item's section behind it.
    private func lines(from first: Int, height: Int) -> [Line] {
        var lines: [Line] = []
        var section: String?
        for (place, entry) in found.enumerated() {
            let own = items[entry.index].section
            if prompt.text.isEmpty, own != section, !own.isEmpty { lines.append(.heading(own)) }
            section = own
            lines.append(.item(place))
        }
        return Array(lines.dropFirst(first).prefix(height))
    }

    /// The list with its filter on top; scrolls so that the chosen item is seen.
    public mutating func snapshot(columns: Int, rows: Int) -> Grid {
        var grid = Grid(columns: columns, rows: rows)
        prompt.draw(into: &grid, row: 0, note: "\(found.count) of \(items.count)")
        let height = max(1, rows - 1)
        let all = lines(from: 0, height: .max)
        let here = all.firstIndex { if case .item(place) = $0 { true } else { false } } ?? 0
        // A heading above the first item is brought into view along with it.
        if here < top + 1 { top = max(0, here - 1) }
        if here >= top + height { top = here - height + 1 }
        for (row, line) in lines(from: top, height: height).enumerated() {
            draw(line, row: row + 1, into: &grid)
        }
        if found.isEmpty {
            let text = items.isEmpty ? "there is nothing to choose from yet" : "nothing fits"
            grid.write(text, column: 2, row: 1, style: Style(.secondary))
        }
        return grid
    }

    private func draw(_ line: Line, row: Int, into grid: inout Grid) {
        guard case .item(let index) = line else {
            if case .heading(let title) = line {
                grid.write(title, column: 1, row: row, style: Style(.secondary))
            }
            return
        }
        let entry = found[index]
        let item = items[entry.index]
        let ground: Ground = index == place ? .selection : .panel
        grid.setGround(ground, columns: 0..<grid.columns, row: row)
        if index == place {
            // The ground alone would be colour as the only sign.
            grid.write("›", column: 1, row: row, style: Style(.accent, on: ground))
        }
        var column = 3
        for (number, character) in item.title.enumerated() {
            let ink: Ink = entry.places.contains(number) ? .accent : .text
            column = grid.write(
                String(character), column: column, row: row, style: Style(ink, on: ground),
                limit: grid.columns - 1)
        }
        let notes = [item.detail, prompt.text.isEmpty ? "" : item.section].filter { !$0.isEmpty }
        let note = notes.joined(separator: " · ")
        let width = note.reduce(0) { $0 + $1.cellWidth }
        if !note.isEmpty, column + 2 + width < grid.columns {
            grid.write(
                note, column: grid.columns - 1 - width, row: row,
                style: Style(.secondary, on: ground))
        }
    }
}
