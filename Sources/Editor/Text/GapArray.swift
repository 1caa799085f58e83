/// An array with a gap: inserting and removing near the last edit costs nothing for what follows.
///
/// Elements lie in one allocation, with free room (the gap) where the last edit was. Moving the gap costs a memory
/// move of the distance. Elements must be trivial, since those in the gap are never destroyed.
struct GapArray<Element: BitwiseCopyable & Sendable>: Sendable {
    /// Elements before the gap, the gap, elements after it.
    private var storage: [Element]
    private let filler: Element
    /// Where the gap begins; also the number of elements before it.
    private(set) var gapStart: Int
    private(set) var gapLength: Int

    /// Elements, with a gap of `room` at the end; `filler` is what the gap is filled with.
    init(_ elements: some Collection<Element>, filler: Element, room: Int = 64) {
        self.filler = filler
        storage = []
        storage.reserveCapacity(elements.count + room)
        storage.append(contentsOf: elements)
        gapStart = storage.count
        gapLength = room
        storage.append(contentsOf: repeatElement(filler, count: room))
    }

    var count: Int { storage.count - gapLength }

    subscript(index: Int) -> Element {
        get { storage[index < gapStart ? index : index + gapLength] }
        set { storage[index < gapStart ? index : index + gapLength] = newValue }
    }

    /// Replaces a range by new elements; leaves the gap behind them.
    mutating func replace(_ range: Range<Int>, with new: UnsafeBufferPointer<Element>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "range outside the text")
        moveGap(to: range.lowerBound)
        gapLength += range.count
        if new.count > gapLength { grow(by: new.count) }
        let start = gapStart
        storage.withUnsafeMutableBufferPointer { all in
            guard let to = all.baseAddress, let from = new.baseAddress else { return }
            (to + start).update(from: from, count: new.count)
        }
        gapStart += new.count
        gapLength -= new.count
    }

    /// Replaces a range by copies of one element.
    mutating func replace(_ range: Range<Int>, repeating element: Element, count: Int) {
        withUnsafeTemporaryAllocation(of: Element.self, capacity: count) { new in
            new.initialize(repeating: element)
            replace(range, with: UnsafeBufferPointer(new))
        }
    }

    private mutating func moveGap(to target: Int) {
        guard target != gapStart else { return }
        let (start, length) = (gapStart, gapLength)
        storage.withUnsafeMutableBufferPointer { all in
            guard let base = all.baseAddress else { return }
            if target < start {
                (base + target + length).update(from: base + target, count: start - target)
            } else {
                (base + start).update(from: base + start + length, count: target - start)
            }
        }
        gapStart = target
    }

    /// Widens the gap to hold `needed` and a quarter of the whole, so that long typing grows rarely.
    private mutating func grow(by needed: Int) {
        let room = needed + max(64, count / 4)
        let extra = room - gapLength
        storage.insert(contentsOf: repeatElement(filler, count: extra), at: gapStart)
        gapLength = room
    }

    /// Calls `body` with a range's elements; they are copied only where the gap lies between them.
    func withElements<R>(
        _ range: Range<Int>, _ body: (UnsafeBufferPointer<Element>) throws -> R
    ) rethrows -> R {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "range outside the text")
        let (start, length) = (gapStart, gapLength)
        return try storage.withUnsafeBufferPointer { all in
            if range.upperBound <= start {
                return try body(UnsafeBufferPointer(rebasing: all[range]))
            }
            if range.lowerBound >= start {
                let shifted = (range.lowerBound + length)..<(range.upperBound + length)
                return try body(UnsafeBufferPointer(rebasing: all[shifted]))
            }
            return try withUnsafeTemporaryAllocation(of: Element.self, capacity: range.count) {
                joined in
                let head = start - range.lowerBound
                if let to = joined.baseAddress, let from = all.baseAddress {
                    to.initialize(from: from + range.lowerBound, count: head)
                    (to + head).initialize(from: from + start + length, count: range.count - head)
                }
                return try body(UnsafeBufferPointer(joined))
            }
        }
    }

    func checkInvariants() {
        assert(gapStart >= 0 && gapLength >= 0 && gapStart + gapLength <= storage.count)
    }
}
