import Headset

/// A panel, or a flat sketch's screen, moved by the mouse alone: the middle button takes it along, the wheel meanwhile pushes and pulls; with the
/// right button held, the wheel resizes.
extension HeadsetRoom {
    /// How long the mouse's place is shown beside the panels once it rests, in nanoseconds.
    private static let markStays: UInt64 = 4_000_000_000

    /// Notes where the mouse of the window is: on a panel, or at a share of the window from its lower left.
    func noteMouse(on panel: PanelPoint?, at share: SIMD2<Float>, now: UInt64) {
        mousePoint = panel
        guard panel == nil, isSettled, let eye = views.eyes.first else { return mouseMark = nil }
        mouseMark = (MouseMark(share: share, view: eye), now + Self.markStays)
    }

    var isMovingByMouse: Bool { carryingButton == 2 }

    /// Takes hold of a panel; whether there was one.
    func takeByMouse(_ kind: PanelKind, button: Int) -> Bool {
        guard carryingButton == nil, followed == nil, stand.carry(kind.rawValue) else {
            return false
        }
        carryingButton = button
        return true
    }

    /// Lets go of what a button had taken; whether it had, and which panel that was, nil for the screen.
    func letGoByMouse(_ button: Int) -> (hasTaken: Bool, panel: Int?) {
        guard carryingButton == button else { return (false, nil) }
        carryingButton = nil
        defer {
            stand.drop(eyes: head.position)
            if screen?.isCarried == true { screen?.release() }
        }
        return (true, stand.carried)
    }

    /// Takes the panel or the screen along, by pixels of the mouse.
    func carryOn(byPixels pixels: SIMD2<Float>) {
        let way = pixels * PanelStand.radiansPerPixel
        if screen?.isCarried == true {
            screen?.drag(right: way.x, up: -way.y, eyes: head.position)
        } else {
            stand.drag(right: way.x, up: -way.y, eyes: head.position)
        }
    }

    /// A turn of the wheel while something is held; false where nothing is.
    func notch(_ amount: Float) -> Bool {
        let share = amount * PanelStand.notch
        switch carryingButton {
        case 1? where screen?.isCarried == true: screen?.scale(1 + share)
        case 2? where screen?.isCarried == true: screen?.push(share, eyes: head.position)
        case 1?: stand.scale(1 + share, eyes: head.position)
        case 2?: stand.push(share, eyes: head.position)
        default: return false
        }
        return true
    }
}
