/// Places rectangles in a square, in shelves: rows that are as high as the first rectangle put on
/// them.
///
/// Good for glyphs, whose heights are few. Nothing is ever taken out: the owner starts again when
/// it is full.
struct ShelfPacker {
    private struct Shelf {
        var y, height, used: Int
    }

    /// Width of the area; may grow.
    private(set) var width: Int
    /// Height of the area; may grow.
    private(set) var height: Int
    private var shelves: [Shelf] = []
    private var bottom = 0

    init(width: Int, height: Int) { (self.width, self.height) = (width, height) }

    /// Gives more room; what is placed stays where it is.
    mutating func grow(width: Int, height: Int) {
        precondition(width >= self.width && height >= self.height, "an atlas never shrinks")
        (self.width, self.height) = (width, height)
    }

    /// A free place of this size, or nil when there is none.
    mutating func place(width: Int, height: Int) -> (x: Int, y: Int)? {
        var best: Int?
        for (index, shelf) in shelves.enumerated()
        where shelf.height >= height && shelf.used + width <= self.width {
            // A shelf much too high wastes more than it saves, unless no new one fits.
            if shelf.height > height * 3 / 2 + 2, bottom + height <= self.height { continue }
            if let found = best, shelves[found].height <= shelf.height { continue }
            best = index
        }
        if let best {
            defer { shelves[best].used += width }
            return (shelves[best].used, shelves[best].y)
        }
        guard width <= self.width, bottom + height <= self.height else { return nil }
        defer { bottom += height }
        shelves.append(Shelf(y: bottom, height: height, used: width))
        return (0, bottom)
    }
}
