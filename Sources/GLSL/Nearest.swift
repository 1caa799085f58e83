/// Finds what somebody probably meant.
public enum Nearest {
    /// The candidate with the fewest single-letter mistakes; nil where none is near (a third of the letters, at most 3).
    public static func match(_ word: String, among candidates: [String]) -> String? {
        let word = word.lowercased()
        guard word.count <= 40 else { return nil }
        var best: (name: String, distance: Int)?
        for candidate in candidates {
            let limit = min(3, max(1, max(word.count, candidate.count) / 3))
            let distance = distance(Array(word), Array(candidate.lowercased()))
            if distance <= limit, distance < best?.distance ?? Int.max {
                best = (candidate, distance)
            }
        }
        // A beginning counts as near, too: `screen` for `screenshot`.
        return best?.name ?? (word.count < 3 ? nil : candidates.first { $0.hasPrefix(word) })
    }

    /// Letters inserted, dropped, changed or exchanged with their neighbour (optimal string alignment).
    static func distance(_ a: [Character], _ b: [Character]) -> Int {
        guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
        var older: [Int] = []
        var previous = Array(0...b.count)
        for i in 1...a.count {
            var row = [i]
            for j in 1...b.count {
                let change = a[i - 1] == b[j - 1] ? 0 : 1
                var cost = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + change)
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                    cost = min(cost, older[j - 2] + 1)
                }
                row.append(cost)
            }
            older = previous
            previous = row
        }
        return previous[b.count]
    }
}
