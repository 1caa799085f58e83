public import Render

/// The host's side of a ring's shared pictures: one a slot, and who still draws from it.
///
/// Made, used and freed with the host's context current; `abandon` before that is lost.
final class SharedSlots {
    private(set) var images: [SharedImage]
    private var holds: [Int]
    /// Where the GPU has to be before a slot that was let go of may be drawn into.
    private var fences: [GPUFence?]

    init(_ images: [SharedImage]) {
        self.images = images
        holds = Array(repeating: 0, count: images.count)
        fences = Array(repeating: nil, count: images.count)
    }

    /// Whether somebody draws from a slot's picture, or the GPU has not done so yet; never waits.
    func isInUse(_ slot: Int) -> Bool {
        guard images.indices.contains(slot) else { return false }
        if holds[slot] > 0 { return true }
        guard let fence = fences[slot] else { return false }
        guard fence.isPassed else { return true }
        fences[slot] = nil
        return false
    }

    /// Keeps a slot's picture from being drawn into, for as long as what is returned lives; nil where there is none.
    func hold(_ slot: Int) -> SharedHold? {
        images.indices.contains(slot) ? SharedHold(self, slot) : nil
    }

    fileprivate func retain(_ slot: Int) { holds[slot] += 1 }

    fileprivate func release(_ slot: Int) {
        guard images.indices.contains(slot) else { return }
        holds[slot] -= 1
        // Frames that were told to the GPU may still be drawn from it.
        if holds[slot] == 0 { fences[slot] = GPUFence() }
    }

    /// Frees all that belongs to the context, which is about to go; nothing of it is touched later.
    func abandon() { (images, holds, fences) = ([], [], []) }
}

/// A shared picture that somebody draws from; it stays as it is while this lives.
public final class SharedHold {
    /// The picture.
    public let texture: Texture
    private let image: SharedImage
    private let slots: SharedSlots
    private let slot: Int
    private var copy: UnsafeMutableRawPointer?

    fileprivate init(_ slots: SharedSlots, _ slot: Int) {
        (self.slots, self.slot) = (slots, slot)
        image = slots.images[slot]
        texture = image.texture
        slots.retain(slot)
    }

    deinit {
        copy?.deallocate()
        slots.release(slot)
    }

    /// Its pixels, read back once and kept as long as this lives.
    var pixels: UnsafeRawPointer {
        if let copy { return UnsafeRawPointer(copy) }
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: texture.width * texture.height * 4, alignment: 16)
        image.read(into: memory)
        copy = memory
        return UnsafeRawPointer(memory)
    }
}
