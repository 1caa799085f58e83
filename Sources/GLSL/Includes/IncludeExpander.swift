/// Writes a text with its includes line by line.
struct IncludeExpander {
    private let source: SketchSource
    private let stage: Stage?
    /// What stands before a path for people, so that a file is named as the including one was.
    private let prefix: String
    private(set) var result = IncludedText()
    private var bytes: [UInt8] = []
    private var line = 1
    /// A file on the way from the outermost one down to here.
    private struct Level {
        var path: String
        /// Its name for people.
        var shown: String
        /// Whether a condition may leave it out.
        var isConditional = false
        /// Whether it stands in no function.
        var isGlobal = true
    }

    private var stack: [Level]
    /// The line of the outermost file whose include is being written; 0 outside.
    private var outerLine = 0
    private var count = 0
    private var once: Set<String> = []
    /// The files that surely are in the text already.
    private var present: Set<String> = []
    /// The macros that were defined or taken back so far.
    private var macros: Set<String> = []
    private var isFull = false

    init(_ source: SketchSource, stage: Stage?, file: String) {
        (self.source, self.stage) = (source, stage)
        let folder = Includes.folder(of: file)
        prefix = folder.isEmpty ? "" : folder + "/"
        // Its own path, so that who includes it again is told of the cycle.
        stack = [Level(path: String(file.dropFirst(prefix.count)), shown: file)]
    }

    /// Writes the text that includes others.
    mutating func add(_ text: String) {
        write(text, folder: "", isOutermost: true)
        // Each line ends where the next begins; the last one has no end.
        if bytes.last == Byte.newline { bytes.removeLast() }
        result.text = String(decoding: bytes, as: UTF8.self)
    }

    private var shown: String { stack.last?.shown ?? "" }

    private mutating func write(_ text: String, folder: String, isOutermost: Bool = false) {
        let outline = SourceOutline(text)
        var lines = outline.bytes.split(separator: Byte.newline, omittingEmptySubsequences: false)
        if !isOutermost, lines.count > 1, lines.last?.isEmpty == true { lines.removeLast() }
        var next = 1
        // What keeps a file from being read twice leaves nothing out when it is read first.
        let ownDepth = outline.guardName.map { macros.contains($0) } == false ? 1 : 0
        for directive in outline.directives {
            if directive.isOnce(outline) { once.insert(stack.last?.path ?? "") }
            if let name = directive.macro(outline) { macros.insert(name) }
            guard directive.isInclude(outline) else { continue }
            let range = directive.range(outline)
            let last = directive.line + directive.lineCount - 1
            // Of a directive over several lines, only the name's own line matters.
            guard directive.line >= next, last <= lines.count else { continue }
            copy(lines[(next - 1)..<(directive.line - 1)], from: next)
            let start = lines[directive.line - 1].startIndex
            copyRest(outline.bytes[start..<max(start, range.lowerBound)], directive.line)
            if isOutermost { outerLine = directive.line }
            include(directive, outline, folder, isConditional: directive.depth > ownDepth)
            if isOutermost { outerLine = 0 }
            let end = lines[last - 1].endIndex
            copyRest(outline.bytes[min(range.upperBound, end)..<end], last)
            next = last + 1
        }
        copy(lines[min(next - 1, lines.count)...], from: next)
    }

    /// Writes lines that follow each other.
    private mutating func copy(_ lines: ArraySlice<ArraySlice<UInt8>>, from first: Int) {
        guard !lines.isEmpty, !isFull else { return }
        begin(first, lines.count)
        for line in lines {
            bytes += line
            bytes.append(Byte.newline)
        }
        line += lines.count
    }

    /// Writes what stands beside a directive: a comment may begin or end there.
    private mutating func copyRest(_ rest: ArraySlice<UInt8>, _ fileLine: Int) {
        guard !isFull, rest.contains(where: { !Byte.isBlank($0) }) else { return }
        begin(fileLine, 1)
        bytes += rest
        bytes.append(Byte.newline)
        line += 1
    }

    private mutating func begin(_ fileLine: Int, _ count: Int) {
        result.runs.append(
            TextRun(firstLine: line, file: shown, fileLine: fileLine, count: count))
        result.outerLines.append(outerLine)
    }

