import CEpoxy
import GLSL
import Render

/// State in a file that goes from guest to guest.
extension ProgramState {
    /// State out of a frozen file, for the next to take from; nothing of it is bound.
    convenience init(reading descriptor: Int32) throws(GuestError) {
        var (pictures, images) = ([String: [String: KeptPicture]](), [String: KeptPicture]())
        var (buffers, counts) = ([KeptBuffer](), [String: UInt64]())
        var problem: GuestError?
        do throws(WireError) {
            try StateSnapshot.read(descriptor) { key, memory in
                switch key.kind {
                case .buffer: buffers.append(KeptBuffer(key, contents: memory))
                case .count: counts[key.name] = memory.loadUnaligned(as: UInt64.self)
                case .picture, .image:
                    guard let format = PixelFormat(internalFormat: key.format), key.width > 0,
                        key.height > 0
                    else { return }
                    do throws(GuestError) {
                        let picture = try KeptPicture(
                            .init(
                                width: key.width, height: key.height, format: format,
                                isDoubled: false))
                        picture.write(memory)
                        if key.kind == .image {
                            images[key.name] = picture
                        } else {
                            pictures[key.pass, default: [:]][key.name] = picture
                        }
                    } catch { problem = error }
                }
            }
        } catch {
            throw GuestError("The state that the host sent makes no sense (\(error)).")
        }
        if let problem { throw problem }
        for buffer in buffers {
            if let count = counts[buffer.key.name], count != .max {
                buffer.vertices = Int(clamping: count)
            }
        }
        try self.init(
            pictures: pictures.compactMapValues { byName -> [KeptPicture]? in
                let eyes = (0..<2).prefix { byName[KeptPicture.name(ofEye: $0)] != nil }
                return eyes.isEmpty ? nil : eyes.compactMap { byName[KeptPicture.name(ofEye: $0)] }
            }, images: images, buffers: buffers)
    }

    /// Copies everything into a frozen file, which the caller closes.
    func frozen() throws(GuestError) -> Int32 {
        let (pictures, buffers, counted) = handedOver
        let counts = counted.map { StateKey(kind: .count, name: $0.key.name, bytes: 8) }
        let keys = pictures.map(\.0) + buffers.map(\.key) + counts
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
            case .picture, .image: pictures.first { $0.0 == key }?.1.read(into: memory)
            case .buffer: buffers.first { $0.key == key }?.read(into: memory)
            case .count:
                let buffer = counted.first { $0.key.name == key.name }
                memory.storeBytes(of: buffer?.countToHandOver ?? .max, as: UInt64.self)
            }
        }
    }
}
