/// How often a pass's vertex stage runs, where no plan says so.
///
/// A stage says so in a comment: `// @vertices 36`, or `// @vertices 36 triangles 500` for 500 instances. The kinds are
/// `points`, `lines`, `line-strip`, `triangles` and `triangle-strip`. Such a pass draws with a depth buffer. Without the
/// comment it is one triangle, and no depth.
public struct VertexPlan: Equatable {
    /// What kind of primitives they make.
    public var kind = Geometry.Primitive.triangles
    /// How many vertices.
    public var count = 3
    /// How many instances.
    public var instances = 1

    /// What the first `@vertices` says; nil where there is none.
    ///
    /// `@` stands nowhere in GLSL but in comments, so that drivers never see it.
    public init?(text: String) {
        guard let mark = text.firstRange(of: "@vertices") else { return nil }
        let line = text[mark.upperBound...].prefix { !$0.isNewline }
        var numbers: [Int] = []
        for word in line.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "," }) {
            if let number = Int(word) {
                numbers.append(number)
            } else if let kind = Geometry.Primitive(rawValue: String(word)) {
                self.kind = kind
            } else {
                break
            }
        }
        guard let first = numbers.first else { return nil }
        count = max(1, min(first, Self.limit))
        instances = numbers.count > 1 ? max(1, min(numbers[1], Self.limit / count)) : 1
    }

    /// The same as a plan.
    public var plan: DrawPlan {
        DrawPlan(geometry: .vertices(count, kind), instances: instances, hasDepth: true)
    }

    /// The most vertices of a pass, all instances together: what a card draws in some milliseconds.
    public static let limit = 16 << 20
}