    private mutating func include(
        _ directive: SourceOutline.Directive, _ outline: SourceOutline, _ folder: String,
        isConditional: Bool
    ) {
        guard !isFull else { return }
        let isConditional = isConditional || stack.last?.isConditional == true
        guard let name = directive.fileName(outline) else {
            return problem(
                directive, "include",
                "a file's name in quotes belongs here: #include \"noise.glsl\"")
        }
        guard let (path, found) = find(name, folder) else {
            return missing(directive, name, folder, isConditional: isConditional)
        }
        if let known = stack.firstIndex(where: { $0.path == path }) {
            let way = (stack[known...].map(\.shown) + [found.file]).joined(separator: " → ")
            return problem(directive, name, "\(name) includes itself: \(way)")
        }
        guard !once.contains(path) else { return }
        let isGlobal = stack.last?.isGlobal == true && outline.isGlobal(before: directive)
        if present.contains(path), isGlobal, SourceOutline(found.text).isOnlyOnce(macros) { return }
        count += 1
        guard stack.count <= Includes.deepest, count <= Includes.most,
            bytes.count + found.text.utf8.count <= Includes.largest
        else {
            problem(
                directive, name,
                "this is more than can be included: \(Includes.most) files, \(Includes.deepest) in each other, "
                    + "\(Includes.largest >> 20) MB")
            return isFull = true
        }
        if !isConditional { present.insert(path) }
        stack.append(
            Level(
                path: path, shown: found.file, isConditional: isConditional, isGlobal: isGlobal))
        write(found.text, folder: Includes.folder(of: path))
        // A backslash at a file's end would swallow what follows the include.
        if bytes.dropLast().last == UInt8(ascii: "\\") {
            bytes.append(Byte.newline)
            line += 1
        }
        stack.removeLast()
    }

    /// Says that a file is not there: at once, or where a condition may leave it out, by having the compiler stop there.
    private mutating func missing(
        _ directive: SourceOutline.Directive, _ name: String, _ folder: String, isConditional: Bool
    ) {
        let places = Includes.candidates(name, in: folder, source.plan)
        var message =
            "\(name) is not there, or is no text: looked for \(places.joined(separator: ", "))"
        if name.hasPrefix("lygia/") || name.contains("/lygia/") {
            message +=
                "; LYGIA is a library of its own: put it there, or name the folder that it is in by the setting include"
        }
        guard isConditional else { return problem(directive, name, message) }
        begin(directive.line, 1)
        // No name here, which could begin a comment: the line map knows it.
        bytes += Array("#error a file is missing\n".utf8)
        line += 1
        guard result.notices.count < 100 else { return }
        result.missing.append(
            Diagnostic(
                stage: stage, file: shown, line: directive.line, token: name, message: message))
        let notice = Diagnostic(
            .warning, stage: stage, file: shown, line: directive.line, token: name,
            message:
                "\(name) is not there, or is no text: that does no harm as long as the condition around it leaves it out"
        )
        if !result.notices.contains(notice) { result.notices.append(notice) }
    }

    private mutating func find(_ name: String, _ folder: String) -> (String, StageText)? {
        for path in Includes.candidates(name, in: folder, source.plan) {
            let part = SketchPart(rawValue: path)
            if part != .common, part.stage == nil, let own = source.parts[part] {
                return (path, own)
            }
            result.asked.insert(path)
            if let text = source.included[path] {
                let shown = path.hasPrefix("/") ? path : Includes.tidy(prefix + path)
                return (path, StageText(text: text, file: shown))
            }
        }
        return nil
    }

    private mutating func problem(
        _ directive: SourceOutline.Directive, _ token: String, _ message: String
    ) {
        guard result.problems.count < 100 else { return }
        let problem = Diagnostic(
            stage: stage, file: shown, line: directive.line, token: token, message: message)
        if !result.problems.contains(problem) { result.problems.append(problem) }
    }
}

extension SourceOutline.Directive {
    /// The bytes from the `#` to the end of the last token.
    fileprivate func range(_ outline: SourceOutline) -> Range<Int> {
        (items.first?.range.lowerBound ?? 0)..<(items.last?.range.upperBound ?? 0)
    }

    /// The name in quotes or angles; nil where there is none, or more than that.
    ///
    /// Editors of Shadertoy's sources take apostrophes for quotes.
    fileprivate func fileName(_ outline: SourceOutline) -> String? {
        guard let item = items.last, item.kind == .string,
            items.count == (name == "pragma" ? 3 : 2)
        else { return nil }
        let text = outline.text(item)
        guard text.count > 1, let first = text.first, ["\"", "<", "'"].contains(first),
            text.last == (first == "<" ? ">" : first)
        else { return nil }
        let name = text.dropFirst().dropLast()
        return name.isEmpty ? nil : String(name)
    }

    /// Whether it is an include, which glslViewer and openFrameworks also write as a pragma.
    fileprivate func isInclude(_ outline: SourceOutline) -> Bool {
        name == "include"
            || (name == "pragma" && items.count == 3 && items[2].kind == .string
                && outline.text(items[1]) == "include")
    }

    fileprivate func isOnce(_ outline: SourceOutline) -> Bool {
        name == "pragma" && items.count == 2 && outline.text(items[1]) == "once"
    }
}
