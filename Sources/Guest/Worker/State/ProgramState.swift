import CEpoxy
import GLSL
import Render

/// All that one program keeps from frame to frame, in GL.
///
/// Freed when it goes.
final class ProgramState {
    /// By pass, one an eye.
    private(set) var pictures: [String: [KeptPicture]] = [:]
    private(set) var buffers: [KeptBuffer] = []
    /// By name, as programs have them for their image units.
    private(set) var images: [String: KeptPicture] = [:]
    private let needs: StateNeeds
    private var bindings: [(binding: Int, buffer: KeptBuffer)] = []
    private var byName: [String: KeptBuffer] = [:]
    /// The buffers as a frame's second eye begins with them.
    private var copies: [KeptBuffer] = []
    /// What had to begin anew although the state before had something by that name.
    private(set) var remade: [String] = []

    /// State for a program, with what fits of what was there before, and zeros for the rest.
    ///
    /// A picture of another size is scaled, and the right eye begins with the left one's where it has none. Where two
    /// programs share a buffer's object, they share its contents.
    ///
    /// - Parameter isSame: whether the state before is of the same program, so that what lives as long as that goes on.
    /// - Throws: `GuestError` where it is more than a program may keep, or than the driver has room for.
    init(
        _ needs: StateNeeds, _ sizes: FrameSizes, from old: ProgramState? = nil,
        isSame: Bool = false
    ) throws(GuestError) {
        self.needs = needs
        let bytes = max(needs.bytes(sizes), needs.bytes(sizes, all: true) / 2)
        guard bytes <= StateNeeds.limit else {
            throw GuestError(
                "The program keeps \(bytes >> 20) MB from frame to frame; \(StateNeeds.limit >> 20) MB are "
                    + "allowed: make its buffers and pictures smaller.")
        }
        try takePictures(sizes, from: old)
        for (image, size) in zip(needs.images, sizes.images) {
            let form = KeptPicture.Form(
                width: size.width, height: size.height, format: image.format, isDoubled: false)
            let known = isSame || image.life == .kept ? old?.images[image.name] : nil
            if let known, known.form.format != image.format { remade.append(image.name) }
            images[image.name] = try Self.picture(form, from: known)
        }
        for need in needs.buffers {
            let known =
                isSame || need.life == .kept
                ? old?.buffers.first { $0.key.isNamesake(of: need.key) } : nil
            if let known, known.key != need.key { remade.append(need.key.name) }
            let buffer =
                known.flatMap { $0.key == need.key ? $0 : nil }
                ?? KeptBuffer(need.key, isCaptured: need.isCaptured)
            if need.isCaptured { buffer.prepareCapture() }
            buffers.append(buffer)
            for name in need.names { byName[name] = buffer }
            if let binding = need.binding { bindings.append((binding, buffer)) }
        }
        try Self.checkRoom()
    }

    private func takePictures(
        _ sizes: FrameSizes, from old: ProgramState?
    ) throws(GuestError) {
        for (index, plan) in needs.pictures {
            let known = old?.pictures[plan.pass] ?? []
            let form = plan.form(sizes.passes[index])
            if let other = known.first, other.form.format != form.format {
                remade.append(plan.pass)
            }
            for eye in 0..<sizes.layout.eyes {
                pictures[plan.pass, default: []].append(
                    try Self.picture(
                        form, from: eye < known.count ? known[eye] : known.first,
                        isOwn: eye < known.count))
            }
        }
    }

    /// A picture of this form: the one that is there, a copy of it, or zeros.
    private static func picture(
        _ form: KeptPicture.Form, from known: KeptPicture?, isOwn: Bool = true
    ) throws(GuestError) -> KeptPicture {
        guard let known, known.form.format == form.format else { return try KeptPicture(form) }
        return known.form == form && isOwn ? known : try known.scaled(to: form)
    }

    /// What was read out of a file, for the next to take from; nothing of it is bound.
    init(
        pictures: [String: [KeptPicture]], images: [String: KeptPicture], buffers: [KeptBuffer]
    ) throws(GuestError) {
        (self.pictures, self.images, self.buffers) = (pictures, images, buffers)
        needs = StateNeeds()
        try Self.checkRoom()
    }

    /// Of how many eyes it has pictures; nil where it has none.
    var eyes: Int? { pictures.values.first?.count }

    /// Whether its pictures are what a frame of these sizes wants.
    func fits(_ sizes: FrameSizes) -> Bool {
        needs.pictures.allSatisfy { index, plan in
            let (form, pictures) = (plan.form(sizes.passes[index]), pictures[plan.pass] ?? [])
            return pictures.count == sizes.layout.eyes && pictures.allSatisfy { $0.form == form }
        }
            && zip(needs.images, sizes.images).allSatisfy { image, size in
                images[image.name].map { ($0.width, $0.height) == (size.width, size.height) }
                    ?? false
            }
    }

    static func checkRoom() throws(GuestError) {
        while case let error = glGetError(), error != GLenum(GL_NO_ERROR) {
            if error == GLenum(GL_CONTEXT_LOST) { return }
            if error == GLenum(GL_OUT_OF_MEMORY) {
                throw GuestError(
                    "The driver has no room for what the program keeps from frame to frame: make "
                        + "its buffers smaller.")
            }
        }
    }

    /// The buffer that a plan names.
    func buffer(_ name: String) -> KeptBuffer? { byName[name] }

    /// Makes zeros what lives for one frame only.
    func beginFrame() {
        for (need, buffer) in zip(needs.buffers, buffers) where need.life == .frame {
            buffer.clear()
        }
        for image in needs.images where image.life == .frame { images[image.name]?.clear() }
    }

    /// Binds the buffers to where the program looks for them.
    func bindBuffers() {
        for (binding, buffer) in bindings { buffer.bind(to: binding) }
    }

    /// Copies the buffers for a frame's second eye, whose writes are nobody's.
    func copyBuffers() {
        // Earlier passes wrote them by shaders, which a copy does not wait for by itself.
        glMemoryBarrier(GLbitfield.max)
        if copies.isEmpty { copies = bindings.map { KeptBuffer($0.buffer.key) } }
        for (copy, bound) in zip(copies, bindings) { copy.take(from: bound.buffer) }
    }

    /// Binds the copies to where the program looks for the buffers.
    func bindCopies() {
        for (copy, bound) in zip(copies, bindings) { copy.bind(to: bound.binding) }
    }

    /// What is handed over, by its keys, with the buffers whose captures have counts of their own.
    var handedOver:
        (pictures: [(StateKey, KeptPicture)], buffers: [KeptBuffer], counts: [KeptBuffer])
    {
        var kept: [(StateKey, KeptPicture)] = []
        for (pass, pictures) in pictures.sorted(by: { $0.key < $1.key }) {
            for (eye, picture) in pictures.enumerated() {
                kept.append((picture.key(pass: pass, eye: eye), picture))
            }
        }
        for image in needs.images where image.life == .kept {
            if let picture = images[image.name] {
                kept.append((picture.key(image: image.name), picture))
            }
        }
        let living = zip(needs.buffers, buffers).filter { $0.0.life == .kept }
        return (kept, living.map(\.1), living.filter { $0.0.isCaptured }.map(\.1))
    }
}
