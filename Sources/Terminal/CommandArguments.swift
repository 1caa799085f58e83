import GLSL

/// The words behind a command's name, taken one by one into typed values.
struct CommandArguments {
    private let spec: CommandSpec
    private let words: [CommandWord]
    private var index = 0
    /// Where the line ends, for arguments that are missing.
    private let end: Int

    init(_ words: ArraySlice<CommandWord>, of spec: CommandSpec, end: Int) {
        self.spec = spec
        self.words = Array(words)
        self.end = end
    }

    /// The next word, not yet taken.
    var next: CommandWord? { index < words.count ? words[index] : nil }

    /// Takes the next word where it is this keyword.
    mutating func take(keyword: String) -> Bool {
        guard next?.keyword == keyword else { return false }
        index += 1
        return true
    }

    /// Takes the next word; nil at the end.
    mutating func optionalWord() -> CommandWord? {
        guard let word = next else { return nil }
        index += 1
        return word
    }

    /// Takes the next word.
    mutating func word(_ expected: String) throws(CommandError) -> CommandWord {
        guard let word = optionalWord() else { throw missing(expected) }
        return word
    }

    /// Takes one text: quoted, or a single bare word.
    mutating func text() throws(CommandError) -> String {
        let word = try word("text in quotes")
        if let extra = next, !word.isQuoted {
            throw CommandError(
                "text with spaces needs quotes, as in '\(spec.example)'",
                column: extra.range.lowerBound + 1)
        }
        return word.text
    }

    /// Takes all words that are left, with one space between.
    mutating func rest(_ expected: String) throws(CommandError) -> String {
        guard next != nil else { throw missing(expected) }
        defer { index = words.count }
        return words[index...].map(\.text).joined(separator: " ")
    }

    /// Takes one of several keywords.
    mutating func choice<Choice>(
        _ type: Choice.Type, default: Choice? = nil
    ) throws(CommandError) -> Choice where Choice: CaseIterable & RawRepresentable<String> {
        let names = Choice.allCases.map(\.rawValue)
        guard let word = optionalWord() else {
            if let choice = `default` { return choice }
            throw missing(Self.list(names))
        }
        if let choice = word.keyword.flatMap({ Choice(rawValue: $0.lowercased()) }) {
            return choice
        }
        throw wrong(word, Self.list(names), nearest: names)
    }

    /// Takes a part of the sketch: a stage by its short or full name, `common`, a buffer, or `PASS.STAGE`.
    mutating func part() throws(CommandError) -> SketchPart {
        let names = Stage.allCases.map(\.rawValue)
        let word = try word(Self.list(names))
        guard let part = SketchPart(writtenAs: word.text) else {
            throw wrong(
                word, Self.list(names),
                nearest: names + Stage.allCases.map(\.name) + Self.partNames)
        }
        return part
    }

    /// Names of parts that are no stage of the picture.
    static let partNames =
        [SketchPart.common.title, SketchPart.plan.title] + SketchPart.buffers.map(\.title)

    /// Takes a finite number within limits.
    mutating func number(
        _ expected: String, in range: ClosedRange<Double> = -1e15...1e15
    ) throws(CommandError) -> Double {
        let word = try word(expected)
        guard let value = Self.number(word.text), range.contains(value) else {
            throw wrong(word, expected)
        }
        return value
    }

    /// Takes a finite number where one follows.
    mutating func optionalNumber(
        _ expected: String, in range: ClosedRange<Double> = -1e15...1e15
    ) throws(CommandError) -> Double? {
        next == nil ? nil : try number(expected, in: range)
    }

    /// Takes a whole number from 1 where one follows.
    mutating func optionalCount(_ expected: String) throws(CommandError) -> Int? {
        guard let word = optionalWord() else { return nil }
        guard let value = Self.count(word.text) else { throw wrong(word, expected) }
        return value
    }

    /// Takes a whole number within limits.
    mutating func whole(_ expected: String, in range: ClosedRange<Int>) throws(CommandError) -> Int
    {
        let word = try word(expected)
        guard let value = word.text == "0" ? 0 : Self.count(word.text), range.contains(value) else {
            throw wrong(word, expected)
        }
        return value
    }

    /// Takes `+n`, `-n`, `=n`, a bare number (as `=n`) or `reset`.
    mutating func adjustment() throws(CommandError) -> Command.Adjustment {
        let expected = "+N, -N, =N or reset"
        let word = try word(expected)
        if word.keyword == "reset" { return .reset }
        let sign = word.text.first
        let digits = sign == "=" || sign == "+" ? String(word.text.dropFirst()) : word.text
        let isDoubled = digits.first == "+" || (digits.first == "-" && sign == "+")
        guard !isDoubled, let value = Self.number(digits) else { throw wrong(word, expected) }
        return sign == "+" || sign == "-" ? .by(value) : .to(value)
    }

    /// Reads two counts that a character parts, as `640x360`.
    static func pair(_ text: String, separator: Character) -> (Int, Int)? {
        let parts = text.split(separator: separator, omittingEmptySubsequences: false)
        guard parts.count == 2, let a = count(String(parts[0])), let b = count(String(parts[1]))
        else { return nil }
        return (a, b)
    }

    /// A whole number from 1 to a billion, in plain digits.
    static func count(_ text: String) -> Int? {
        guard text.utf8.count <= 10, text.utf8.allSatisfy({ (48...57).contains($0) }),
            let value = Int(text), value > 0, value <= 1_000_000_000
        else { return nil }
        return value
    }

    /// A finite decimal number; hexadecimal, `inf` and `nan`, which Swift would read, are none.
    static func number(_ text: String) -> Double? {
        let allowed = text.utf8.allSatisfy {
            switch $0 {
            case 48...57, 43, 45, 46, 69, 101: true  // digits + - . E e
            default: false
            }
        }
        guard allowed, let value = Double(text), value.isFinite else { return nil }
        return value
    }

    /// `a, b or c`.
    static func list(_ names: [String]) -> String {
        guard let last = names.last, names.count > 1 else { return names.first ?? "" }
        return names.dropLast().joined(separator: ", ") + " or " + last
    }

    /// The error of an argument that is not there.
    func missing(_ expected: String) -> CommandError {
        CommandError(
            "'\(spec.name)' needs \(expected), as in '\(spec.example)'", column: end + 1)
    }

    /// The error of a word that does not fit.
    func wrong(_ word: CommandWord, _ expected: String, nearest names: [String] = [])
        -> CommandError
    {
        let shown = word.text.count > 40 ? word.text.prefix(40) + "…" : word.text[...]
        let meant = Nearest.match(word.text, among: names).map { "; did you mean '\($0)'?" }
        return CommandError(
            "'\(spec.name)' cannot take '\(shown)': expected \(expected)"
                + (meant ?? ", as in '\(spec.example)'"),
            column: word.range.lowerBound + 1)
    }

    /// Throws where words are left over.
    func finish() throws(CommandError) {
        guard let word = next else { return }
        let column = word.range.lowerBound + 1
        if word.keyword?.hasPrefix("#") == true {
            throw CommandError("a comment needs a line of its own", column: column)
        }
        throw CommandError(
            spec.usage.isEmpty
                ? "'\(spec.name)' takes no argument, but '\(word.text)' follows"
                : "'\(spec.form)' has one word too many: '\(word.text)'",
            column: column)
    }
}
