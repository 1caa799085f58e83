/// Which place about the eyes a panel takes when it is brought up.
public enum PanelSeat: Sendable, Equatable {
    /// Straight ahead, a little below the eyes: the editor.
    case middle
    /// Under the middle: status, console. Several stand one under the other, in the order in which they were added.
    case below
    /// Over the middle, one over the other.
    case above
    /// At the right of the middle, its upper edge in line: error layer, values. Several stand one under the other.
    case right
    /// At the left of the middle, likewise: help.
    case left
    /// Before the middle, nearer: what asks for an answer.
    case front
}

/// A rectangle of text that stands in the world, in tracking space.
///
/// Its picture is so many ems of its own text wide and high, and an em is so many metres; what it measures follows. It
/// is never tied to the head: its pose changes only where the user brings it up, moves it, or calls it to the middle.
public struct WorldPanel: Sendable, Equatable {
    /// The caller's own number for it.
    public let id: Int
    /// The place it takes when it is brought up.
    public var seat: PanelSeat
    /// Its centre; it faces along plus z, with yaw and pitch and never roll.
    public internal(set) var pose = Pose.identity
    /// Metres an em of its text.
    public internal(set) var em: Float = 0.027
    /// Width and height of its picture, in ems of its text.
    public internal(set) var ems: SIMD2<Float>
    /// Whether it is to be drawn.
    public internal(set) var isShown = false

    /// Whether the user has put it where it is; then it is left there as long as it is within reach.
    var isMoved = false
    /// How much larger than the others the user wants its text.
    var zoom: Float = 1
    /// The arrangement that its place belongs to; nil while it has none.
    var arrangement: Int?

    init(id: Int, seat: PanelSeat, ems: SIMD2<Float>) {
        (self.id, self.seat) = (id, seat)
        self.ems = Self.sane(ems)
    }

    /// Width and height in metres.
    public var size: SIMD2<Float> { ems * em }
    /// Width in metres.
    public var width: Float { ems.x * em }
    /// Height in metres.
    public var height: Float { ems.y * em }

    /// The size of its text as seen from a point, in dmm.
    public func dmm(from eyes: SIMD3<Float>) -> Float {
        Legibility.dmm(metres: em, distance: length(pose.position - eyes))
    }

    /// A size without zeros and worse, which a window of no size may bring.
    static func sane(_ ems: SIMD2<Float>) -> SIMD2<Float> {
        SIMD2(
            ems.x.isFinite ? min(max(ems.x, 1), 400) : 1,
            ems.y.isFinite ? min(max(ems.y, 1), 400) : 1)
    }
}
