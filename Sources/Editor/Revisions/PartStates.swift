/// A state's number in each part's own tree, by the part's number in the sketch; 0 where none was set.
///
/// The six stages come first, in the pipeline's order; other parts have the numbers from 6 on. Those of the first eight
/// parts lie in the value itself, so that most sketches need no memory for it.
public struct PartStates: Hashable, Sendable {
    private var first = SIMD8<Int32>()
    /// Those from the ninth on; never with a 0 at its end, so that equal states are equal values.
    private var rest: [Int32] = []

    /// All zero.
    public init() {}

    /// All parts whose state is not 0 have lower numbers.
    public var count: Int { first.scalarCount + rest.count }

    /// The state of the part with a number.
    public subscript(part: Int) -> Int32 {
        get {
            if part < first.scalarCount { return first[part] }
            let index = part - first.scalarCount
            return index < rest.count ? rest[index] : 0
        }
        set {
            guard part >= first.scalarCount else {
                first[part] = newValue
                return
            }
            let index = part - first.scalarCount
            if index >= rest.count {
                rest += repeatElement(0, count: index + 1 - rest.count)
            }
            rest[index] = newValue
            while rest.last == 0 { rest.removeLast() }
        }
    }
}
