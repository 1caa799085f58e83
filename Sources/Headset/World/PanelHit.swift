/// Edges of a panel; two of them make a corner.
public struct PanelEdges: OptionSet, Sendable {
    /// One bit an edge.
    public let rawValue: UInt8
    /// Makes a set of edges from its bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The left edge.
    public static let left = PanelEdges(rawValue: 1)
    /// The right edge.
    public static let right = PanelEdges(rawValue: 2)
    /// The upper edge.
    public static let top = PanelEdges(rawValue: 4)
    /// The lower edge.
    public static let bottom = PanelEdges(rawValue: 8)

    /// Whether two edges meet here; a panel is resized by its corners and moved by its edges.
    public var isCorner: Bool {
        !isDisjoint(with: [.left, .right]) && !isDisjoint(with: [.top, .bottom])
    }
}

/// Where a ray meets a panel.
public struct PanelHit: Sendable, Equatable {
    /// The panel.
    public var id: Int
    /// From the left edge, 0, to the right edge, 1; outside that in the rim, or while a drag goes on.
    public var u: Float
    /// From the upper edge, 0, to the lower edge, 1; outside that likewise.
    public var v: Float
    /// Metres from where the ray begins.
    public var distance: Float
    /// The point itself, in tracking space.
    public var point: SIMD3<Float>
    /// The edges whose zone it lies in: a rim around the panel, and a narrow strip inside, where no text is.
    ///
    /// For controllers without a squeeze, which take hold of a panel there.
    public var edges: PanelEdges

    /// Makes a hit.
    public init(
        id: Int, u: Float, v: Float, distance: Float, point: SIMD3<Float>, edges: PanelEdges = []
    ) {
        (self.id, self.u, self.v, self.distance) = (id, u, v, distance)
        (self.point, self.edges) = (point, edges)
    }

    /// Whether it lies on the panel's picture.
    public var isInside: Bool { u >= 0 && u <= 1 && v >= 0 && v <= 1 }

    /// The pixel of the panel's picture, from the top left, not cut to the picture.
    public func pixel(in size: ImageSize) -> (x: Int, y: Int) {
        func whole(_ part: Float, _ count: Int) -> Int {
            Int(min(max((part * Float(count)).rounded(.down), -1e6), 1e6))
        }
        return (whole(u, size.width), whole(v, size.height))
    }
}
