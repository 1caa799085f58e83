import CEpoxy
import GLSL
import Glibc
import Render

/// Where frames are drawn: into one target for the whole slot, or one for each eye.
extension GuestWorker {
    /// Makes ready for frames of so many views: each eye has a target of its own, so that `gl_FragCoord` counts from
    /// its own corner and all that reads and writes pictures knows one size.
    func arrange(views: Int) throws(GuestError) {
        guard let target else { return }
        let next = SlotLayout(
            slotWidth: target.color.width, slotHeight: target.color.height, views: views)
        guard next != layout || targets.isEmpty else { return }
        layout = next
        if next.eyes == 1 {
            targets = [target]
        } else {
            do {
                targets = try (0..<next.eyes).map { _ in
                    try Framebuffer(width: next.width, height: next.height)
                }
            } catch { throw GuestError("\(error)") }
        }
        drawn = targets
    }

    /// Copies the newest picture into a slot's pixels: with two eyes, the right one's beside the left one's.
    func deliver(into memory: UnsafeMutableRawPointer) {
        guard let target else { return }
        for (eye, picture) in drawn.enumerated() {
            picture.read(into: memory + 4 * eye * layout.width, rowLength: target.color.width)
        }
    }
}
