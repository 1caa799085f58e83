/// The way back from a driver's place in an assembled text to the user's file and line.
///
/// A driver names a place by a source-string number and a line. A map is a list of runs of lines
/// that the user wrote, each with the number and the first line that the driver counts them by.
/// Text that was added before or after a run clamps to its nearest end; a map without runs belongs
/// to a generated stage and knows no place.
public struct LineMap: Codable, Sendable, Equatable {
    /// A run of lines that follow each other both for the driver and in the user's file.
    public struct Run: Codable, Sendable, Equatable {
        /// The source-string number by which the driver calls it.
        public var source: Int
        /// The driver's number of the first line.
        public var firstLine: Int
        /// The user's file.
        public var file: String
        /// The user's number of the first line, from 1.
        public var fileLine: Int
        /// How many lines; at least 1.
        public var count: Int
        /// The line of the assembled text in which it begins, from 1, whatever drivers call it.
        public var textLine: Int

        /// Makes a run.
        public init(
            source: Int, firstLine: Int, file: String, fileLine: Int, count: Int, textLine: Int
        ) {
            self.source = source
            self.firstLine = firstLine
            self.file = file
            self.fileLine = fileLine
            self.count = max(1, count)
            self.textLine = textLine
        }
    }

    /// A place in the user's text.
    public struct Place: Hashable, Sendable {
        /// The user's file.
        public var file: String
        /// The line in it, from 1.
        public var line: Int
        /// Whether the driver named this very line; false where the place was clamped.
        public var isExact: Bool
        /// Whether it was clamped from text behind the user's.
        public var isBehind = false
    }

    /// The runs, in the order of the text.
    public var runs: [Run]
    /// What to say instead of an error in the text that was added behind the user's.
    ///
    /// Such an error comes from a text that ends too early, and speaks of tokens the user never saw.
    public var endNote: Diagnostic?
    /// What to say where a compiler stops on the line of a file that is missing.
    public var missing: [Diagnostic] = []
    /// The line on which to put other errors in the text that was added behind the user's.
    ///
    /// That text calls a function, and this is where it is defined. Nil for the last line.
    public var endLine: Int?
    /// The same by the name of the function, where that text calls more than one and the message says which.
    public var entryLines: [String: Int] = [:]
    /// Names that the assembler put in place of the user's, with the user's: for messages.
    public var renamed: [String: String]

    /// What the loop guard put into lines of the text, in the order of the text.
    public var insertions: [Insertion] = []
    /// What all names begin with that the loop guard made up; nil where it made up none.
    public var guardPrefix: String?

    /// Text that the loop guard put into a line.
    public struct Insertion: Codable, Sendable, Equatable {
        /// The line of the assembled text, from 1.
        public var textLine: Int
        /// Where in that line it begins, in bytes from 0, as the line is now.
        public var offset: Int
        /// How many bytes it has.
        public var length: Int
        /// What it stands in place of; mostly nothing.
        public var replaced: String
    }

    /// Makes a map.
    public init(
        runs: [Run] = [], endNote: Diagnostic? = nil, endLine: Int? = nil,
        renamed: [String: String] = [:]
    ) {
        self.runs = runs
        self.endNote = endNote
        self.endLine = endLine
        self.renamed = renamed
    }

    /// The map of a text that the user did not write.
    public static let generated = LineMap()

    /// The user's file and line for a driver's source-string number and line; nil if generated.
    public func place(source: Int, line: Int) -> (file: String, line: Int)? {
        locate(source: source, line: line).map { ($0.file, $0.line) }
    }

    /// The user's place for a driver's source-string number and line, and whether it is exact.
    ///
    /// Where several runs hold the line (the user's own `#line` can make that) the first is taken.
    /// Where none of that number does, the run of another number that holds it is taken, since
    /// some drivers forget the numbers of `#line`. A number that no run has is nil.
    public func locate(source: Int, line: Int) -> Place? {
        let own = nearest(in: runs.filter { $0.source == source }, line: line) { $0.firstLine }
        guard let own, !own.isExact else { return own }
        let other = nearest(in: runs, line: line) { $0.firstLine }
        return other.flatMap { $0.isExact ? $0 : nil } ?? own
    }

    /// The user's place for a file that a compiler named itself, and a line.
    public func locate(file: String, line: Int) -> Place? {
        nearest(in: runs.filter { $0.file == file }, line: line) { $0.fileLine }
    }

    private func nearest(in runs: [Run], line: Int, first: (Run) -> Int) -> Place? {
        var best: Place?
        var bestDistance = Int.max
        for run in runs {
            let start = first(run)
            let end = start.addingReportingOverflow(run.count - 1).partialValue
            let clamped = min(max(line, start), max(start, end))
            let distance = (line.subtractingReportingOverflow(clamped).partialValue).magnitude
            if distance < bestDistance {
                bestDistance = Int(clamping: distance)
                best = Place(
                    file: run.file, line: run.fileLine + (clamped - start),
                    isExact: distance == 0, isBehind: line > clamped)
            }
        }
        return best
    }
}
