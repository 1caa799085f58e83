/// Finds which bracket closes which, in one pass over tokens that may be half typed.
///
/// What is open is a linked list, so that a branch of a conditional directive can begin again with what was open before
/// it, however deep that is, at no cost.
struct BracketMatcher {
    private var nodes: [(item: Int32, parent: Int)] = []
    /// The innermost open bracket's node; -1 for none.
    var top = -1

    /// Takes in the item at an index, and notes the match in both brackets where it closes one of its own branch.
    mutating func take(_ items: inout [GuardSource.Item], _ index: Int) {
        switch items[index].word {
        case .open, .openBrace, .openBracket:
            nodes.append((Int32(index), top))
            top = nodes.count - 1
        case .close, .closeBracket:
            guard top >= 0 else { return }
            let wanted: GuardSource.Word =
                items[index].word == .close ? .open : .openBracket
            guard items[Int(nodes[top].item)].word == wanted else { return }
            pair(&items, index)
        case .closeBrace:
            // A brace closes what half-typed text leaves open inside it.
            while top >= 0, items[Int(nodes[top].item)].word != .openBrace {
                top = nodes[top].parent
            }
            if top >= 0 { pair(&items, index) }
        default: break
        }
    }

    private mutating func pair(_ items: inout [GuardSource.Item], _ close: Int) {
        let open = Int(nodes[top].item)
        if items[open].context == items[close].context {
            items[open].match = Int32(close)
            items[close].match = Int32(open)
        }
        top = nodes[top].parent
    }
}
