import CSystem
import Glibc

/// One end of the socket pair between host and guest; closes it when it goes.
///
/// Sends never block. A packet longer than the limit counts as malformed, whatever is in it.
final class Channel {
    /// What a receive gave.
    enum Packet {
        /// A packet, and a descriptor that came with it or -1, which the receiver closes.
        case packet(ArraySlice<UInt8>, descriptor: Int32)
        /// Nothing there yet.
        case none
        /// The other end is gone.
        case ended
        /// Something came that is no packet of ours.
        case malformed(String)
    }

    /// The socket.
    let descriptor: Int32
    private var buffer = [UInt8](repeating: 0, count: WireLimits.message)

    init(descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// Sends one packet; false where the socket is full or the other end is gone.
    func send(_ bytes: [UInt8], descriptor payload: Int32 = -1) -> Bool {
        guard bytes.count <= WireLimits.message else { return false }
        return phosphor_send(descriptor, bytes, bytes.count, payload) == bytes.count
    }

    /// Receives one packet; waits only where the socket does.
    func receive() -> Packet {
        var payload: Int32 = -1
        let count = phosphor_receive(descriptor, &buffer, buffer.count, &payload)
        if count > 0 { return .packet(buffer[..<count], descriptor: payload) }
        if count == 0 { return .ended }
        switch errno {
        case EAGAIN, EINTR: return .none
        case EMSGSIZE: return .malformed("a message of more than \(WireLimits.message) bytes")
        default: return .ended
        }
    }
}
