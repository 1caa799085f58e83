import FoundationEssentials

/// The sketch's time, which the host owns: it goes on over recompiles, swaps and deaths of guests.
///
/// Time is in seconds. It runs with the machine's clock, or stands while paused, or is held at an exact value
/// (`time 1.5`) so that pictures can be compared.
struct SketchClock {
    private(set) var time = 0.0
    private(set) var frame = 0
    private(set) var delta = 1.0 / 60
    private(set) var isPaused = false
    /// The value that `time T` holds; nil while time runs.
    private(set) var held: Double?
    private var last: UInt64?
    private var lastFrameTime = 0.0
    private var rate = 60.0

    /// The date that pictures get while time is held: a fixed one, so that a clock's hands compare, too.
    private static let heldDate = SIMD4<Float>(2000, 0, 1, 0)

    /// Lets time go on to `now` (nanoseconds), whether or not anybody draws.
    mutating func advance(to now: UInt64) {
        defer { last = now }
        guard held == nil, !isPaused, let last, now > last else { return }
        time += Double(now - last) / 1e9
    }

    /// Counts a frame that is asked for at the present time.
    mutating func beginFrame() {
        guard held == nil else { return }
        delta = max(0, time - lastFrameTime)
        lastFrameTime = time
        guard !isPaused else { return }
        frame += 1
        rate += (1 / max(delta, 1e-4) - rate) * 0.1
    }

    /// Frames a second, smoothed; 60 while time is held.
    var frameRate: Double { held == nil ? rate : 60 }

    mutating func rewind() {
        time = held ?? 0
        lastFrameTime = time
        frame = 0
    }

    mutating func setPaused(_ paused: Bool) { isPaused = paused }

    /// Holds time at `value`, at the frame that 60 a second would have there; nil lets it run on from there.
    mutating func hold(_ value: Double?) {
        held = value
        guard let value else { return }
        time = value
        lastFrameTime = value
        frame = Int(min(max(value * 60, 0), Double(Int32.max)).rounded())
        delta = 1.0 / 60
    }

    /// iDate: year, month from 0, day, seconds of the day; local time.
    var date: SIMD4<Float> {
        if let held { return Self.heldDate + SIMD4(0, 0, 0, Float(held)) }
        return Self.date(Date())
    }

    static func date(_ date: Date) -> SIMD4<Float> {
        let parts = Calendar.current.dateComponents(
            [.year, .month, .day, .hour, .minute, .second, .nanosecond], from: date)
        let seconds =
            Double((parts.hour ?? 0) * 3600 + (parts.minute ?? 0) * 60 + (parts.second ?? 0))
            + Double(parts.nanosecond ?? 0) / 1e9
        return SIMD4(
            Float(parts.year ?? 2000), Float((parts.month ?? 1) - 1), Float(parts.day ?? 1),
            Float(seconds))
    }
}
