import Editor
import Guest
import Headset
import Terminal

/// A revision that is kept as safe, with the picture that it had when it was pinned.
struct Pin {
    var sketch: OpenSketch
    var revision: RevisionID
    /// The trial by which the guests know it.
    var trial: Int
    var still: Still

    /// Pixels that are the host's own: no guest, and no loss of a context, takes them away.
    struct Still {
        var width: Int
        var height: Int
        /// RGBA, bottom row first.
        var bytes: [UInt8]
        /// The eyes that a picture of a world was drawn for.
        var views: HeadViews?
    }
}

extension Workspace {
    /// Whether a panic shows nothing at all.
    var isBlack: Bool { isPanicking && pinned == nil }

    /// The command `pin`: what is on screen is safe from now on.
    func pin(now: UInt64) -> Outcome {
        guard !isPanicking else {
            return fail("a panic holds the picture: Shift+Escape lets it go, then pin")
        }
        defer { supervisor.releasePicture() }
        guard let picture = supervisor.picture, let (owner, revision) = trials[picture.revision],
            supervisor.pin(picture.revision)
        else { return fail("there is no good picture to pin yet") }
        let pixels = UnsafeRawBufferPointer(
            start: picture.pixels, count: 4 * picture.width * picture.height)
        pinned = Pin(
            sketch: owner, revision: revision, trial: picture.revision,
            still: .init(
                width: picture.width, height: picture.height, bytes: Array(pixels),
                views: picture.state.views.count == 2 ? room.asked[picture.state.tag]?.views : nil))
        notify(
            "revision \(revision.number) is pinned: Shift+Escape shows it", now: now, seconds: 3)
        return .done()
    }

    /// The command `unpin`; in a panic the picture is black from then on.
    func unpin() {
        pinned = nil
        supervisor.pin(nil)
    }

    /// The pinned revision, where it is one of the sketch in hand.
    var pinnedHere: RevisionID? { pinned.flatMap { $0.sketch === sketch ? $0.revision : nil } }

    /// Tracking space was moved: the eyes of a pinned picture are where they were in the room.
    func movePin(_ move: Pose) {
        guard var views = pinned?.still.views else { return }
        for index in views.eyes.indices { views.eyes[index].pose = move * views.eyes[index].pose }
        pinned?.still.views = views
    }

    /// The command `panic`: black or the pinned revision; again, what was there before.
    func panic() {
        isPanicking.toggle()
        if isPanicking {
            if pinned != nil { supervisor.panic() }
        } else {
            supervisor.endPanic()
        }
    }

    /// Whether the pinned revision is on screen with pictures of its own.
    var isPanicLive: Bool { pinned.map { $0.trial == trialOnScreen } ?? false }

    /// The kept picture, as long as a panic has no live one; nil otherwise.
    var panicStill: Pin? {
        isPanicking && !isPanicLive ? pinned : nil
    }

    /// Lets go of a pinned revision that turned out to be none to rely on.
    func unpinLost(_ owner: OpenSketch, _ revision: RevisionID, _ verdict: Verdict, now: UInt64) {
        switch verdict {
        case .hung, .crashed: break
        default: return
        }
        guard let pinned, pinned.sketch === owner, pinned.revision == revision else { return }
        unpin()
        notify(
            "the pinned revision \(verdict.name): it is not pinned any more", now: now, seconds: 8)
    }
}
