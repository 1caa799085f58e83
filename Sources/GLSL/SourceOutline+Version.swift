/// What a `#version` line asks for.
struct LanguageVersion: Sendable, Equatable {
    /// The number: 450, 300.
    var number: Int
    /// The word behind it: `core`, `compatibility`, `es`; empty for none.
    var profile: String

    /// Whether it is GLSL ES.
    var isES: Bool { profile == "es" || number == 100 }

    /// Whether `#line N` numbers the next line N, as the later languages have it, not N + 1.
    var lineNamesNext: Bool { isES || number >= 330 }
}

extension SourceOutline {
    /// The first `#version` line.
    var versionDirective: Directive? { directives.first { $0.name == "version" } }

    /// What the first `#version` line asks for, or nil.
    ///
    /// A number that is none reads 0.
    var version: LanguageVersion? {
        guard let items = versionDirective?.items else { return nil }
        let number = items.count > 1 ? Int(text(items[1])) ?? 0 : 0
        return LanguageVersion(number: number, profile: items.count > 2 ? text(items[2]) : "")
    }

    /// The line map of this text as it stands, with the user's own `#line`s followed.
    func verbatimMap(file: String) -> LineMap {
        let next = version?.lineNamesNext ?? false
        var runs: [LineMap.Run] = []
        var source = 0
        var first = 1
        var fileLine = 1
        for directive in directives where directive.name == "line" {
            let numbers = directive.items.dropFirst().map { Int(text($0)) }
            guard let line = numbers.first ?? nil else { continue }
            let end = directive.line + directive.lineCount - 1
            runs.append(
                .init(
                    source: source, firstLine: first, file: file, fileLine: fileLine,
                    count: end - fileLine + 1, textLine: fileLine))
            if numbers.count > 1, let number = numbers[1] { source = number }
            first = next ? line : line.addingReportingOverflow(1).partialValue
            fileLine = end + 1
        }
        runs.append(
            .init(
                source: source, firstLine: first, file: file, fileLine: fileLine,
                count: lineCount - fileLine + 1, textLine: fileLine))
        return LineMap(runs: runs)
    }
}
