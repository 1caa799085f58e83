import GLSL
import Terminal
import TestSupport

extension Seeded {
    /// A command with arguments from all that its type allows a line to say.
    mutating func command() -> Command {
        switch number(0...42) {
        case 0: .new(template: chance(50) ? nil : text())
        case 1: .open(chance(30) ? nil : text())
        case 2: .save(chance(30) ? nil : pick([text(), "as", "a b.frag"]))
        case 3: .saveAs
        case 4: .quit
        case 5: .quitAsk
        case 6:
            .stage(
                pick(
                    SketchPart.stages + SketchPart.buffers + [
                        .common, .plan, SketchPart(rawValue: "noise.glsl"),
                        SketchPart(.vertex, pass: "a b"),
                    ]))
        case 7: .goto(line: number(1...1_000_000), column: number(1...10_000))
        case 8: .type(text())
        case 9: .paste(text(upTo: 60))
        case 10: .replace(text())
        case 11: .text
        case 12: .edit(pick(["move left", "select word-right", text(from: 1)]))
        case 13: .undo
        case 14: .redo
        case 15: .rollback(chance(50) ? nil : number(1...1_000_000))
        case 16: .history
        case 17: .show(pick(Command.ShowMode.allCases))
        case 18: .accept
        case 19: pick([.panic, .pin, .unpin, .budgetAuto, .values])
        case 20: .rewind
        case 21: .pause(pick(Command.Switch.allCases))
        case 22: .time(abs(finite()))
        case 23: .timeRun
        case 24: .set(name: text(), value: pick([nil, "0.5", "1 0.5 0", "a  b", text(from: 1)]))
        case 25: .budget(chance(30) ? nil : abs(finite()) / 100 + 0.001)
        case 26: .screenshot(chance(50) ? nil : text())
        case 27: .editor(pick(Command.Switch.allCases))
        case 28: .console(pick(Command.Switch.allCases))
        case 29: .helpPanel(pick(Command.Switch.allCases))
        case 30: .escape
        case 31: .error(pick(Command.Direction.allCases))
        case 32:
            .buffer(
                name: pick([text(), "from", "rows"]), from: pick([nil, 0, 1_000_000_000]),
                rows: pick([nil, 1, 256]))
        default: otherCommand()
        }
    }

    private mutating func otherCommand() -> Command {
        switch number(0...19) {
        case 14: .headset(headsetOrder())
        case 15: .panel(panelOrder())
        case 16: .walk(x: finite() / 1e12, z: finite() / 1e12)
        case 17: .turn(Double(number(-360...360)))
        case 18: .fly(pick(Command.Heading.allCases))
        case 19: .simulate(pick(["lost", "head 0 1.6 0 20 0", text(from: 1)]))
        case 0: .textSize(adjustment())
        case 1: .backing(adjustment())
        case 2: .theme(text())
        case 3: .fullscreen(pick(Command.Switch.allCases))
        case 4: .key(pick(["ctrl+z", "f4", text()]))
        case 5: .mouse(x: finite(), y: finite(), pressed: pick([nil, true, false]))
        case 6: .resize(width: number(1...16384), height: number(1...16384))
        case 7:
            .wait(pick(Command.WaitState.allCases), seconds: chance(50) ? nil : abs(finite()) / 100)
        case 8: .sleep(abs(finite()) / 100)
        case 9: .say(text(upTo: 60))
        case 10: pick([.status, .errors])
        case 11: .drill(pick(Command.Drill.allCases))
        case 12: .loopGuard(chance(30) ? nil : pick(Command.Switch.allCases))
        default: .help(topic: chance(30) ? nil : pick(CommandHelp.names))
        }
    }

    private mutating func headsetOrder() -> Command.HeadsetOrder {
        switch number(0...5) {
        case 0: pick([.on, .off, .recentre, .reset, .call])
        case 1: .scale(adjustment())
        case 2: .text(adjustment())
        case 3: .world(pick([.larger, .smaller, .reset, .to(Double(number(1...100)))]))
        default: .picture(text(), eye: number(0...1))
        }
    }

    private mutating func panelOrder() -> Command.PanelOrder {
        let metres = Double(number(-100...100)) / 10
        return switch number(0...4) {
        case 0: .grab(pick(Command.Switch.allCases))
        case 1: .push(metres)
        case 2: .scale(Double(number(1...100)) / 10)
        case 3: .move(x: metres, y: -metres)
        default: .reset
        }
    }

    private mutating func adjustment() -> Command.Adjustment {
        pick([.by(finite()), .to(finite()), .reset])
    }
}
