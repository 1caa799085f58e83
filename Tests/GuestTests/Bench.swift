import CSystem
import GLSL
import Glibc
import Testing

@testable import Guest

/// A host without a window: it pumps a supervisor and waits for states, never for a fixed time.
final class Bench {
    let supervisor: Supervisor
    private(set) var events: [GuestEvent] = []
    private var frame = 0
    /// The clock that goes out with requests, in seconds.
    var time = 0.0
    /// And the eyes.
    var views: [ViewState] = []

    init(
        width: Int = 32, height: Int = 16,
        configuration: GuestConfiguration = BuiltProduct.configuration()
    ) throws {
        supervisor = try Supervisor(configuration: configuration, width: width, height: height)
        supervisor.start()
    }

    deinit { supervisor.endWholly() }

    /// Pumps and asks for frames until the condition holds; false after `limit` seconds.
    @discardableResult
    func run(until limit: Double = 30, asking: Bool = true, _ condition: () -> Bool) -> Bool {
        let end = phosphor_now() + UInt64(limit * 1e9)
        while phosphor_now() < end {
            events += supervisor.pump(now: phosphor_now())
            if condition() { return true }
            if asking {
                frame += 1
                supervisor.requestFrame(
                    DrawState(time: time, frame: frame, views: views))
            }
            let now = phosphor_now()
            let deadline = supervisor.nextDeadline(now: now).map {
                Int32(($0 - min(now, $0)) / 1_000_000)
            }
            var requests = supervisor.descriptors.map {
                pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
            }
            _ = poll(&requests, nfds_t(requests.count), min(5, deadline ?? 5))
        }
        return false
    }

    /// The verdicts on a revision so far.
    func verdicts(_ revision: Int) -> [Verdict] {
        events.compactMap { event in
            guard case .verdict(revision, let verdict) = event else { return nil }
            return verdict
        }
    }

    /// The first verdict on a revision, waited for.
    func verdict(_ revision: Int, within limit: Double = 30) -> Verdict? {
        run(until: limit) { !verdicts(revision).isEmpty }
        return verdicts(revision).first
    }

    /// Submits a revision and waits until it is shown.
    func show(_ revision: Int, _ program: AssembledProgram) -> Bool {
        supervisor.submit(revision, program: program)
        return run { supervisor.shownRevision == revision && shownInPicture == revision }
    }

    /// The revision of the newest picture.
    var shownInPicture: Int? {
        defer { supervisor.releasePicture() }
        return supervisor.picture?.revision
    }

    /// One pixel of the newest picture, rows from the bottom.
    func pixel(_ x: Int, _ y: Int) -> [UInt8] {
        guard let picture = supervisor.picture else { return [] }
        defer { supervisor.releasePicture() }
        let offset = (y * picture.width + x) * 4
        return (0..<3).map { picture.pixels.load(fromByteOffset: offset + $0, as: UInt8.self) }
    }

    /// Forgets the events so far.
    func clear() { events = [] }
}

extension Supervisor {
    /// Ends its processes and waits until the kernel has let go of them, however busy the machine is: one that is left
    /// keeps the test library from seeing its own children end.
    func endWholly() {
        shutdown()
        while !zombies.isEmpty {
            _ = poll(nil, 0, 1)
            reapZombies()
        }
    }
}

extension Verdict {
    var isGood: Bool {
        if case .good = self { return true }
        return false
    }
}
