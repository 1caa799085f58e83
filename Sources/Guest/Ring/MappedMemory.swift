import CSystem
import Glibc

/// A mapping of shared memory; unmapped when it goes.
final class MappedMemory {
    let address: UnsafeMutableRawPointer
    let size: Int

    /// Maps the first `size` bytes of a file for reading and writing (mmap(2)).
    init(descriptor: Int32, size: Int) throws(GuestError) {
        guard let address = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0),
            address != MAP_FAILED
        else { throw GuestError(system: "The ring's memory could not be mapped") }
        (self.address, self.size) = (address, size)
    }

    deinit { munmap(address, size) }
}
