import CSystem
import FoundationEssentials
import Guest
import Headset
import Render
import Terminal

/// A picture that somebody asked for.
struct ScreenshotRequest {
    var path: String
    /// The newest state that was asked for by then: a picture of it, or of an older one, is too old.
    var after: UInt64
    /// When to take what there is, since no new picture comes.
    var deadline: UInt64
    var isTaken = false
    var result: Outcome?
}

extension Mailbox {
    /// Writes a picture in the background, with the folders on the way; `reply` gets what went wrong, nil where nothing.
    func writePicture(_ pixels: Pixels, to path: String, reply: @escaping (String?) -> Void) {
        perform(
            {
                do {
                    try AtomicFile.makeFolder(Folders.parent(of: path))
                    try AtomicFile.write(pixels.pngData(), to: path)
                    return nil
                } catch { return "\(error)" }
            }, reply: reply)
    }
}

extension Workspace {
    /// Takes note of a picture that goes to the screen now.
    func pictureArrived(_ picture: Picture) {
        // A headset and the window that mirrors it each take it, when it suits them.
        guard picture.sequence > arrivedSequence else { return }
        arrivedSequence = picture.sequence
        if trialOnScreen != picture.revision { timesOnScreen.removeAll(keepingCapacity: true) }
        trialOnScreen = picture.revision
        newestPicture = picture.state.tag
        if let nanoseconds = picture.gpuNanoseconds {
            gpuTimes.append(Double(nanoseconds) / 1e6)
            if gpuTimes.count > 120 { gpuTimes.removeFirst(60) }
            timesOnScreen.append(Double(nanoseconds) / 1e6)
            if timesOnScreen.count > 9 { timesOnScreen.removeFirst() }
            noteScale(picture, Double(nanoseconds) / 1e6)
        }
    }

    /// Asks the front guest for the sketch's next picture, if it has the time.
    func askForPicture(now: UInt64) {
        clock.advance(to: now)
        guard wantsPicture(now: now), supervisor.canTakeFrame(now: now) else { return }
        clock.beginFrame()
        endEvents()
        picturesAsked += 1
        var state = DrawState()
        state.tag = picturesAsked
        state.time = clock.time
        state.timeDelta = clock.delta
        state.frame = clock.frame
        state.frameRate = clock.frameRate
        state.date = clock.date
        state.mouse = mouse.value()
        state.pointer = mouse.pointer
        state.keyboard = pictureKeys.take()
        room.prepare(
            &state, surroundings,
            window: ImageSize(width: surface.width, height: surface.height))
        supervisor.requestFrame(state)
    }

    /// The command `screenshot`: the first frame composed after all that was said before, once it is on disk.
    func screenshot(_ path: String?, now: UInt64) -> Outcome {
        let absolute = path.map { Folders.absolute($0) } ?? Self.pictureName(wallSeconds)
        let ticket = nextScreenshot
        nextScreenshot += 1
        screenshotTickets[ticket] = ScreenshotRequest(
            path: absolute, after: picturesAsked, deadline: now + Self.screenshotLimit)
        return .waiting(
            Wait(deadline: nil) { [unowned self] _ in
                guard let result = screenshotTickets[ticket]?.result else { return nil }
                screenshotTickets[ticket] = nil
                if path == nil, case .done = result {
                    notify(
                        "picture saved as \(Folders.shown(absolute))", now: phosphor_now(),
                        seconds: 2)
                }
                return result
            })
    }

    /// How long a picture is waited for, in nanoseconds.
    ///
    /// Guests that die in a row, on a machine with much else to do, need their time to come up again.
    private static var screenshotLimit: UInt64 { 30_000_000_000 }

    /// A path in the user's folder of pictures, named after the moment.
    private static func pictureName(_ seconds: Double) -> String {
        let date = Date(timeIntervalSince1970: seconds)
        let parts = Calendar.current.dateComponents([.year, .month, .day], from: date)
        let day = [parts.year, parts.month, parts.day].map { value in
            let value = value ?? 0
            return value < 10 ? "0\(value)" : "\(value)"
        }.joined(separator: "-")
        let time = clockText(seconds).replacing(":", with: "")
        return "\(Folders.home)/Pictures/phosphor-\(day)-\(time).png"
    }

    /// Whether a screenshot wants the frame that is being drawn.
    func wantsPixels(now: UInt64) -> Bool {
        screenshotTickets.values.contains { isReady($0, now: now) }
    }

    private func isReady(_ request: ScreenshotRequest, now: UInt64) -> Bool {
        guard !request.isTaken else { return false }
        // Nothing to wait for where no guest draws anything.
        return newestPicture > request.after || sketch.shown == nil || isBlack
            || (isPanicking && !isPanicLive)
            || now >= request.deadline
    }

    /// Takes a composed frame for all screenshots that wait for one, and writes them in the background.
    func capture(_ pixels: Pixels, now: UInt64) {
        for (ticket, request) in screenshotTickets where isReady(request, now: now) {
            screenshotTickets[ticket]?.isTaken = true
            let path = request.path
            let isOld = now >= request.deadline
            mailbox.writePicture(pixels, to: path) { [unowned self] problem in
                screenshotTickets[ticket]?.result =
                    problem.map { .failed($0) }
                    ?? .done(isOld ? "no new picture came in 30 s: this is the last one" : nil)
                // Whoever asked may have gone away: what nobody fetches is forgotten in time.
                screenshotTickets = screenshotTickets.filter { $0.key > nextScreenshot - 64 }
            }
        }
    }
}
