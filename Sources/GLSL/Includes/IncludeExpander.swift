/// Writes a text with its includes line by line.
struct IncludeExpander {
    private let source: SketchSource
    private let stage: Stage?
    /// What stands before a path for people, so that a file is named as the including one was.
    private let prefix: String
    private(set) var result = IncludedText()
    private var bytes: [UInt8] = []
    private var line = 1
    /// The files that include each other down to here: paths, and names for people.
    private var stack: [(path: String, shown: String)]
    /// The line of the outermost file whose include is being written; 0 outside.
    private var outerLine = 0
    private var count = 0
    private var once: Set<String> = []
    private var isFull = false

    init(_ source: SketchSource, stage: Stage?, file: String) {
        (self.source, self.stage) = (source, stage)
        let folder = Includes.folder(of: file)
        prefix = folder.isEmpty ? "" : folder + "/"
        // Its own path, so that who includes it again is told of the cycle.
        stack = [(String(file.dropFirst(prefix.count)), file)]
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
        for directive in outline.directives {
            if directive.isOnce(outline) { once.insert(stack.last?.path ?? "") }
            guard directive.name == "include" else { continue }
            let range = directive.range(outline)
            let last = directive.line + directive.lineCount - 1
            // Of a directive over several lines, only the name's own line matters.
            guard directive.line >= next, last <= lines.count else { continue }
            copy(lines[(next - 1)..<(directive.line - 1)], from: next)
            let start = lines[directive.line - 1].startIndex
            copyRest(outline.bytes[start..<max(start, range.lowerBound)], directive.line)
            if isOutermost { outerLine = directive.line }
            include(directive, outline, folder)
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
        _ directive: SourceOutline.Directive, _ outline: SourceOutline, _ folder: String
    ) {
        guard !isFull else { return }
        guard let name = directive.fileName(outline) else {
            return problem(
                directive, "include",
                "a file's name in quotes belongs here: #include \"noise.glsl\"")
        }
        guard let (path, found) = find(name, folder) else {
            let places = Includes.candidates(name, in: folder, source.plan)
            return problem(
                directive, name,
                "\(name) is not there, or is no text: looked for \(places.joined(separator: ", "))")
        }
        if let known = stack.firstIndex(where: { $0.path == path }) {
            let way = (stack[known...].map(\.shown) + [found.file]).joined(separator: " → ")
            return problem(directive, name, "\(name) includes itself: \(way)")
        }
        guard !once.contains(path) else { return }
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
        stack.append((path, found.file))
        write(found.text, folder: Includes.folder(of: path))
        // A backslash at a file's end would swallow what follows the include.
        if bytes.dropLast().last == UInt8(ascii: "\\") {
            bytes.append(Byte.newline)
            line += 1
        }
        stack.removeLast()
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
    fileprivate func fileName(_ outline: SourceOutline) -> String? {
        guard items.count == 2, items[1].kind == .string else { return nil }
        let text = outline.text(items[1])
        guard let first = text.first, first == "\"" || first == "<",
            text.last == (first == "<" ? ">" : "\"")
        else { return nil }
        let name = text.dropFirst().dropLast()
        return name.isEmpty ? nil : String(name)
    }

    fileprivate func isOnce(_ outline: SourceOutline) -> Bool {
        name == "pragma" && items.count == 2 && outline.text(items[1]) == "once"
    }
}
