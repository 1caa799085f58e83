import Editor
import GLSL

/// What people have made of a sketch's values.
///
/// The values are those of the program that was assembled last. What was set stays as long as a program has a value of
/// that name and kind; a program that is good without it ends it, since a half-typed name must cost nothing.
struct SketchValues {
    /// What somebody set.
    private struct Tweak: Equatable {
        var kind: ValuePlan.Kind
        var numbers: [Double]
    }

    /// The values of the program that was assembled last, and the revision that it is of.
    private(set) var plans: [ValuePlan] = []
    private var revision: RevisionID?
    private var tweaks: [String: Tweak] = [:]

    /// Why a value cannot be set.
    struct Refusal: Error, CustomStringConvertible { var description: String }

    /// Takes the values of a newly assembled program.
    mutating func take(_ plans: [ValuePlan], of revision: RevisionID) {
        (self.plans, self.revision) = (plans, revision)
    }

    /// Forgets what was set of values that a good program does not have.
    mutating func settle(_ revision: RevisionID) {
        guard revision == self.revision else { return }
        tweaks = tweaks.filter { name, tweak in
            plans.contains { $0.name == name && $0.kind == tweak.kind }
        }
    }

    /// What guests are to know: what was set, by name; everything else is as the program has it.
    var table: [String: [Double]] {
        Dictionary(
            plans.compactMap { plan in set(plan).map { (plan.name, $0) } },
            uniquingKeysWith: { first, _ in first }
        ).merging(
            // A picture that is still on screen may have what the newest text lacks.
            tweaks.filter { name, _ in !plans.contains { $0.name == name } }.mapValues(\.numbers)
        ) { present, _ in present }
    }

    /// What was set of a value, within its limits of today; nil where nothing was.
    private func set(_ plan: ValuePlan) -> [Double]? {
        guard let tweak = tweaks[plan.name], tweak.kind == plan.kind,
            plan.isChoice(tweak.numbers)
        else { return nil }
        return plan.clamped(tweak.numbers)
    }

    /// What a value is at present.
    func present(_ plan: ValuePlan) -> [Double] { set(plan) ?? plan.initial }

    /// Whether somebody set a value.
    func isSet(_ plan: ValuePlan) -> Bool { set(plan) != nil }

    /// Sets a value from words of a command; without any, it is again as the program has it.
    ///
    /// Gives what is to be said of it, as where a number was brought within limits; nil for nothing.
    mutating func set(_ name: String, to words: [Substring]) throws(Refusal) -> String? {
        guard let plan = plans.first(where: { $0.name == name }) else { throw unknown(name) }
        guard !words.isEmpty else {
            tweaks[name] = nil
            return nil
        }
        let wanted = try plan.numbers(words)
        let numbers = plan.clamped(wanted)
        tweaks[name] = Tweak(kind: plan.kind, numbers: numbers)
        guard numbers != wanted else { return nil }
        return "\(name) goes from \(plan.range ?? ""): it is \(ValuePlan.text(numbers)) now"
    }

    private func unknown(_ name: String) -> Refusal {
        guard !plans.isEmpty else {
            return Refusal(
                description: "this sketch has no value '\(name)', and no other: a uniform that "
                    + "nothing else fills is one, as 'uniform float \(name) = 0.5;'")
        }
        let names = plans.map(\.name)
        let shown = names.prefix(20).joined(separator: ", ")
        let rest = names.count > 20 ? " and \(names.count - 20) more" : ""
        return Refusal(
            description: "this sketch has no value '\(name)'; its values are \(shown)\(rest)")
    }

    /// The names of events that are on.
    private var ringing: [String] {
        plans.filter { $0.kind == .event && present($0) != [0] && isSet($0) }.map(\.name)
    }

    /// Ends events, which are on for one frame; false where none is on.
    mutating func endEvents() -> Bool {
        if tweaks.isEmpty { return false }
        let names = ringing
        for name in names { tweaks[name] = nil }
        return !names.isEmpty
    }

    /// A row a value: name, kind, what it is, its range; none for no values.
    var rows: [String] {
        let cells = plans.map { plan in
            [
                plan.name, plan.kind.rawValue, ValuePlan.text(present(plan)),
                plan.range ?? "any", remarks(plan),
            ]
        }
        let widths = (0..<4).map { column in cells.map { $0[column].count }.max() ?? 0 }
        return cells.map { row in
            var line = ""
            for (column, cell) in row.enumerated() where !cell.isEmpty {
                line += cell
                let isLast = row[(column + 1)...].allSatisfy(\.isEmpty)
                if !isLast, column < widths.count {
                    line += String(repeating: " ", count: widths[column] - cell.count + 2)
                }
            }
            return line
        }
    }

    private func remarks(_ plan: ValuePlan) -> String {
        var remarks: [String] = []
        if isSet(plan), plan.kind != .event {
            remarks.append("set, begins with \(ValuePlan.text(plan.initial))")
        }
        if plan.label != plan.name { remarks.append("\"\(plan.label)\"") }
        return remarks.joined(separator: ", ")
    }
}
