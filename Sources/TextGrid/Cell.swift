/// One place of a grid.
///
/// A cell is plain bits: a grid of thousands is copied and compared on every key, and a `Character` in each would cost
/// a reference count for each copy.
public struct Cell: Hashable, Sendable {
    private var cluster: ClusterCode
    /// How it is drawn.
    public var style: Style

    /// Makes a cell.
    public init(_ text: Character = " ", _ style: Style = Style()) {
        cluster = ClusterCode(text)
        self.style = style
    }

    /// Makes a cell of an ASCII character.
    public init(ascii byte: UInt8, _ style: Style = Style()) {
        cluster = ClusterCode(ascii: byte)
        self.style = style
    }

    /// The grapheme cluster that starts here; a space where there is none, and "\0" in the second
    /// column of a wide one.
    public var text: Character {
        get { cluster.character }
        set { cluster = ClusterCode(newValue) }
    }

    /// Whether nothing stands here.
    public var isBlank: Bool { cluster == ClusterCode(ascii: 0x20) }

    /// Whether this is the second column of a wide cluster, and has no text of its own.
    public var isContinuation: Bool { cluster == ClusterCode(ascii: 0) }

    /// The second column of a wide cluster.
    public static func continuation(_ style: Style) -> Cell { Cell(ascii: 0, style) }
}
