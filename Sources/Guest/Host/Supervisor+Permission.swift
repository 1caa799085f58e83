import CSystem

extension Supervisor {
    /// How long a compiled program waits for its permission at most, in nanoseconds: a disk that is busy may cost a
    /// keystroke so much, and no more.
    static var permissionLimit: UInt64 { 50_000_000 }

    /// Lets a revision draw that was submitted with `waitsForPermission`.
    ///
    /// Where that comes before the guest is done compiling, nothing waits. For any other revision it does nothing.
    public func permit(_ revision: Int) {
        if pending?.revision == revision { pending?.isPermitted = true }
        guard let entry = trying, entry.revision == revision, !entry.isPermitted else { return }
        trying?.isPermitted = true
        permissionDue = nil
        // Sent even while it compiles: then it finds the message when it looks for one.
        guard
            let guest = guests.compactMap({ $0 }).first(where: {
                $0.job == .trial(revision: revision)
            }),
            guest.isAlive
        else { return }
        if !guest.send(.mayDraw(revision: revision)) {
            guest.end(.broken("its socket takes no message"), now: phosphor_now())
        }
    }
}
