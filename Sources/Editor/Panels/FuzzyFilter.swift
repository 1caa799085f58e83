/// Ranks names by how well a few typed letters name them.
enum FuzzyFilter {
    /// How well a query fits, higher is better, with the matched characters; nil where it does not.
    ///
    /// All letters must occur in order, in any case. Letters side by side, at a word's beginning and near the name's
    /// beginning count more; a shorter name goes before a longer one.
    static func match(_ query: String, _ name: String) -> (score: Int, places: [Int])? {
        let wanted = Array(query.lowercased().filter { $0 != " " })
        guard !wanted.isEmpty else { return (0, []) }
        let letters = name.map { Character($0.lowercased().first.map(String.init) ?? " ") }
        // Every beginning is tried, since the first letter that fits is not always the best one.
        var best: (score: Int, places: [Int])?
        for start in letters.indices where letters[start] == wanted[0] {
            guard let found = match(wanted, letters, from: start) else { break }
            if best.map({ found.score > $0.score }) ?? true { best = found }
        }
        return best
    }

    private static func match(
        _ wanted: [Character], _ letters: [Character], from start: Int
    ) -> (score: Int, places: [Int])? {
        var places: [Int] = []
        var score = -letters.count - start
        var next = start
        for letter in wanted {
            guard let place = letters[next...].firstIndex(of: letter) else { return nil }
            if place == 0 || !(letters[place - 1].isLetter || letters[place - 1].isNumber) {
                score += 10
            }
            if let last = places.last, place == last + 1 { score += 15 }
            score += 20 - min(10, place - next)
            places.append(place)
            next = place + 1
        }
        return (score, places)
    }
}
