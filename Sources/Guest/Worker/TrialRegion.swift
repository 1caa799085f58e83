import CEpoxy

/// How much of the picture is drawn.
enum TrialRegion {
    /// A square of 32 pixels in the middle: enough for the driver to compile all it will, cheap if it is slow.
    case small
    /// Sixteen tiles from all over the picture, together about a sixteenth of it: what the middle costs says little of
    /// a picture with a sky and a forest.
    case part
    case whole

    /// A rectangle in pixels, from the bottom left.
    struct Rectangle: Equatable {
        var x, y, width, height: Int

        /// Lets GL draw nowhere else (glScissor).
        func scissor() { glScissor(GLint(x), GLint(y), GLsizei(width), GLsizei(height)) }
    }

    /// The places of a picture of this size that are drawn.
    func rectangles(width: Int, height: Int) -> [Rectangle] {
        switch self {
        case .whole: return [Rectangle(x: 0, y: 0, width: width, height: height)]
        case .small:
            let side = (min(32, width), min(32, height))
            return [
                Rectangle(
                    x: (width - side.0) / 2, y: (height - side.1) / 2, width: side.0,
                    height: side.1)
            ]
        case .part:
            let side = (max(1, width / 16), max(1, height / 16))
            return (0..<16).map { index in
                Rectangle(
                    x: (2 * (index % 4) + 1) * width / 8 - side.0 / 2,
                    y: (2 * (index / 4) + 1) * height / 8 - side.1 / 2, width: side.0,
                    height: side.1)
            }
        }
    }

    /// How many of a picture's pixels that are.
    func area(width: Int, height: Int) -> Int {
        rectangles(width: width, height: height).reduce(0) { $0 + $1.width * $1.height }
    }
}
