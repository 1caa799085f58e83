import GLSL

/// How a panel is divided into rows and columns.
struct PanelLayout: Equatable {
    /// A part's tab and the columns that it takes.
    struct Tab: Equatable {
        var part: SketchPart
        var columns: Range<Int>
    }

    var columns = 0
    var rows = 0
    /// The row of the tabs; nil on a panel without room for them.
    var tabsRow: Int?
    var tabs: [Tab] = []
    /// The rows of text.
    var text = 0..<0
    /// Columns before the text, with line numbers.
    var gutter = 0
    /// The row of the find prompt or a question.
    var promptRow: Int?
    var statusRow: Int?

    init() {}

    /// Divides a panel; the text keeps at least a row whatever the size.
    init(columns: Int, rows: Int, lineCount: Int, prompts: Bool) {
        self.columns = max(1, columns)
        self.rows = max(1, rows)
        var (top, bottom) = (0, self.rows)
        if bottom >= 2 {
            bottom -= 1
            statusRow = bottom
        }
        if prompts, bottom >= 2 {
            bottom -= 1
            promptRow = bottom
        }
        if bottom >= 2 {
            tabsRow = 0
            top = 1
        }
        text = top..<bottom
        let digits = String(lineCount).utf8.count
        gutter =
            columns >= 40 ? max(3, digits) + 3 : columns >= 24 ? max(2, digits) + 1 : 0
        if gutter > columns / 2 { gutter = 0 }
    }

    /// The column of a line number's last digit.
    var numberColumn: Int { max(0, gutter - (columns >= 40 ? 3 : 2)) }
    /// How many columns of text are seen.
    var textWidth: Int { max(1, columns - gutter) }
}
