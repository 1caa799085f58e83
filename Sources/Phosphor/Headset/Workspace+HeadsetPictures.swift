import CSystem
import GLSL
import Guest
import Headset

extension Workspace {
    /// Whether a picture is wanted now: in a headset one a beat, so that each is for eyes that are known well.
    func wantsPicture(now: UInt64) -> Bool {
        guard room.isShown else {
            if surroundings == .world { room.move(stick: .zero, rise: 0, now: now) }
            return true
        }
        // A runtime that has stopped to beat must not stop the mirror.
        return room.isPictureDue || now > (room.lastMoved ?? 0) + 200_000_000
    }

    /// Has the scale follow what the sketch's frames take.
    func noteScale(_ picture: Picture, _ milliseconds: Double) {
        guard room.isShown, picture.request > 0, let session = room.session,
            picture.width == room.eyeSize.width * max(1, picture.state.views.count)
        else { return }
        // Software GL has no budget, and no rate of its own either: a picture a beat is as fine as it gets.
        let budget = budget(of: sketch) ?? 1000 / session.refreshRate
        room.scale.note(
            milliseconds: Float(milliseconds), budget: Float(budget),
            now: Double(phosphor_now()) / 1e9)
    }
}
