import CSystem
import GLSL
import Glibc

/// What all guests are to know, whichever program they draw: values, pictures and meshes.
extension Supervisor {
    /// Sets what the values of all programs are at present, by name; replaces the whole table.
    ///
    /// Of a program's own value that the table lacks holds what its source begins with. Guests have it from their next
    /// frame on. At most 256 values of four numbers, names of at most 128 bytes; the rest is left out.
    public func setValues(_ values: [String: [Double]]) {
        guard values != self.values else { return }
        self.values = values
        for guest in readyGuests { tell(guest, .values(values)) }
    }

    /// Gives guests a picture or a mesh, now and whenever one starts; give it before the program that names it.
    ///
    /// The newest 128 are kept. One by the same id takes the older one's place.
    public func provide(_ resource: Resource) {
        let isKnown = resources.contains { $0.id == resource.id }
        resources.removeAll { $0.id == resource.id }
        resources.append(resource)
        if resources.count > ResourceInfo.most {
            // What a program names that may be shown again stays.
            let used = Set(goods.flatMap { $0.options.resources.values })
            let index = resources.dropLast().firstIndex { !used.contains($0.id) } ?? 0
            withdraw(resources[index].id)
        }
        guard !isKnown else { return }
        for guest in readyGuests {
            tell(guest, .resource(resource.info), descriptor: resource.file.descriptor)
        }
    }

    /// The ids of the pictures and meshes that guests have.
    public var providedResources: Set<UInt64> { Set(resources.map(\.id)) }

    /// Lets go of a picture or mesh; programs that name it draw the checker, or nothing.
    public func withdraw(_ id: UInt64) {
        guard resources.contains(where: { $0.id == id }) else { return }
        resources.removeAll { $0.id == id }
        for guest in readyGuests { tell(guest, .dropResource(id)) }
    }

    /// Tells a guest that has just started what the others know already.
    func introduce(_ guest: GuestProcess) {
        if !values.isEmpty { tell(guest, .values(values)) }
        for resource in resources {
            tell(guest, .resource(resource.info), descriptor: resource.file.descriptor)
        }
    }

    private var readyGuests: [GuestProcess] {
        guests.compactMap { $0 }.filter { $0.isAlive && $0.info != nil }
    }

    func tell(_ guest: GuestProcess, _ message: HostMessage, descriptor: Int32 = -1) {
        guard guest.isAlive, !guest.send(message, descriptor: descriptor) else { return }
        guest.end(.broken("its socket is full"), now: phosphor_now())
    }
}
