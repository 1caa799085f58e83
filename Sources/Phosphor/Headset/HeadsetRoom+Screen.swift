import Headset
import Terminal

/// The screen of a flat sketch, which the user moves and resizes as panels are.
extension HeadsetRoom {
    /// What its place is remembered by, beside the panels'.
    static let screenName = "screen"

    /// The screen, where it is what is seen; not while a world is.
    var shownScreen: FlatScreen? { isWorldShown || !isShown ? nil : screen }

    /// The screen for a picture: where it is, where it was left when the program ended, or before the head.
    func screen(for picture: ImageSize) -> FlatScreen {
        var result = screen ?? FlatScreen(head: head, picture: picture)
        result.setPicture(picture)
        if screen == nil, let place = rememberedScreen {
            result.place(at: place.pose, size: place.size ?? 1)
        }
        return result
    }

    /// Takes hold of the screen that a hand points at; whether it does.
    func grabScreen(_ hand: Int, _ aim: Pose) -> Bool {
        shownScreen != nil && screen?.grab(hand: hand, aim: aim) == true
    }

    /// Takes hold of the screen with a button of the mouse; whether there is one.
    func takeScreenByMouse(button: Int) -> Bool {
        guard carryingButton == nil, followed == nil, shownScreen != nil, screen?.carry() == true
        else { return false }
        carryingButton = button
        return true
    }
}

extension Workspace {
    /// The screen in a hand; gives whether it is in there.
    ///
    /// The thumbstick pushes and pulls it, and makes it larger and smaller, as it does with panels.
    func holdScreen(_ index: Int, _ hand: HandState, seconds: Float, eyes: SIMD3<Float>) -> Bool {
        guard room.screen?.isHeld(by: index) == true else { return false }
        let keeps = room.holdsByEdge[index] ? hand.isSelecting : hand.isGrabbing
        guard keeps, hand.isActive, let aim = hand.aim, room.shownScreen != nil else {
            room.screen?.release()
            room.holdsByEdge[index] = false
            rememberScreen()
            return false
        }
        room.screen?.move(hand: index, aim: aim, eyes: eyes)
        if abs(hand.stick.y) > Rig.deadZone {
            room.screen?.push(hand.stick.y * seconds, aim: aim, eyes: eyes)
        }
        if abs(hand.stick.x) > Rig.deadZone {
            room.screen?.scale(1 + hand.stick.x * seconds * 0.5)
        }
        return true
    }

    /// The command `panel` where no panel is open: it moves the screen.
    func moveScreen(_ order: Command.PanelOrder) -> Outcome {
        guard let screen = room.shownScreen else { return .failed("no panel is open") }
        let eyes = room.head.position
        let way = screen.pose.position - eyes
        let distance = max((way * way).sum().squareRoot(), 0.1)
        switch order {
        case .grab(let to):
            if to.applied(to: screen.isCarried) {
                guard room.screen?.carry() == true else {
                    return .failed("a hand holds the screen")
                }
                room.followed = room.head.orientation
                return .done()
            }
            guard screen.isCarried else { return .done() }
            room.screen?.release()
            room.followed = nil
        case .push(let metres): room.screen?.push(Float(metres) / distance, eyes: eyes)
        case .scale(let factor): room.screen?.scale(Float(factor))
        case .move(let x, let y):
            room.screen?.drag(right: Float(x) / distance, up: Float(y) / distance, eyes: eyes)
        case .reset: break
        }
        rememberScreen()
        return .done()
    }

    /// Has the screen's place written down, as where the user put it.
    func rememberScreen() {
        guard let screen = room.screen, screen.isMoved else { return }
        memory.headset.panels[HeadsetRoom.screenName] = HeadsetMemory.Place(
            screen.pose, size: screen.relativeSize)
        remember()
    }
}
