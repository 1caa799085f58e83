import CEpoxy
import Glibc
import Render

/// Pictures that the host sees where they are drawn, without a copy through the ring's memory.
extension GuestWorker {
    /// Takes a step towards shared pictures and says what came of it.
    func share(_ share: Share, descriptor: Int32) throws(GuestError) {
        guard let ring, ring.generation == share.generation else {
            return try send(
                .shared(generation: share.generation, reason: "the guest has another ring"))
        }
        let (slot, pattern): (Int, PicturePattern)
        var reason = ""
        switch share.step {
        case .take(let taken, let memory, let first):
            (slot, pattern) = (taken, first)
            do { images[slot] = try take(memory, descriptor, for: ring) } catch {
                reason = "\(error)"
            }
        case .show(let shown, let next): (slot, pattern) = (shown, next)
        case .use:
            drawsIntoImages = (0..<ring.layout.slots).allSatisfy { images[$0] != nil }
            return
        }
        if let image = images[slot] {
            show(pattern, in: image)
        } else if reason.isEmpty {
            reason = "the guest has no picture \(slot)"
        }
        try send(.shared(generation: share.generation, reason: reason))
    }

    private func take(_ memory: SharedMemory, _ descriptor: Int32, for ring: GuestRing) throws
        -> Framebuffer
    {
        guard DeviceIdentity.current() == memory.device else {
            throw GuestError("the guest draws with another device than the host")
        }
        // The message's descriptor is closed after it; the driver keeps its own.
        let own = dup(descriptor)
        guard own >= 0 else { throw GuestError("the memory did not come with the message") }
        let image = try SharedImage(
            descriptor: own, bytes: memory.bytes, width: ring.layout.width,
            height: ring.layout.height, isDedicated: memory.isDedicated)
        sharedImages.append(image)
        return try Framebuffer(color: image.texture)
    }

    private func show(_ pattern: PicturePattern, in image: Framebuffer) {
        pattern.draw(into: image)
        glFinish()
    }

    /// Lets go of the pictures of a ring.
    func dropImages() {
        drawsIntoImages = false
        drawn = []
        images = [:]
        sharedImages = []
    }

    /// Where a frame may be drawn that goes into a slot: its shared picture, where it has one.
    func image(of slot: Int) -> Framebuffer? { drawsIntoImages ? images[slot] : nil }

    /// Brings what was drawn last to where the host looks for it, and waits until it is there: with two eyes, the right
    /// one's picture beside the left one's.
    ///
    /// Depth goes through the ring's memory in any case: at half a side it is an eighth of the picture.
    /// - Returns: whether there is depth.
    func deliver(to slot: Int, of ring: GuestRing) -> Bool {
        let hasDepth = frameDepth.read(into: ring.depth(of: slot))
        guard let image = image(of: slot) else {
            deliver(into: ring.pixels(of: slot))
            return hasDepth
        }
        for (eye, source) in drawn.enumerated() where source !== image {
            let (width, height) = (GLint(layout.width), GLint(layout.height))
            let left = GLint(eye) * width
            image.bind()
            glDisable(GLenum(GL_SCISSOR_TEST))
            glBindFramebuffer(GLenum(GL_READ_FRAMEBUFFER), source.name)
            glBlitFramebuffer(
                0, 0, width, height, left, 0, left + width, height,
                GLbitfield(GL_COLOR_BUFFER_BIT), GLenum(GL_NEAREST))
        }
        // The host draws from it as soon as it is told, and must never have to wait for this process on the GPU.
        glFinish()
        return hasDepth
    }
}
