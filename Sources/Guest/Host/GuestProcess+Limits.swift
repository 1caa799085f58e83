import CSystem

extension GuestProcess {
    /// Between two looks at a guest that works: each reads a line of proc(5), some 20 µs.
    static let lookPause: UInt64 = 50_000_000
    /// How long a guest may be stopped before it counts as lost; whoever stops the whole program stops the host, too.
    static let stoppedLimit: UInt64 = 1_000_000_000

    /// The limit that it breaks, other than its deadline; nil while all is well, or while it is not time to look.
    ///
    /// Memory is looked at from here because the kernel's own limit (RLIMIT_AS) counts addresses, of which drivers
    /// reserve far more than they use. Between two looks a guest can take some 100 MB more.
    func brokenLimit(now: UInt64, memoryLimit: Int) -> Cause? {
        guard ending == nil, now >= nextLook else { return nil }
        nextLook = now + Self.lookPause
        var state: CChar = 0
        var resident: Int64 = 0
        guard phosphor_process_look(pid, &state, &resident) == 0 else { return nil }
        if UInt8(bitPattern: state) == UInt8(ascii: "T") {
            let since = stoppedSince ?? now
            stoppedSince = since
            if now - since >= Self.stoppedLimit { return .stopped }
        } else {
            stoppedSince = nil
        }
        return resident > Int64(memoryLimit) ? .memory(megabytes: memoryLimit >> 20) : nil
    }
}
