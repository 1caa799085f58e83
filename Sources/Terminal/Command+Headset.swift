extension Command.HeadsetOrder: CustomStringConvertible {
    /// As a command line says it, without the command's name.
    public var description: String {
        switch self {
        case .on: "on"
        case .off: "off"
        case .recentre: "recentre"
        case .reset: "reset"
        case .call: "call"
        case .scale(.reset): "scale auto"
        case .scale(let change): "scale \(change)"
        case .text(let change): "text \(change)"
        case .world(let size): "world \(size)"
        case .picture(let file, let eye):
            "picture \(CommandText.word(file)) \(eye == 0 ? "left" : "right")"
        }
    }
}

extension Command.WorldSize: CustomStringConvertible {
    /// As a command line says it.
    public var description: String {
        switch self {
        case .larger: "larger"
        case .smaller: "smaller"
        case .reset: "reset"
        case .to(let value): CommandText.number(value)
        }
    }
}

extension Command.PanelOrder: CustomStringConvertible {
    /// As a command line says it, without the command's name.
    public var description: String {
        switch self {
        case .grab(let state): "grab \(state.rawValue)"
        case .push(let metres): "push \(CommandText.number(metres))"
        case .scale(let factor): "scale \(CommandText.number(factor))"
        case .move(let x, let y): "move \(CommandText.number(x)) \(CommandText.number(y))"
        case .reset: "reset"
        }
    }
}

extension CommandArguments {
    /// Takes what a headset is told.
    mutating func headsetOrder() throws(CommandError) -> Command.HeadsetOrder {
        let names = CommandTable.headsetOrders
        let word = try word(CommandArguments.list(names))
        switch word.keyword?.lowercased() {
        case "on": return .on
        case "off": return .off
        case "recentre", "recenter": return .recentre
        case "reset": return .reset
        case "call": return .call
        case "scale":
            if take(keyword: "auto") { return .scale(.reset) }
            return .scale(try adjustment())
        case "text": return .text(try adjustment())
        case "world": return .world(try worldSize())
        case "picture":
            let file = try self.word("a file for the picture").text
            if take(keyword: "right") { return .picture(file, eye: 1) }
            _ = take(keyword: "left")
            return .picture(file, eye: 0)
        default: throw wrong(word, CommandArguments.list(names), nearest: names)
        }
    }

    private mutating func worldSize() throws(CommandError) -> Command.WorldSize {
        if take(keyword: "larger") { return .larger }
        if take(keyword: "smaller") { return .smaller }
        if take(keyword: "reset") { return .reset }
        return .to(
            try number("larger, smaller, reset or a number from 0.01 to 100", in: 0.01...100))
    }

    /// Takes what the panel in hand does.
    mutating func panelOrder() throws(CommandError) -> Command.PanelOrder {
        let names = CommandTable.panelOrders
        let word = try word(CommandArguments.list(names))
        switch word.keyword?.lowercased() {
        case "grab": return .grab(try choice(Command.Switch.self, default: .toggle))
        case "push": return .push(try number("metres from -10 to 10", in: -10...10))
        case "scale": return .scale(try number("a factor from 0.1 to 10", in: 0.1...10))
        case "move":
            let x = try number("metres to the right and up, from -10 to 10", in: -10...10)
            return .move(
                x: x, y: try number("metres to the right and up, from -10 to 10", in: -10...10))
        case "reset": return .reset
        default: throw wrong(word, CommandArguments.list(names), nearest: names)
        }
    }
}
