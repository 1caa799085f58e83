import COpenXR
import CSystem
import Glibc
import Render
import Testing

@testable import Headset

/// The driver against a fake runtime: one after the other, since the fake is one for all.
@Suite(.serialized) struct OpenXRTests {}

/// A driver at the fake runtime, with the context it needs, as a host would use it.
final class Wearer {
    let context: EGLContext
    private(set) var driver: OpenXRDriver?
    private(set) var events: [HeadsetEvent] = []

    /// Sets the fake up and connects.
    init(_ setUp: (inout FakeRuntime) -> Void = { _ in }) throws {
        context = try EGLContext()
        FakeRuntime.reset()
        var fake = FakeRuntime()
        setUp(&fake)
        FakeRuntime.change { [fake] in $0 = fake }
        driver = try OpenXRHeadset.find(FakeRuntime.lookup).open { _ in }
    }

    deinit {
        // Before its context.
        driver = nil
    }

    func leave() { driver = nil }

    /// Waits for what the driver has to say; gives up after ten seconds, which no test takes.
    func pump() throws {
        let driver = try #require(driver)
        var entry = pollfd(fd: driver.descriptor, events: Int16(POLLIN), revents: 0)
        try #require(phosphor_poll(&entry, 1, 10_000_000_000) > 0, "nothing came: \(events)")
        events += driver.pump(now: phosphor_now())
    }

    /// Plays frames until something holds, each with these layers.
    func play(until isDone: (Wearer) -> Bool, layers: [HeadsetLayer] = []) throws {
        while !isDone(self) {
            try pump()
            if let driver, let frame = driver.takeFrame() { driver.end(frame, layers: layers) }
        }
    }

    /// Plays until the session has the focus and a frame was shown.
    func focus() throws {
        try play { $0.events.contains(.phase(.focused)) && FakeRuntime.change { $0.frames } > 3 }
    }

    /// The words of the end; nil while there is none.
    var lost: String? {
        for case .lost(let words, _) in events { return words }
        return nil
    }

    /// The next frame that a beat brings.
    func nextFrame() throws -> HeadsetFrame {
        while true {
            try pump()
            if let frame = try #require(driver).takeFrame() { return frame }
        }
    }

    func fake<Value>(_ path: KeyPath<FakeRuntime, Value>) -> Value {
        let copy = FakeRuntime.change { $0 }
        return copy[keyPath: path]
    }
}
