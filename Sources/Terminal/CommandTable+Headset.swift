extension CommandTable {
    static let headsetOrders = [
        "on", "off", "recentre", "reset", "call", "scale", "text", "world", "picture",
    ]
    static let panelOrders = ["grab", "push", "scale", "move", "reset"]

    static let headset: [CommandSpec] = [
        CommandSpec(
            "headset", .headset,
            "on|off|recentre|reset|call|scale N|text N|world N|picture FILE",
            "looks for a headset or lets it go; says how it shows things",
            details: """
                recentre: panels stand before you again. reset: back to where the sketch begins. call: asks the desktop
                for the keyboard. scale auto|+N|-N|=N: the picture's pixels a side, 0.25 to 1 of what the headset wants.
                text +N|-N|=N|reset: the text's size in dmm, 1 mm at 1 m, 12 to 50. world larger|smaller|N|reset: how
                large you are in the sketch. picture FILE [left|right]: what an eye of a simulated headset is shown.
                Controllers with a trigger and a menu button alone: the menu is the toggle; held and tilted it is a
                thumbstick; held with the trigger it resets.
                """,
            example: "headset scale auto", arguments: [.choice(headsetOrders), .free, .free]
        ) { (arguments: inout CommandArguments) throws(CommandError) in
            .headset(try arguments.headsetOrder())
        },
        CommandSpec(
            "panel", .headset, "grab|push N|scale N|move X Y|reset",
            "moves the panel that has the focus, in a headset",
            details: """
                grab [on|off]: it goes where you look until it is let go. push: metres away, towards you where negative.
                move: metres to the right and up. reset: all panels where they come up at first. While no panel is open it
                is the screen of a flat sketch that moves.
                """,
            example: "panel push 0.2", arguments: [.choice(panelOrders), .free, .free]
        ) { (arguments: inout CommandArguments) throws(CommandError) in
            .panel(try arguments.panelOrder())
        },
        CommandSpec(
            "walk", .headset, "X Z", "walks so many metres to the right and backwards",
            details: "As the head is turned, so that `walk 0 -1` is a step ahead.",
            example: "walk 0 -1", arguments: [.free, .free]
        ) { (arguments: inout CommandArguments) throws(CommandError) in
            let x = try arguments.number("metres to the right and backwards", in: -10_000...10_000)
            return .walk(
                x: x,
                z: try arguments.number("metres to the right and backwards", in: -10_000...10_000))
        },
        CommandSpec(
            "turn", .headset, "DEGREES", "turns, to the left where positive",
            example: "turn -30", arguments: [.free]
        ) { (arguments: inout CommandArguments) throws(CommandError) in
            .turn(try arguments.number("degrees from -360 to 360", in: -360...360))
        },
        CommandSpec(
            "fly", .headset, "forward|back|left|right|up|down",
            "flies for as long as its key is held; without a key, a step",
            example: "fly forward",
            arguments: [.choice(Command.Heading.allCases.map(\.rawValue))]
        ) { (arguments: inout CommandArguments) throws(CommandError) in
            .fly(try arguments.choice(Command.Heading.self))
        },
        CommandSpec(
            "simulate", .headset, "WHAT…", "moves head and hands of the simulated headset",
            details: """
                With PHOSPHOR_HEADSET=simulated, for tests and for trying things without a headset:
                head X Y Z YAW PITCH ROLL in metres and degrees, left or right likewise; left|right press|release
                select|grab|toggle|call|stick|menu; left|right stick X Y; left|right sleep|wake;
                tracking|focus|visible|images on|off; rate N; recentre; lost REASON, and back.
                """,
            example: "simulate head 0 1.6 0 20 0 0", arguments: [.free]
        ) { (arguments: inout CommandArguments) throws(CommandError) in
            .simulate(try arguments.rest("what to simulate"))
        },
    ]
}
