import Editor
import GLSL
import Guest
import Headset
import Terminal

extension Workspace {
    /// Whether what is shown surrounds the user.
    var surroundings: Surroundings {
        supervisor.shownRevision.flatMap { surroundingsOfTrials[$0] } ?? .flat
    }

    /// The size of the picture that guests are to draw now.
    var pictureSize: ImageSize {
        room.pictureSize(
            surroundings, window: ImageSize(width: surface.width, height: surface.height))
    }

    /// Commands of the headset, and of the camera that a window has in its place.
    func performHeadsetCommand(_ command: Command, now: UInt64) -> Outcome {
        switch command {
        case .headset(let order): return perform(order, now: now)
        case .panel(let order): return perform(order)
        case .walk(let x, let z):
            room.isFlying = true
            room.rig.step(
                SIMD3(Float(x), 0, Float(z)), headYaw: room.head.orientation.yaw)
        case .turn(let degrees):
            room.isFlying = true
            let angle = Float(degrees) * .pi / 180
            if room.isShown {
                room.rig.turn(by: angle, about: room.head.position)
            } else {
                room.look.x += angle
            }
        case .fly(let heading):
            room.isFlying = true
            let step: Float = 0.25
            let ways: [Command.Heading: SIMD3<Float>] = [
                .forward: SIMD3(0, 0, -step), .back: SIMD3(0, 0, step),
                .left: SIMD3(-step, 0, 0), .right: SIMD3(step, 0, 0),
                .up: SIMD3(0, step, 0), .down: SIMD3(0, -step, 0),
            ]
            room.rig.step(ways[heading] ?? .zero, headYaw: room.head.orientation.yaw)
        case .simulate(let line):
            return headsets?.simulate(line, now: now) ?? .failed("this run has no headset")
        default: return .failed("this command has no meaning here")
        }
        return .done()
    }

    private func perform(_ order: Command.HeadsetOrder, now: UInt64) -> Outcome {
        switch order {
        case .on:
            guard let headsets else { return .failed("this run has no headset") }
            return headsets.turnOn(now: now)
        case .off: headsets?.turnOff(now: now)
        case .recentre:
            room.recentre()
            memory.headset.panels = [:]
            remember()
        case .reset: room.goToStart()
        case .call: callForKeyboard(now: now)
        case .scale(let change):
            if change == .reset {
                room.scale.setAutomatic()
            } else {
                let value = change.applied(to: Double(room.scale.value), standard: 1)
                room.scale.setFixed(Float((value * 100).rounded() / 100))
            }
            memory.headset.scale = room.scale.isAutomatic ? nil : Double(room.scale.value)
            remember()
            notify("scale \(scaleWords)", now: now, seconds: 2)
        case .text(let change): setHeadsetText(change, now: now)
        case .world(let size):
            let eyes = room.head.position
            switch size {
            case .larger: room.rig.setScale(room.rig.scale * 1.25, eyes: eyes)
            case .smaller: room.rig.setScale(room.rig.scale / 1.25, eyes: eyes)
            case .to(let value): room.rig.setScale(Float(value), eyes: eyes)
            case .reset: room.rig.setScale(room.start.scale ?? 1, eyes: eyes)
            }
        case .picture(let file, let eye):
            return headsets?.picture(eye: eye, to: Folders.absolute(file), now: now)
                ?? .failed("this run has no headset")
        }
        return .done()
    }

    /// The size of text in the headset, in dmm.
    func setHeadsetText(_ change: Command.Adjustment, now: UInt64) {
        let size = change.applied(
            to: Double(room.stand.textSize), standard: Double(Legibility.standard))
        memory.headset.text = Double(room.stand.setTextSize(Float(size)))
        remember()
        notify("text \(Self.oneDecimal(memory.headset.text)) dmm", now: now, seconds: 2)
    }

    /// The panel that keys move: an overlay, or the one with the focus.
    private var panelInHand: PanelKind? {
        switch overlay {
        case .help: return .help
        case .chooser: return .chooser
        case .saveAs, .question: return .prompt
        case .none: break
        }
        if focus == .console { return .console }
        return isEditorShown ? .editor : isConsoleShown ? .console : nil
    }

    private func perform(_ order: Command.PanelOrder) -> Outcome {
        if case .reset = order {
            room.recentre()
            memory.headset.panels = [:]
            remember()
            return .done()
        }
        guard room.isShown else {
            return .failed("panels are moved in a headset, and there is none")
        }
        // What is in hand already is let go of first, whatever has opened meanwhile.
        guard room.screen?.isCarried != true, let kind = panelInHand else {
            return moveScreen(order)
        }
        let eyes = room.head.position
        guard let panel = room.stand[kind.rawValue] else { return .failed("no panel is open") }
        let id = kind.rawValue
        let wasCarried = room.stand.carried == id
        if case .grab(let to) = order {
            if to.applied(to: wasCarried) {
                guard room.stand.carry(id) else { return .failed("no panel is open") }
                room.followed = room.head.orientation
            } else if wasCarried {
                room.stand.drop(eyes: eyes)
                room.followed = nil
                rememberPlace(id)
            }
            return .done()
        }
        if !wasCarried { guard room.stand.carry(id) else { return .failed("no panel is open") } }
        let way = panel.pose.position - eyes
        let distance = max((way * way).sum().squareRoot(), 0.1)
        switch order {
        case .push(let metres): room.stand.push(Float(metres) / distance, eyes: eyes)
        case .scale(let factor): room.stand.scale(Float(factor), eyes: eyes)
        case .move(let x, let y):
            room.stand.drag(
                right: Float(x) / distance, up: Float(y) / distance, eyes: eyes)
        case .grab, .reset: break
        }
        if !wasCarried {
            room.stand.drop(eyes: eyes)
            rememberPlace(id)
        }
        return .done()
    }

    /// Asks the desktop for the keyboard, for somebody who cannot see it.
    func callForKeyboard(now: UInt64) {
        surface.callForKeyboard()
        if !room.hasKeyboard {
            notify("the desktop was asked for the keyboard", now: now, seconds: 3)
        }
    }

    var scaleWords: String {
        "\(Int((room.scale.value * 100).rounded())) %" + (room.scale.isAutomatic ? ", auto" : "")
    }
}
