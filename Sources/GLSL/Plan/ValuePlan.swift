/// A value that people tweak while a sketch runs.
public struct ValuePlan: Codable, Sendable, Hashable {
    /// What kind of value it is, which says how many numbers it has.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// One number.
        case float
        /// A whole number; one of `choices` where there are any.
        case int
        /// 0 or 1.
        case bool
        /// 1 for one frame after it was set, then 0.
        case event
        /// Two numbers.
        case point
        /// Three numbers.
        case vector
        /// Three numbers of length 1.
        case direction
        /// Red, green, blue, alpha from 0 to 1.
        case color

        /// How many numbers it has.
        public var count: Int {
            switch self {
            case .float, .int, .bool, .event: 1
            case .point: 2
            case .vector, .direction: 3
            case .color: 4
            }
        }
    }

    /// The uniform's name.
    public var name: String
    /// What people read; the name where the source says nothing else.
    public var label: String
    /// What kind of value it is.
    public var kind: Kind
    /// What it begins with: `kind.count` numbers.
    public var initial: [Double]
    /// The least of each number; empty where there is no limit.
    public var least: [Double]
    /// The most of each number; empty where there is no limit.
    public var most: [Double]
    /// The numbers that may be chosen, with what people read.
    public var choices: [Choice]

    /// One of several whole numbers.
    public struct Choice: Codable, Sendable, Hashable {
        /// The number.
        public var value: Int
        /// What people read.
        public var label: String

        /// A number with its words.
        public init(value: Int, label: String) { (self.value, self.label) = (value, label) }
    }

    /// A value by its uniform's name; its label is the name unless told otherwise.
    public init(
        name: String, label: String? = nil, kind: Kind, initial: [Double], least: [Double] = [],
        most: [Double] = [], choices: [Choice] = []
    ) {
        (self.name, self.label, self.kind) = (name, label ?? name, kind)
        (self.initial, self.least, self.most, self.choices) = (initial, least, most, choices)
    }

    /// The most values of one program.
    public static let limit = 256
}
