import Headset

/// A panel moved by the mouse alone: the middle button takes it along, the wheel meanwhile pushes and pulls; with the
/// right button held, the wheel resizes.
extension HeadsetRoom {
    var isMovingByMouse: Bool { carryingButton == 2 }

    /// Takes hold of a panel; whether there was one.
    func takeByMouse(_ kind: PanelKind, button: Int) -> Bool {
        guard carryingButton == nil, followed == nil, stand.carry(kind.rawValue) else {
            return false
        }
        carryingButton = button
        return true
    }

    /// Lets go of the panel that a button had taken, and gives it.
    func letGoByMouse(_ button: Int) -> Int? {
        guard carryingButton == button else { return nil }
        carryingButton = nil
        defer { stand.drop(eyes: head.position) }
        return stand.carried
    }

    /// Takes the panel along, by pixels of the mouse.
    func carryOn(byPixels pixels: SIMD2<Float>) {
        stand.drag(
            right: pixels.x * PanelStand.radiansPerPixel,
            up: -pixels.y * PanelStand.radiansPerPixel,
            eyes: head.position)
    }

    /// A turn of the wheel while a panel is held; false where none is.
    func notch(_ amount: Float) -> Bool {
        switch carryingButton {
        case 1?: stand.scale(1 + amount * PanelStand.notch, eyes: head.position)
        case 2?: stand.push(amount * PanelStand.notch, eyes: head.position)
        default: return false
        }
        return true
    }
}
