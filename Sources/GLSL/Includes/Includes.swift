/// Puts files in the place of the lines `#include "file"` that ask for them.
///
/// Paths are those of the sketch's folder: a name is looked up beside the file that includes it, then in the sketch's
/// folder, then in the folders of the plan's `includePaths`; a text of the sketch's own that is no stage comes before the
/// file of its name. Nothing is read here: texts are those of `SketchSource.included`, and `asked` tells which they
/// should be. Conditions are not evaluated: where a file is missing that an `#if` may leave out, the compiler tells.
public enum Includes {
    /// How deep files may include each other.
    public static let deepest = 64
    /// How many files a stage may include, each time counted.
    public static let most = 2_000
    /// The most bytes of a stage with all that it includes.
    public static let largest = 8 << 20

    /// The paths of files that a source asks for, as far as their texts are known; nothing where nothing is included.
    ///
    /// Where a file is found, those that would come before it are among them: they may come to be.
    public static func asked(by source: SketchSource) -> Set<String> {
        var asked: Set<String> = []
        for text in source.parts.values where isIncluding(text.text) {
            asked.formUnion(expand(text, nil, source).asked)
        }
        return asked
    }

    /// Whether a text may include anything; false for most, and told at once.
    static func isIncluding(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            let word = "include".utf8
            guard bytes.count >= word.count else { return false }
            return bytes.indices.dropLast(word.count - 1).contains { start in
                bytes[start] == UInt8(ascii: "i")
                    && bytes[start..<start + word.count].elementsEqual(word)
            }
        }
    }

    /// A text with all that it includes.
    static func expand(
        _ text: StageText, _ stage: Stage?, _ source: SketchSource
    ) -> IncludedText {
        var expander = IncludeExpander(source, stage: stage, file: text.file)
        expander.add(text.text)
        return expander.result
    }

    /// The paths under which a name may be found, best first.
    static func candidates(_ name: String, in folder: String, _ plan: SketchPlan) -> [String] {
        if name.hasPrefix("/") { return [tidy(name)] }
        var found: [String] = []
        for place in [folder, ""] + plan.includePaths {
            let path = tidy(place.isEmpty ? name : place + "/" + name)
            if !found.contains(path) { found.append(path) }
        }
        return found
    }

    /// A path without `.` and, as far as that goes, without `..`.
    static func tidy(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." {
                parts.removeLast()
            } else {
                parts.append(part)
            }
        }
        return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
    }

    /// A path's folder; empty for the sketch's own.
    static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }
}

/// A text with all that it includes, and the way back from its lines.
struct IncludedText: Sendable, Equatable {
    var text = ""
    /// Where its lines come from, from its first on.
    var runs: [TextRun] = []
    /// For each run, the line of the including text itself that brought it in.
    var outerLines: [Int] = []
    var problems: [Diagnostic] = []
    /// What is missing only where a condition takes it in: as warnings, and as the errors that it then is.
    var notices: [Diagnostic] = []
    var missing: [Diagnostic] = []
    /// The paths that were asked for.
    var asked: Set<String> = []

    /// The index of the run that a line is in.
    private func run(_ line: Int) -> Int? {
        runs.lastIndex { $0.firstLine <= line }
    }

    /// The file and line of a line of the text.
    func place(_ line: Int) -> (file: String, line: Int)? {
        run(line).map { index in
            let run = runs[index]
            return (run.file, run.fileLine + min(line - run.firstLine, run.count - 1))
        }
    }

    /// The line of the including file itself that a line of the text stands in, or was brought in by.
    func outerLine(_ line: Int) -> Int {
        guard let index = run(line) else { return line }
        let run = runs[index]
        return outerLines[index] == 0
            ? run.fileLine + min(line - run.firstLine, run.count - 1) : outerLines[index]
    }
}
