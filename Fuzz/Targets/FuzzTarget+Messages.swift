@testable import Guest

extension FuzzTarget {
    /// What is taken as a message is written as one that reads the same; everything else is refused.
    func decode(_ bytes: [UInt8]) throws(Broken) {
        // By bytes, since a number that is none differs from itself.
        if let message = try? HostMessage(decoding: bytes[...]) {
            let written = message.encoded()
            try hold(
                (try? HostMessage(decoding: written[...]))?.encoded() == written,
                "a message to a guest does not come back: \(message)")
        }
        if let message = try? GuestMessage(decoding: bytes[...]) {
            let written = message.encoded()
            try hold(
                (try? GuestMessage(decoding: written[...]))?.encoded() == written,
                "a message of a guest does not come back: \(message)")
        }
        if let program = try? ProgramPayload(decoding: bytes[...]) {
            let written = program.encoded()
            try hold(
                (try? ProgramPayload(decoding: written[...]))?.encoded() == written,
                "a program does not come back")
        }
    }
}
