/// Writes JSON on one line with its keys in the order in which they are added.
///
/// Foundation's encoder either sorts keys or leaves their order open; people and scripts that read `status` want the
/// order that the documents show, and the program should not load Foundation for one line.
public struct JSONLine: Sendable {
    private var text = ""

    /// An empty object.
    public init() {}

    /// The object's text.
    public var object: String { "{\(text)}" }

    private mutating func add(_ key: String, raw value: String) {
        if !text.isEmpty { text += "," }
        text += "\(Self.quoted(key)):\(value)"
    }

    /// Adds text, or null.
    public mutating func add(_ key: String, _ value: String?) {
        add(key, raw: value.map(Self.quoted) ?? "null")
    }

    /// Adds a whole number, or null.
    public mutating func add(_ key: String, _ value: Int?) {
        add(key, raw: value.map(String.init) ?? "null")
    }

    /// Adds a number, or null; one that is not finite is null, too, since JSON has none.
    public mutating func add(_ key: String, _ value: Double?) {
        add(key, raw: value.flatMap { $0.isFinite ? $0.description : nil } ?? "null")
    }

    /// Adds true or false.
    public mutating func add(_ key: String, _ value: Bool) {
        add(key, raw: value ? "true" : "false")
    }

    /// Adds an object.
    public mutating func add(_ key: String, _ value: JSONLine) { add(key, raw: value.object) }

    /// Adds a list of objects.
    public mutating func add(_ key: String, _ values: [JSONLine]) {
        add(key, raw: "[\(values.map(\.object).joined(separator: ","))]")
    }

    /// Adds a list of whole numbers.
    public mutating func add(_ key: String, _ values: [Int]) {
        add(key, raw: "[\(values.map(String.init).joined(separator: ","))]")
    }

    /// Adds a list of numbers.
    public mutating func add(_ key: String, _ values: [Double]) {
        add(
            key,
            raw: "[\(values.map { $0.isFinite ? $0.description : "null" }.joined(separator: ","))]")
    }

    /// Text as JSON has it (RFC 8259, chapter 7).
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value),
                "\u{2028}", "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
