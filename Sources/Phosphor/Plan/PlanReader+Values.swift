import GLSL

/// Values of single kinds, each with its message.
extension PlanReader {
    /// A text that is not empty.
    mutating func text(_ node: PlanNode, _ key: String, _ wanted: String) -> String? {
        guard let text = node.text, !text.isEmpty else {
            error(
                node,
                "\(key) is \(wanted), not " + (node.text == nil ? node.kindName : "an empty text"))
            return nil
        }
        return text
    }

    /// A name that other places say again.
    mutating func name(_ node: PlanNode, _ key: String, _ wanted: String) -> String? {
        guard let name = text(node, key, wanted) else { return nil }
        guard name.utf8.count <= Limits.name else {
            error(node, "\(key) is a name of at most \(Limits.name) bytes")
            return nil
        }
        return name
    }

    /// The path of a file or a folder.
    mutating func path(_ node: PlanNode, _ key: String, _ wanted: String) -> String? {
        guard let path = text(node, key, wanted) else { return nil }
        guard path.utf8.count <= Limits.path, !path.utf8.contains(0) else {
            error(node, "\(key) is the path of a file: no system has one like this")
            return nil
        }
        return path
    }

    mutating func flag(_ node: PlanNode, _ key: String) -> Bool? {
        if node.flag == nil { error(node, "\(key) is true or false, not \(node.kindName)") }
        return node.flag
    }

    /// A whole number within limits.
    mutating func whole(
        _ node: PlanNode, _ key: String, _ what: String, _ range: ClosedRange<Int>
    ) -> Int? {
        guard let number = node.whole else {
            error(
                node, "\(key) is \(what), a whole number from \(range.words), not \(node.kindName)")
            return nil
        }
        guard range.contains(number) else {
            error(node, "\(key) is \(what), from \(range.words); \(number) is out of that")
            return nil
        }
        return number
    }

    /// One of several words.
    mutating func choice<Choice>(_ node: PlanNode, _ key: String, _ type: Choice.Type) -> Choice?
    where Choice: CaseIterable & RawRepresentable<String> {
        let names = Choice.allCases.map(\.rawValue)
        guard let word = node.text else {
            error(
                node,
                "\(key) is one of \(names.map { "\"\($0)\"" }.joined(separator: ", ")), not \(node.kindName)"
            )
            return nil
        }
        if let choice = Choice(rawValue: word) { return choice }
        error(node, "there is no \(key) '\(word.shown)'" + Self.meant(word, names), token: word)
        return nil
    }

    /// Numbers in a list, or one by itself; true and false count as 1 and 0.
    mutating func numbers(
        _ node: PlanNode, _ key: String, _ counts: ClosedRange<Int>
    ) -> [Double]? {
        let items = node.items ?? [node]
        // A loop: Swift 6.3's optimizer does not survive the same with closures.
        var found: [Double] = []
        for item in items {
            if let number = item.number {
                found.append(number)
            } else if let flag = item.flag {
                found.append(flag ? 1 : 0)
            }
        }
        guard found.count == items.count, counts.contains(found.count),
            counts.contains(1) || node.items != nil
        else {
            let many =
                counts.lowerBound == counts.upperBound
                ? "\(counts.lowerBound)" : counts.words.replacing(" to ", with: " or ")
            error(
                node,
                counts.contains(1)
                    ? "\(key) is a number, or a list of at most \(counts.upperBound)"
                    : "\(key) is a list of \(many) numbers")
            return nil
        }
        return found
    }

    /// Width and height, numbers or expressions.
    mutating func size(_ node: PlanNode) -> SizePlan? {
        guard let sides = node.items, sides.count == 2 else {
            error(
                node,
                "size is width and height: size = [\"$WIDTH / 2\", 512]"
                    + (node.items == nil ? ", not \(node.kindName)" : ""))
            return nil
        }
        guard let width = side(sides[0]), let height = side(sides[1]) else { return nil }
        return SizePlan(width: width, height: height)
    }

    private mutating func side(_ node: PlanNode) -> SizeExpression? {
        if let number = node.number {
            guard (1...Double(SizePlan.limit)).contains(number) else {
                error(
                    node,
                    "a side has from 1 to \(SizePlan.limit) pixels; \(number.plain) is out of that")
                return nil
            }
            return .number(number)
        }
        guard let text = node.text else {
            error(node, "a side is a number of pixels, or a text such as \"$WIDTH / 2\"")
            return nil
        }
        do {
            let expression = try SizeExpression.parse(text)
            guard expression.isShallow(Limits.depth) else {
                error(node, "this size has more operations in each other than \(Limits.depth)")
                return nil
            }
            return expression
        } catch {
            let message = error.message
            self.error(node, "in the size '\(text.shown)': \(message)", token: text)
            return nil
        }
    }
}

extension ClosedRange<Int> {
    /// `1 to 8`.
    fileprivate var words: String { "\(lowerBound) to \(upperBound)" }
}

extension Double {
    /// Without `.0` where it is whole.
    var plain: String {
        self == rounded() && abs(self) < 1e15 ? "\(Int(self))" : "\(self)"
    }
}

extension SizeExpression {
    /// Whether it is nested less deep than that.
    fileprivate func isShallow(_ depth: Int) -> Bool {
        guard depth > 0 else { return false }
        return switch self {
        case .number, .pictureWidth, .pictureHeight, .value: true
        case .negated(let inner), .function(_, let inner): inner.isShallow(depth - 1)
        case .operation(_, let left, let right):
            left.isShallow(depth - 1) && right.isShallow(depth - 1)
        }
    }
}
