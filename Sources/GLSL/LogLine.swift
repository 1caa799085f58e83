/// One line of a log, taken apart.
///
/// The formats, each with an example:
///
///     Mesa             0:12(5): error: `x' undeclared
///     Mesa, linking    error: unresolved reference to function `x'
///     NVIDIA           0(12) : error C1503: undefined variable "x"
///     AMD              ERROR: 0:12: error(#143) Undeclared identifier: x
///     Intel, ANGLE     ERROR: 0:12: 'x' : undeclared identifier
///     Apple            ERROR: 0:12: Use of undeclared identifier 'x'
///     glslang          ERROR: glow.frag:12: 'x' : undeclared identifier
///     glslc            glow.frag:12: error: 'x' : undeclared identifier
///     Mali             0:12: L0002: Undeclared variable 'x'
struct LogLine {
    /// What a driver calls a text.
    enum Source: Equatable {
        case number(Int)
        case file(String)
    }

    /// A place as the driver names it.
    struct Place: Equatable {
        var source: Source
        var line: Int
        var column: Int?
    }

    /// What the line is.
    enum Kind: Equatable {
        case blank
        /// Counts errors or says that all is well.
        case summary
        /// Says of which stage the lines below speak; nil where of the whole program.
        case header(Stage?)
        case message(Diagnostic.Severity, Place?, String)
        /// Neither place nor severity: mostly the rest of the message above.
        case text(String)
    }

    var kind: Kind
    /// Whether blanks stand before the message: Mesa's candidates.
    var isIndented = false

    init(_ bytes: Substring.UTF8View.SubSequence) {
        self.init(Array(bytes))
    }

    init(_ bytes: [UInt8]) {
        var cursor = LogCursor(bytes)
        cursor.skip { Byte.isBlank($0) || $0 == Byte.dot }
        guard !cursor.isAtEnd else {
            kind = .blank
            return
        }
        var severity = cursor.takePrefix()
        var place = cursor.takePlace()
        if place == nil, let named = cursor.takeNamedPlace() {
            // A name is only believed beside a severity: any prose can hold `word:12:`.
            var ahead = cursor
            if severity != nil || ahead.takeSeverity() != nil {
                place = named.place
            } else {
                cursor = named.before
            }
        }
        if let word = cursor.takeSeverity() { severity = word }
        if place != nil { cursor.takeMaliCode() }
        let blanks = cursor.countBlanks()
        let text = LogMessage.withoutEmptyToken(cursor.rest())
        if place == nil, let header = Self.header(text) {
            kind = .header(header.stage)
        } else if text.isEmpty || (place == nil && Self.isSummary(text))
            || text == "compilation terminated"
        {
            kind = .summary
        } else if severity == nil, place == nil {
            kind = .text(text)
        } else {
            kind = .message(severity ?? .error, place, text)
            isIndented = blanks > 1
        }
    }

    private struct Header {
        var stage: Stage?
    }

    /// NVIDIA's `Vertex info` and AMD's `Vertex shader failed to compile with the following errors:`.
    private static func header(_ text: String) -> Header? {
        let words = text.lowercased()
        if words == "link info" || words == "internal error: assembly compile error" {
            return Header(stage: nil)
        }
        for stage in Stage.allCases {
            if words == stage.name + " info" { return Header(stage: stage) }
            if words.hasPrefix(stage.name + " shader"), words.contains("failed to compile with") {
                return Header(stage: stage)
            }
        }
        return nil
    }

    private static func isSummary(_ text: String) -> Bool {
        if text.utf8.allSatisfy({ $0 == Byte.minus || $0 == Byte.equals }) { return true }
        let words = text.lowercased()
        // AMD names the stages that did link beside those that did not.
        if words.contains("fail") { return false }
        return [
            "compilation errors", "compilation error.", "errors generated", "error generated",
            "no code generated", "compilation terminated", "successfully compiled",
            "shader(s) linked", "was successfully", "shader(s) were not successfully compiled",
            "linking with uncompiled",
        ].contains { words.contains($0) }
    }
}
