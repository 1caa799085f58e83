/// A value of JSON (RFC 8259) with its place in the text.
public struct JSONValue: Sendable, Hashable {
    /// What it is.
    public var content: Content
    /// Where it begins.
    public var place: JSONPlace

    /// Makes a value.
    public init(_ content: Content, at place: JSONPlace) {
        (self.content, self.place) = (content, place)
    }

    /// What a value is.
    public enum Content: Sendable, Hashable {
        case null
        case bool(Bool)
        case number(Double)
        case string(String)
        case array([JSONValue])
        /// Members in the order of the text; of two with one key, the later one counts.
        case object([JSONMember])
    }

    /// The value of an object's member; nil where it has none of that name, or is no object.
    public subscript(key: String) -> JSONValue? { members?.last { $0.key == key }?.value }

    /// An object's members; nil for anything else.
    public var members: [JSONMember]? {
        if case .object(let members) = content { members } else { nil }
    }

    /// An array's values; nil for anything else.
    public var values: [JSONValue]? {
        if case .array(let values) = content { values } else { nil }
    }

    /// A text; nil for anything else.
    public var string: String? {
        if case .string(let string) = content { string } else { nil }
    }

    /// A number; nil for anything else.
    public var number: Double? {
        if case .number(let number) = content { number } else { nil }
    }

    /// True or false; nil for anything else.
    public var bool: Bool? {
        if case .bool(let bool) = content { bool } else { nil }
    }

    /// What kind of value it is, as a message says it.
    public var kindName: String {
        switch content {
        case .null: "null"
        case .bool: "true or false"
        case .number: "a number"
        case .string: "a text"
        case .array: "a list"
        case .object: "an object"
        }
    }
}

/// A member of an object: its key with its place, and its value.
public struct JSONMember: Sendable, Hashable {
    /// What it is called.
    public var key: String
    /// Where its key begins.
    public var keyPlace: JSONPlace
    /// What it is.
    public var value: JSONValue

    /// Makes a member.
    public init(key: String, keyPlace: JSONPlace, value: JSONValue) {
        (self.key, self.keyPlace, self.value) = (key, keyPlace, value)
    }
}

/// A place in a text: line and column from 1, the column in bytes of UTF-8, as drivers count.
public struct JSONPlace: Sendable, Hashable {
    /// The line, from 1.
    public var line: Int
    /// The column, from 1.
    public var column: Int

    /// Makes a place.
    public init(line: Int, column: Int) { (self.line, self.column) = (line, column) }
}

/// Something that is wrong with a text in JSON.
public struct JSONMistake: Error, Sendable, Hashable {
    /// Where it is.
    public var place: JSONPlace
    /// What is wrong and what to do, for people.
    public var message: String
    /// Whether the text could be read all the same.
    public var isHarmless: Bool

    /// Makes a mistake.
    public init(at place: JSONPlace, _ message: String, isHarmless: Bool = false) {
        (self.place, self.message, self.isHarmless) = (place, message, isHarmless)
    }
}
