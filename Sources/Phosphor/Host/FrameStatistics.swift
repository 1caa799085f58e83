/// How regularly the host's own frames came.
struct FrameStatistics {
    private(set) var frames = 0
    /// Frames that came more than half a period late.
    private(set) var missed = 0
    /// The longest interval between two frames, in milliseconds.
    private(set) var longestMilliseconds = 0.0
    /// Frames a second, smoothed.
    private(set) var rate = 0.0
    /// The intervals since `record` was set, in nanoseconds, for the benchmark.
    private(set) var intervals: [UInt64] = []
    var records = false { didSet { intervals = [] } }
    private var last: UInt64?

    /// Counts a frame that was finished `now`, where one was due each `period` (both in nanoseconds).
    mutating func count(now: UInt64, period: UInt64) {
        defer { last = now }
        frames += 1
        guard let last else { return }
        let interval = now - last
        if interval > period + period / 2 { missed += Int((interval + period / 2) / period) - 1 }
        let milliseconds = Double(interval) / 1e6
        longestMilliseconds = max(longestMilliseconds, milliseconds)
        rate += (1000 / max(milliseconds, 0.1) - rate) * (rate == 0 ? 1 : 0.05)
        if records { intervals.append(interval) }
    }

    /// Forgets the longest interval and the missed frames, as a resize or a full-screen switch would spoil them.
    ///
    /// - Parameter counting: a frame came all the same.
    mutating func forgive(counting: Bool = false) {
        last = nil
        if counting { frames += 1 }
    }
}
