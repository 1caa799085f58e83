import CSystem
import FoundationEssentials
import Glibc

/// What the storm's leader asks of the process that is the host.
struct StormTask: Codable {
    /// The program's number; nil asks for the last look at the host.
    var index: Int?
    /// Without a guest a program is left standing for so long, as no verdict comes.
    var seconds: Double?
}

/// How a host process of a storm is set up.
struct StormSettings: Codable {
    var seed: UInt64
    var programs: Int
    var deadlineScale: Double
    var withGuest: Bool
    /// Where it keeps everything, and its log.
    var folder: String
    var parent: Int32
}

/// What became of one program.
struct StormRecord: Codable {
    var index = 0
    var source = ""
    var kind = ""
    /// The verdict's word; `none` where none came, `refused` where the text was not taken.
    var verdict = "none"
    /// The host's frame intervals.
    var frames = Intervals()
    var seconds = 0.0
    /// Guests that died as the front and as the back.
    var frontDeaths = 0
    var backDeaths = 0
    /// Milliseconds from a front's death to the next picture drawn after it, where the sketch shown then draws in less
    /// than 50 ms, and where it does not.
    var recoveries: [Double] = []
    var slowRecoveries: [Double] = []
    /// Milliseconds from a back's death to the next picture, which it should not delay.
    var backEffects: [Double] = []
    /// The good sketch did not come back after the program.
    var isStuck = false
    /// Bytes that the texts of this program had.
    var textBytes = 0
    var host = HostFigures()
}

/// How large a process is.
struct HostFigures: Codable {
    /// Resident memory in megabytes.
    var megabytes = 0.0
    var descriptors = 0

    /// Of a process, now; zeros where it is gone.
    static func of(_ pid: pid_t) -> HostFigures {
        // Files of /proc say that they are empty, so that their end is where reading stops.
        let file = open("/proc/\(pid)/statm", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return HostFigures() }
        defer { close(file) }
        var buffer = [UInt8](repeating: 0, count: 256)
        let count = read(file, &buffer, buffer.count)
        let words = String(decoding: buffer[..<max(0, count)], as: UTF8.self).split(separator: " ")
        let pages = words.count > 1 ? Double(words[1]) : nil
        return HostFigures(
            megabytes: (pages ?? 0) * Double(getpagesize()) / 1_048_576,
            descriptors: Descriptors.count(of: pid))
    }
}

/// Frame intervals, counted in steps of a tenth of a millisecond, so that a night's frames fit a line of JSON.
struct Intervals: Codable {
    private var counts: [Int: Int] = [:]
    private(set) var count = 0
    /// Frames that came more than 100 ms after their moment.
    private(set) var late = 0

    init() {}

    /// Counts intervals in nanoseconds between frames that were due each `period`.
    init(_ intervals: [UInt64], period: UInt64) {
        for interval in intervals {
            counts[Int(interval / 100_000), default: 0] += 1
            if interval > period + 100_000_000 { late += 1 }
        }
        count = intervals.count
    }

    mutating func add(_ other: Intervals) {
        counts.merge(other.counts) { $0 + $1 }
        count += other.count
        late += other.late
    }

    /// The interval in milliseconds that `share` per cent do not pass (nearest rank).
    func percentile(_ share: Double) -> Double {
        let rank = max(1, Int((share / 100 * Double(count)).rounded(.up)))
        var seen = 0
        for (step, number) in counts.sorted(by: { $0.key < $1.key }) {
            seen += number
            if seen >= rank { return Double(step) / 10 }
        }
        return .nan
    }
}

/// A socket that carries one JSON value a packet, between a storm's leader and a host process.
enum StormSocket {
    static func send(_ value: some Encodable, to descriptor: Int32) -> Bool {
        guard let data = try? JSONEncoder().encode(value) else { return false }
        let bytes = Array(data)
        return phosphor_send(descriptor, bytes, bytes.count, -1) == bytes.count
    }

    /// Waits for a packet; nil at the end, and where none comes in time.
    static func receive<Value: Decodable>(
        _ type: Value.Type, from descriptor: Int32, milliseconds: Int32 = -1
    ) -> Value? {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&entry, 1, milliseconds) == 1 else { return nil }
        var buffer = [UInt8](repeating: 0, count: 256 << 10)
        var attached: Int32 = -1
        let count = phosphor_receive(descriptor, &buffer, buffer.count, &attached)
        guard count > 0 else { return nil }
        return try? JSONDecoder().decode(type, from: Data(buffer[..<count]))
    }
}
