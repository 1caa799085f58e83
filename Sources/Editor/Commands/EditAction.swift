/// What a key or the command `edit NAME` does in the text, besides typing.
public enum EditAction: String, CaseIterable, Hashable, Sendable {
    case moveLeft = "move left"
    case moveRight = "move right"
    case moveUp = "move up"
    case moveDown = "move down"
    case moveWordLeft = "move word-left"
    case moveWordRight = "move word-right"
    case moveLineStart = "move line-start"
    case moveLineEnd = "move line-end"
    case movePageUp = "move page-up"
    case movePageDown = "move page-down"
    case moveDocumentStart = "move document-start"
    case moveDocumentEnd = "move document-end"
    case selectLeft = "select left"
    case selectRight = "select right"
    case selectUp = "select up"
    case selectDown = "select down"
    case selectWordLeft = "select word-left"
    case selectWordRight = "select word-right"
    case selectLineStart = "select line-start"
    case selectLineEnd = "select line-end"
    case selectPageUp = "select page-up"
    case selectPageDown = "select page-down"
    case selectDocumentStart = "select document-start"
    case selectDocumentEnd = "select document-end"
    case selectAll = "select all"
    case deleteBackward = "delete backward"
    case deleteForward = "delete forward"
    case deleteWordBackward = "delete word-left"
    case deleteWordForward = "delete word-right"
    case deleteLine = "delete line"
    case duplicateLine = "duplicate line"
    case moveLineUp = "move line-up"
    case moveLineDown = "move line-down"
    case newline = "newline"
    case tab = "indent"
    case outdent = "outdent"
    case toggleComment = "comment"
    case copy = "copy"
    case cut = "cut"
    case paste = "paste"
    case undo = "undo"
    case redo = "redo"
    case find = "find"
    case findNext = "find next"
    case findPrevious = "find previous"
    case nextError = "next error"
    case previousError = "previous error"

    /// The name as commands and key bindings have it.
    public var name: String { rawValue }

    /// The action of a name; blanks and hyphens are alike.
    public init?(name: String) {
        let wanted = name.split(whereSeparator: { $0 == " " || $0 == "-" })
        let found = Self.allCases.first { action in
            action.rawValue.split(whereSeparator: { $0 == " " || $0 == "-" }) == wanted
        }
        guard let found else { return nil }
        self = found
    }

    /// Where the action moves the caret to, and whether it extends the selection; nil where it does not move it.
    var motion: (motion: Motion, extends: Bool)? {
        switch self {
        case .moveLeft: (.left, false)
        case .moveRight: (.right, false)
        case .moveUp: (.up, false)
        case .moveDown: (.down, false)
        case .moveWordLeft: (.wordLeft, false)
        case .moveWordRight: (.wordRight, false)
        case .moveLineStart: (.lineStart, false)
        case .moveLineEnd: (.lineEnd, false)
        case .movePageUp: (.pageUp, false)
        case .movePageDown: (.pageDown, false)
        case .moveDocumentStart: (.documentStart, false)
        case .moveDocumentEnd: (.documentEnd, false)
        case .selectLeft: (.left, true)
        case .selectRight: (.right, true)
        case .selectUp: (.up, true)
        case .selectDown: (.down, true)
        case .selectWordLeft: (.wordLeft, true)
        case .selectWordRight: (.wordRight, true)
        case .selectLineStart: (.lineStart, true)
        case .selectLineEnd: (.lineEnd, true)
        case .selectPageUp: (.pageUp, true)
        case .selectPageDown: (.pageDown, true)
        case .selectDocumentStart: (.documentStart, true)
        case .selectDocumentEnd: (.documentEnd, true)
        default: nil
        }
    }
}

/// A way for the caret to go.
enum Motion {
    case left, right, up, down, wordLeft, wordRight, lineStart, lineEnd
    case pageUp, pageDown, documentStart, documentEnd
}
