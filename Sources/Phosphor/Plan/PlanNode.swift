import GLSL
import TOMLKit

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
        /// A date or a time, which nothing here takes.
        case date
    }

    struct Entry: Sendable, Equatable {
        var key: String
        var node: PlanNode
    }

    var content: Content
    var place: TOMLPlaces.Place

    /// A text as a tree, or what is wrong with it.
    static func read(_ text: String) -> Result<PlanNode, TOMLPlaces.Mistake> {
        do throws(TOMLPlaces.Mistake) {
            let (table, places) = try table(text)
            return .success(PlanNode(table, [], places, .init()))
        } catch {
            return .failure(error)
        }
    }

    /// TOMLKit's table of a text, and where what stands in it.
    static func table(
        _ text: String
    ) throws(TOMLPlaces.Mistake) -> (TOMLTable, TOMLPlaces) {
        guard text.utf8.count <= SketchPlan.mostBytes else {
            throw TOMLPlaces.Mistake(
                place: .init(),
                message:
                    "this file has more than \(SketchPlan.mostBytes >> 10) KB: nobody writes that much of this"
            )
        }
        let places = try TOMLPlaces(text)
        do { return (try TOMLTable(string: text), places) } catch let error as TOMLParseError {
            throw TOMLPlaces.Mistake(
                place: .init(
                    line: Int(error.source.begin.line), column: Int(error.source.begin.column)),
                message: error.description)
        } catch {
            throw TOMLPlaces.Mistake(place: .init(), message: "\(error)")
        }
    }

    private init(
        _ value: any TOMLValueConvertible, _ path: [String], _ places: TOMLPlaces,
        _ around: TOMLPlaces.Place
    ) {
        place = places[path] ?? around
        if let table = value.table {
            let place = place
            let entries = table.keys.compactMap { key -> Entry? in
                table[key].map { Entry(key: key, node: PlanNode($0, path + [key], places, place)) }
            }
            content = .table(
                entries.sorted { ($0.node.place, $0.key) < ($1.node.place, $1.key) })
        } else if let array = value.array {
            let place = place
            content = .list(
                array.enumerated().map { PlanNode($1, path + ["\($0)"], places, place) })
        } else if let text = value.string {
            content = .text(text)
        } else if let flag = value.bool {
            content = .flag(flag)
        } else if let whole = value.int {
            content = .whole(whole)
        } else if let number = value.double {
            content = .number(number)
        } else {
            content = .date
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
        case .date: "a date"
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
