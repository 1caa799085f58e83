extension TOMLPlaces {
    /// A table while its text is read: an object, since others further down add to it.
    final class Table {
        enum Form {
            /// Only named on the way to another, so that a header may still be its own.
            case implied
            /// Made by keys with dots, which alone may add to it.
            case dotted
            /// With a header or braces of its own.
            case whole
        }

        enum Value {
            case node(PlanNode)
            case table(Table)
            case tables(Tables)

            var node: PlanNode {
                switch self {
                case .node(let node): node
                case .table(let table): table.node
                case .tables(let list):
                    PlanNode(content: .list(list.items.map(\.node)), place: list.place)
                }
            }

            /// Whether it is a table, or a list of nothing else.
            fileprivate var isOfTables: Bool {
                guard case .node(let node) = self else { return true }
                if let items = node.items {
                    return items.allSatisfy { $0.entries != nil } && !items.isEmpty
                }
                return node.entries != nil
            }
        }

        var form: Form
        let place: Place
        /// How many keys and numbers lead to it.
        let depth: Int
        private var entries: [(key: String, value: Value)] = []
        private var numbers: [String: Int] = [:]

        init(_ form: Form, _ place: Place, depth: Int) {
            (self.form, self.place, self.depth) = (form, place, depth)
        }

        subscript(key: String) -> Value? { numbers[key].map { entries[$0].value } }

        func add(_ key: String, _ value: Value) {
            numbers[key] = entries.count
            entries.append((key, value))
        }

        /// Whether a header may still be its own.
        var mayBeHeaded: Bool { form == .implied && entries.allSatisfy(\.value.isOfTables) }

        var node: PlanNode {
            PlanNode(
                content: .table(entries.map { PlanNode.Entry(key: $0.key, node: $0.value.node) }),
                place: place)
        }
    }

    /// A list of tables, each with a header of its own.
    final class Tables {
        let place: Place
        var items: [Table] = []
        init(_ place: Place) { self.place = place }
    }

    func twice(_ key: String, _ known: Table.Value, at start: Place) -> Mistake {
        mistake("cannot redefine '\(key.shown)': line \(known.node.place.line) has it", at: start)
    }

    /// The table of a header's name.
    func table(
        _ keys: [String], isList: Bool, in root: Table, at start: Place
    ) throws(Mistake) -> Table {
        var around = root
        for key in keys.dropLast() {
            switch around[key] {
            case .table(let table)?: around = table
            case .tables(let list)?: around = list.items.last ?? around
            case .node(let node)?: throw twice(key, .node(node), at: start)
            case nil: around = try new(.implied, key, in: around, at: start)
            }
        }
        let key = keys.last ?? ""
        switch around[key] {
        case nil where !isList: return try new(.whole, key, in: around, at: start)
        case nil:
            let list = Tables(start)
            around.add(key, .tables(list))
            return try item(of: list, in: around, at: start)
        case .tables(let list)? where isList: return try item(of: list, in: around, at: start)
        case .table(let table)? where !isList && table.mayBeHeaded:
            table.form = .whole
            return table
        case let known?: throw twice(key, known, at: start)
        }
    }

    /// The table that keys with dots before the last name.
    func table(dotted keys: some Sequence<String>, in around: Table, at start: Place)
        throws(Mistake) -> Table
    {
        var around = around
        for key in keys {
            switch around[key] {
            case nil: around = try new(.dotted, key, in: around, at: start)
            case .table(let table)? where table.form != .whole: around = table
            case let known?: throw twice(key, known, at: start)
            }
        }
        return around
    }

    private func new(
        _ form: Table.Form, _ key: String, in around: Table, at start: Place
    ) throws(Mistake) -> Table {
        let table = Table(form, start, depth: try deeper(around.depth, by: 1, at: start))
        around.add(key, .table(table))
        return table
    }

    private func item(
        of list: Tables, in around: Table, at start: Place
    ) throws(Mistake) -> Table {
        let table = Table(.whole, start, depth: try deeper(around.depth, by: 2, at: start))
        list.items.append(table)
        return table
    }

    /// A depth inside of another, which has an end: nobody nests deeper, and each step takes of the stack.
    func deeper(_ depth: Int, by count: Int, at start: Place) throws(Mistake) -> Int {
        guard depth + count <= Self.deepest else {
            throw mistake("tables and lists too deep in each other", at: start)
        }
        return depth + count
    }
}
