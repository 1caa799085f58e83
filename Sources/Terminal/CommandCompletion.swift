/// Offers what can stand at a place in a command line.
public enum CommandCompletion {
    /// The candidates for the word at the cursor, and the range of characters that one of them replaces.
    ///
    /// Cursor and range count characters of the line from 0. `files` gives the paths that begin with a prefix; a folder
    /// among them ends in `/`. A candidate that needs quotes has them. `actions` are the names that `edit` takes, which
    /// may have several words: the range then reaches back to the first.
    public static func complete(
        _ line: String, cursor: Int, files: (String) -> [String] = { _ in [] },
        actions: [String] = []
    ) -> (replacementRange: Range<Int>, candidates: [String]) {
        let cursor = max(0, min(cursor, line.count))
        let before = Array(line.prefix(cursor))
        let start = wordStart(in: before)
        let prefix = String(before[start...])
        let range = start..<cursor
        let earlier = String(before[..<start])
        guard let words = try? CommandWord.words(of: earlier) else { return (range, []) }
        guard let name = words.first else {
            return (range, matching(prefix, CommandTable.all.map(\.name)).map { $0 + " " })
        }
        guard let spec = CommandTable.spec(name.text) else { return (range, []) }
        if case .action? = spec.arguments.first {
            let begin = words.count > 1 ? words[1].range.lowerBound : start
            // Words count scalars; what stands before them is a name in plain letters, so both counts agree.
            let written = String(before[min(begin, start)...])
            return (min(begin, start)..<cursor, matching(written, actions))
        }
        guard words.count <= spec.arguments.count else { return (range, []) }
        switch spec.arguments[words.count - 1] {
        case .choice(let names): return (range, matching(prefix, names).map { $0 + " " })
        case .command:
            let names = CommandTable.switches + CommandTable.all.map(\.name)
            return (range, matching(prefix, names).map { $0 + " " })
        case .file: return (range, paths(prefix, files))
        case .free, .action: return (range, [])
        }
    }

    /// The longest beginning that all candidates share.
    public static func commonPrefix(_ candidates: [String]) -> String {
        guard let first = candidates.first else { return "" }
        return candidates.dropFirst().reduce(first) { common, candidate in
            String(zip(common, candidate).prefix { $0 == $1 }.map(\.0))
        }
    }

    private static func matching(_ prefix: String, _ names: [String]) -> [String] {
        names.filter { $0.hasPrefix(prefix.lowercased()) }
    }

    /// Where the word at the end begins: behind the last blank that is not inside quotes.
    private static func wordStart(in line: [Character]) -> Int {
        var start = 0
        var isQuoted = false
        var index = 0
        while index < line.count {
            let character = line[index]
            if isQuoted {
                if character == "\\" { index += 1 } else if character == "\"" { isQuoted = false }
            } else if character == "\"" && index == start {
                isQuoted = true
            } else if character == " " || character == "\t" {
                start = index + 1
            }
            index += 1
        }
        return min(start, line.count)
    }

    private static func paths(_ prefix: String, _ files: (String) -> [String]) -> [String] {
        let isQuoted = prefix.hasPrefix("\"")
        var bare = prefix
        if isQuoted {
            // The closing quote is not typed yet, or is: both read as the same beginning.
            let closed = try? CommandWord.words(of: prefix)
            let open = try? CommandWord.words(of: prefix + "\"")
            bare = (closed ?? open)?.first?.text ?? ""
        }
        return files(bare).sorted().map { path in
            let word = isQuoted ? CommandText.quoted(path) : CommandText.word(path)
            guard path.hasSuffix("/") else { return word + " " }
            // A folder stays open, so that its content can be completed next.
            return word.hasPrefix("\"") ? String(word.dropLast()) : word
        }
    }
}
