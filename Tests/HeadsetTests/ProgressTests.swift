import COpenXR
import Testing

@testable import Headset

/// What each state of a session asks for.
struct ProgressTests {
    @Test func aSessionBeginsOnceAndEndsOnce() {
        var progress = XRProgress(runtime: "Fake 1.0")
        #expect(progress.take(XR_SESSION_STATE_IDLE) == .none)
        // Nothing has begun, so there is nothing to end.
        #expect(progress.take(XR_SESSION_STATE_STOPPING) == .none)
        #expect(progress.take(XR_SESSION_STATE_READY) == .begin)
        #expect(progress.phase == .idle)
        progress.began()
        #expect(progress.phase == .synchronized)
        #expect(progress.take(XR_SESSION_STATE_READY) == .none)
        #expect(progress.take(XR_SESSION_STATE_FOCUSED) == .none)
        #expect(progress.phase == .focused)
        #expect(progress.take(XR_SESSION_STATE_STOPPING) == .end)
        progress.ended()
        #expect(progress.phase == .idle)
        #expect(!progress.isRunning)
    }

    @Test func anEndIsToldByWhoWantedIt() {
        for isLeaving in [false, true] {
            var progress = XRProgress(runtime: "Fake 1.0")
            progress.isLeaving = isLeaving
            guard case .lost(let words, let mayReturn) = progress.take(XR_SESSION_STATE_EXITING)
            else {
                Issue.record("goes on")
                continue
            }
            #expect(!mayReturn, "whoever ended it does not want it back")
            #expect(words.contains(isLeaving ? "as asked" : "Fake 1.0 has ended the session"))
        }
    }

    @Test func aStateOfALaterVersionChangesNothing() {
        var progress = XRProgress(runtime: "Fake 1.0")
        progress.began()
        #expect(progress.take(XrSessionState(4711)) == .none)
        #expect(progress.phase == .synchronized)
        #expect(progress.isRunning)
    }
}
