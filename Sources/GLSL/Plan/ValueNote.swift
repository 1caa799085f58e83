/// What somebody says of a value besides its declaration; what it leaves open is as the text has it.
public struct ValueNote: Codable, Sendable, Hashable {
    /// The uniform's name.
    public var name: String
    /// What people read.
    public var label: String?
    /// What kind of value it is.
    public var kind: ValuePlan.Kind?
    /// What it begins with; one number stands for all that it has.
    public var begin: [Double]
    /// The least of each number; one stands for all.
    public var least: [Double]
    /// The most of each number; one stands for all.
    public var most: [Double]
    /// The numbers that may be chosen.
    public var choices: [ValuePlan.Choice]

    /// A note of a value by its uniform's name.
    public init(
        name: String, label: String? = nil, kind: ValuePlan.Kind? = nil, begin: [Double] = [],
        least: [Double] = [], most: [Double] = [], choices: [ValuePlan.Choice] = []
    ) {
        (self.name, self.label, self.kind, self.begin) = (name, label, kind, begin)
        (self.least, self.most, self.choices) = (least, most, choices)
    }

    /// The declared value with what this says of it, and what of that does not fit it, in words.
    func applied(to declared: ValuePlan) -> (value: ValuePlan, problem: String?) {
        var value = declared
        var problem: String?
        if let kind, kind != value.kind {
            if kind.count == value.kind.count || (value.kind == .vector && kind == .color) {
                let alpha = kind.count > value.kind.count ? [1.0] : []
                (value.kind, value.initial) = (kind, value.initial + alpha)
                if !alpha.isEmpty {
                    (value.least, value.most) = ([0, 0, 0, 0], [1, 1, 1, 1])
                }
            } else {
                problem = "\(name) is a \(value.kind.rawValue), and no \(kind.rawValue)"
            }
        }
        let count = value.kind.count
        func numbers(_ given: [Double], _ word: String) -> [Double]? {
            if given.count == count { return given }
            if given.count == 1 { return [Double](repeating: given[0], count: count) }
            // A colour without its alpha.
            if given.count == 3, count == 4 { return given + [1] }
            problem =
                "\(name) has \(count == 1 ? "one number" : "\(count) numbers"), and \(word) has \(given.count)"
            return nil
        }
        if !begin.isEmpty, let numbers = numbers(begin, "begin") { value.initial = numbers }
        if !least.isEmpty, let numbers = numbers(least, "least") { value.least = numbers }
        if !most.isEmpty, let numbers = numbers(most, "most") { value.most = numbers }
        if !choices.isEmpty { value.choices = choices }
        if let label { value.label = label }
        return (value, problem)
    }
}

extension ValuePlan {
    /// The same value with what a sketch's plan says of it.
    func planned(by plan: SketchPlan) -> ValuePlan {
        plan.values.first { $0.name == name }?.applied(to: self).value ?? self
    }
}
