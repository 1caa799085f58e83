import CSystem
import Glibc

/// Files in memory that nobody can change any more.
enum SealedFile {
    /// A new one with these bytes, at least one, which the caller closes; `what` begins the message where that fails.
    static func make(_ bytes: [UInt8], name: String, what: String) throws(GuestError) -> Int32 {
        let descriptor = phosphor_memfd(name, bytes.count)
        guard descriptor >= 0 else { throw GuestError(system: "\(what) could not be made") }
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { raw in
                write(descriptor, raw.baseAddress?.advanced(by: written), raw.count - written)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { break }
            written += count
        }
        guard written == bytes.count, phosphor_memfd_freeze(descriptor) == 0 else {
            let error = GuestError(system: "\(what) could not be written")
            close(descriptor)
            throw error
        }
        return descriptor
    }
}
