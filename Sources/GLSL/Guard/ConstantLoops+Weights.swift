// How many rounds loops take together.
extension ConstantLoops {
    /// The extents of those loops that lie in no other of them.
    func outermost(_ loops: [Int]) -> [Range<Int>] {
        Self.outermost(loops.compactMap { structure.extent(of: $0) })
    }

    static func outermost(_ extents: [Range<Int>]) -> [Range<Int>] {
        var end = 0
        return extents.sorted { $0.lowerBound < $1.lowerBound }.filter { extent in
            guard extent.upperBound > end else { return false }
            end = extent.upperBound
            return true
        }
    }

    /// The uncounted rounds of a call of a function, at most.
    func weight(
        of name: String, _ counted: Set<Int>, _ weights: inout [String: Int], depth: Int
    ) -> Int {
        if let known = weights[name] { return known }
        guard let bodies = functions[name] else { return 0 }
        // Deeper than anybody calls; a function that calls itself comes here, too, and no driver takes it.
        guard depth < 64 else { return Self.limit + 1 }
        var most = 0
        for body in bodies {
            most = max(
                most,
                weigh(body, counted) {
                    weight(of: $0, counted, &weights, depth: depth + 1)
                })
        }
        weights[name] = most
        return most
    }

    /// The uncounted rounds in a run of tokens: each loop's own, times those around it.
    func weigh(
        _ extent: Range<Int>, _ counted: Set<Int>, weight: (String) -> Int
    ) -> Int {
        var total = 0
        var around: [(factor: Int, end: Int)] = []
        let ceiling = Self.limit * 1024
        for place in extent {
            while let last = around.last, last.end <= place { around.removeLast() }
            let factor = around.last?.factor ?? 1
            if let count = rounds[place], !counted.contains(place),
                let loop = structure.extent(of: place)
            {
                let product = min(ceiling, factor * count)
                total = min(ceiling, total + product)
                around.append((product, loop.upperBound))
            } else if !names[place].isEmpty, place + 1 < items.count,
                items[place + 1].word == .open
            {
                let calls = weight(names[place])
                if calls > 0 { total = min(ceiling, total + min(ceiling, factor * calls)) }
            }
        }
        return total
    }
}
