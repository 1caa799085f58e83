/// A question that is answered by one key, such as whether unsaved text is to be kept.
public struct KeyQuestion: Equatable, Sendable {
    /// An answer and the key that gives it.
    public struct Answer: Equatable, Sendable {
        /// The key's name as `KeyChord` has it: `y`, `n`, `escape`.
        public var key: String
        /// What the key does, in a word or two.
        public var label: String

        /// An answer by a key.
        public init(key: String, label: String) {
            self.key = key
            self.label = label
        }
    }

    /// What is asked.
    public var text: String
    /// What may be answered.
    public var answers: [Answer]

    /// A question with its answers.
    public init(_ text: String, answers: [Answer]) {
        self.text = text
        self.answers = answers
    }

    /// The question as a line: `Save the changes?  y save · n discard · escape stay`.
    public var line: String {
        text + "  " + answers.map { "\($0.key) \($0.label)" }.joined(separator: " · ")
    }

    /// The answer that a press or a typed character gives; nil where it is none.
    public func answer(key: String) -> Answer? {
        let key = key.lowercased()
        return answers.first { $0.key == key }
    }
}
