import CEpoxy
import Render

/// All that one program keeps from frame to frame, in GL.
///
/// Freed when it goes.
final class ProgramState {
    /// By pass.
    private(set) var pictures: [String: KeptPicture] = [:]
    private var buffers: [KeptBuffer] = []
    private var bindings: [(binding: Int, buffer: KeptBuffer)] = []
    /// What had to begin anew although the state before had something by that name.
    private(set) var remade: [String] = []

    /// State for a program, with what fits of what was there before, and zeros for the rest.
    ///
    /// A picture of another size is scaled. Where two programs share a buffer's object, they share its contents.
    ///
    /// - Throws: `GuestError` where it is more than a program may keep, or than the driver has room for.
    init(_ needs: StateNeeds, width: Int, height: Int, from old: ProgramState? = nil)
        throws(GuestError)
    {
        let bytes = needs.bytes(width: width, height: height)
        guard bytes <= StateNeeds.limit else {
            throw GuestError(
                "The program keeps \(bytes >> 20) MB from frame to frame; \(StateNeeds.limit >> 20) MB are "
                    + "allowed: make its buffers smaller.")
        }
        for pass in needs.pictures {
            if let picture = old?.pictures[pass] {
                pictures[pass] =
                    (picture.width, picture.height) == (width, height)
                    ? picture : try picture.scaled(width: width, height: height)
            } else {
                pictures[pass] = try KeptPicture(width: width, height: height)
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
        var (pictures, buffers) = ([String: KeptPicture](), [KeptBuffer]())
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
                        pictures[key.pass] = picture
                    } catch { problem = error }
                }
            }
        } catch {
            throw GuestError("The state that the host sent makes no sense (\(error)).")
        }
        if let problem { throw problem }
        (self.pictures, self.buffers) = (pictures, buffers)
        try Self.checkRoom()
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

    /// Copies everything into a frozen file, which the caller closes.
    func frozen() throws(GuestError) -> Int32 {
        let keys = pictures.sorted { $0.key < $1.key }.map { $1.key(pass: $0) } + buffers.map(\.key)
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
            case .picture: pictures[key.pass]?.previous.read(into: memory)
            case .buffer: buffers.first { $0.key == key }?.read(into: memory)
            }
        }
    }
}
