import GLSL

/// A value of TOML with its place in the text.
struct PlanNode: Sendable, Equatable {
    enum Content: Sendable, Equatable {
        case text(String)
        case whole(Int)
        case number(Double)
        case flag(Bool)
        case list([PlanNode])
        /// Entries in the order of the text.
        case table([Entry])
    }

    struct Entry: Sendable, Equatable {
        var key: String
        var node: PlanNode
    }

    var content: Content
    var place: TOMLPlaces.Place

    /// A text as a tree, or what is wrong with it.
    static func read(_ text: String) -> Result<PlanNode, TOMLPlaces.Mistake> {
        guard text.utf8.count <= SketchPlan.mostBytes else {
            return .failure(
                TOMLPlaces.Mistake(
                    place: .init(),
                    message:
                        "this file has more than \(SketchPlan.mostBytes >> 10) KB: nobody writes that much of this"
                ))
        }
        do throws(TOMLPlaces.Mistake) { return .success(try TOMLPlaces(text).node) } catch {
            return .failure(error)
        }
    }

    /// What kind of value it is, as a message says it.
    var kindName: String {
        switch content {
        case .text: "a text"
        case .whole, .number: "a number"
        case .flag: "true or false"
        case .list: "a list"
        case .table: "a table"
        }
    }

    var entries: [Entry]? { if case .table(let entries) = content { entries } else { nil } }
    var items: [PlanNode]? { if case .list(let items) = content { items } else { nil } }
    var text: String? { if case .text(let text) = content { text } else { nil } }
    var flag: Bool? { if case .flag(let flag) = content { flag } else { nil } }
    var whole: Int? { if case .whole(let whole) = content { whole } else { nil } }

    /// A finite number, whole or not.
    var number: Double? {
        switch content {
        case .whole(let whole): Double(whole)
        case .number(let number) where number.isFinite: number
        default: nil
        }
    }
}
