import CEpoxy
import Render

/// All that one program keeps from frame to frame, in GL.
///
/// Freed when it goes.
final class ProgramState {
    /// By pass, one an eye.
    private(set) var pictures: [String: [KeptPicture]] = [:]
    private var buffers: [KeptBuffer] = []
    private var bindings: [(binding: Int, buffer: KeptBuffer)] = []
    /// The buffers as a frame's second eye begins with them.
    private var copies: [KeptBuffer] = []
    /// What had to begin anew although the state before had something by that name.
    private(set) var remade: [String] = []

    /// State for a program, with what fits of what was there before, and zeros for the rest.
    ///
    /// A picture of another size is scaled, and the right eye begins with the left one's where it has none. Where two
    /// programs share a buffer's object, they share its contents.
    ///
    /// - Throws: `GuestError` where it is more than a program may keep, or than the driver has room for.
    init(_ needs: StateNeeds, _ layout: SlotLayout, from old: ProgramState? = nil)
        throws(GuestError)
    {
        let (width, height) = (layout.width, layout.height)
        let bytes = needs.bytes(layout)
        guard bytes <= StateNeeds.limit else {
            throw GuestError(
                "The program keeps \(bytes >> 20) MB from frame to frame; \(StateNeeds.limit >> 20) MB are "
                    + "allowed: make its buffers smaller.")
        }
        for pass in needs.pictures {
            let known = old?.pictures[pass] ?? []
            for eye in 0..<layout.eyes {
                let picture: KeptPicture
                if eye < known.count, known[eye].has(width: width, height: height) {
                    picture = known[eye]
                } else if let other = eye < known.count ? known[eye] : known.first {
                    picture = try other.scaled(width: width, height: height)
                } else {
                    picture = try KeptPicture(width: width, height: height)
                }
                pictures[pass, default: []].append(picture)
            }
        }
        for (binding, key) in needs.buffers {
            let known = old?.buffers.first { $0.key.isNamesake(of: key) }
            if let known, known.key != key { remade.append(key.name) }
            let buffer = known.flatMap { $0.key == key ? $0 : nil } ?? KeptBuffer(key)
            buffers.append(buffer)
            bindings.append((binding, buffer))
        }
        try Self.checkRoom()
    }

    /// State out of a frozen file, for the next to take from; nothing of it is bound.
    init(reading descriptor: Int32) throws(GuestError) {
        var (pictures, buffers) = ([String: [String: KeptPicture]](), [KeptBuffer]())
        var problem: GuestError?
        do throws(WireError) {
            try StateSnapshot.read(descriptor) { key, memory in
                switch key.kind {
                case .buffer: buffers.append(KeptBuffer(key, contents: memory))
                case .picture:
                    do throws(GuestError) {
                        guard key.format == UInt32(GL_RGBA8) else { return }
                        let picture = try KeptPicture(width: key.width, height: key.height)
                        picture.previous.color.upload(
                            width: key.width, height: key.height, pixels: memory)
                        pictures[key.pass, default: [:]][key.name] = picture
                    } catch { problem = error }
                }
            }
        } catch {
            throw GuestError("The state that the host sent makes no sense (\(error)).")
        }
        if let problem { throw problem }
        self.pictures = pictures.compactMapValues { byName -> [KeptPicture]? in
            let eyes = (0..<2).prefix { byName[KeptPicture.name(ofEye: $0)] != nil }
            return eyes.isEmpty ? nil : eyes.compactMap { byName[KeptPicture.name(ofEye: $0)] }
        }
        self.buffers = buffers
        try Self.checkRoom()
    }

    /// Of how many eyes it has pictures; nil where it has none.
    var eyes: Int? { pictures.values.first?.count }

    /// Whether its pictures are what a layout wants.
    func fits(_ layout: SlotLayout) -> Bool {
        pictures.values.allSatisfy { pictures in
            pictures.count == layout.eyes
                && pictures.allSatisfy { $0.has(width: layout.width, height: layout.height) }
        }
    }

    private static func checkRoom() throws(GuestError) {
        while case let error = glGetError(), error != GLenum(GL_NO_ERROR) {
            if error == GLenum(GL_CONTEXT_LOST) { return }
            if error == GLenum(GL_OUT_OF_MEMORY) {
                throw GuestError(
                    "The driver has no room for what the program keeps from frame to frame: make "
                        + "its buffers smaller.")
            }
        }
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

    /// Copies everything into a frozen file, which the caller closes.
    func frozen() throws(GuestError) -> Int32 {
        let kept = pictures.sorted { $0.key < $1.key }.flatMap { pass, pictures in
            pictures.enumerated().map { (key: $1.key(pass: pass, eye: $0), picture: $1) }
        }
        let keys = kept.map(\.key) + buffers.map(\.key)
        guard keys.reduce(0, { $0 + $1.bytes }) <= WireLimits.state,
            keys.count <= WireLimits.stateThings
        else {
            throw GuestError(
                "it keeps more than the \(WireLimits.state >> 20) MB that are handed over")
        }
        // Writes of shaders must have arrived before they are read.
        glMemoryBarrier(GLbitfield.max)
        return try StateSnapshot(keys).frozen { key, memory in
            switch key.kind {
            case .picture: kept.first { $0.key == key }?.picture.previous.read(into: memory)
            case .buffer: buffers.first { $0.key == key }?.read(into: memory)
            }
        }
    }
}
