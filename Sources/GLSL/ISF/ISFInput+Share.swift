extension ISFInput {
    /// Takes a point for a share of the picture, where header and code together say so.
    ///
    /// Hosts keep a point without ends from 0 to 1 and give the code pixels; but for most sources it makes no difference,
    /// or they were tried in hosts that give it as it is. So it holds for those alone that divide it by the picture's size.
    mutating func findShare(in texts: [SourceOutline], plan: SketchPlan) {
        guard case .value(var value, let type) = kind, value.kind == .point,
            !texts.contains(where: { $0.isDefined("RENDERSIZE") })
        else { return }
        let planned = value.planned(by: plan)
        guard planned.least.isEmpty, planned.most.isEmpty,
            planned.initial.allSatisfy({ (0...1).contains($0) }),
            texts.contains(where: { $0.dividesBySize(name) })
        else { return }
        (value.least, value.most) = ([0, 0], [1, 1])
        (kind, isShare) = (.value(value, type: type), true)
    }
}

extension SourceOutline {
    /// Whether a name is divided by the picture's size somewhere: `place / RENDERSIZE`, `place.x / RENDERSIZE.x`.
    fileprivate func dividesBySize(_ name: String) -> Bool {
        let wanted = Array(name.utf8)
        return ([items] + directives.map(\.items)).contains { items in
            items.indices.contains { index in
                bytes[items[index].range].elementsEqual(wanted)
                    && dividesBySize(items, behind: index)
            }
        }
    }

    private func dividesBySize(_ items: [Item], behind index: Int) -> Bool {
        var cursor = index + 1
        func skip(_ text: StaticString) -> Bool {
            guard items.indices.contains(cursor), item(items[cursor], is: text) else {
                return false
            }
            cursor += 1
            return true
        }
        if skip(".") { cursor += 1 }
        if index > 0, item(items[index - 1], is: "(") { _ = skip(")") }
        guard skip("/") else { return false }
        if skip("vec2") { _ = skip("(") }
        return skip("RENDERSIZE")
    }
}
