import CSystem
import Headset
import Logging
import Render
import Terminal

/// Looks for a headset, takes it, goes on without when it goes, and takes it back when it returns.
///
/// Looking may take long, so it happens in the background; opening what was found takes some milliseconds and needs the
/// window's context, so it happens on the main thread, between two frames. Window and text do not notice any of it.
final class HeadsetLink {
    private(set) var scene: HeadsetScene?
    /// When to look the next time; nil for never.
    private(set) var due: UInt64?
    private var isLooking = false
    private let source: HeadsetSource
    private let font: Font
    private unowned let workspace: Workspace
    private var room: HeadsetRoom { workspace.room }
    /// Whether somebody said that there must be one: then it is told each time that there is none.
    private let isRequired: Bool
    private var told: String?
    /// Whether a runtime hangs in this process, which can have no other one then.
    private var isHung = false

    /// How long a runtime that wants frames may give none, in nanoseconds.
    private static let patience: UInt64 = 3_000_000_000
    private static let silence = "the runtime does not answer"

    /// Between two looks, in nanoseconds.
    private static let pause: UInt64 = 3_000_000_000
    /// After a session that was refused: it is asked for on the main thread, so less and less often.
    private var refusalPause = pause
    private static let longestPause: UInt64 = 300_000_000_000

    init(_ source: HeadsetSource, mode: HeadsetMode, font: Font, workspace: Workspace) {
        (self.source, self.font, self.workspace) = (source, font, workspace)
        isRequired = mode == .require
        if mode != .off {
            room.isWanted = true
            due = phosphor_now()
        }
        workspace.headsets = self
    }

    /// What the host's loop waits on; -1 while there is nothing.
    var descriptor: Int32 { scene?.driver.descriptor ?? -1 }
    /// When the loop must look again at the latest.
    var deadline: UInt64? {
        guard let scene else { return isLooking || isHung ? nil : due }
        return scene.driver.phase == .idle ? nil : scene.heard + Self.patience
    }

    /// Takes in what the headset says, and draws its frame if one is due; whether one was.
    func turn(now: UInt64) -> Bool {
        guard let scene else {
            if let due, now >= due, !isLooking, !isHung { look() }
            return false
        }
        for event in scene.driver.pump(now: now) {
            scene.heard = now
            take(event, now: now)
        }
        guard self.scene != nil else { return false }
        do throws(HeadsetError) {
            if try scene.beat(workspace, now: now) { return true }
            giveUpIfSilent(scene, now: now)
            return false
        } catch {
            lose(error.description, now: now)
            return false
        }
    }

    /// Lets go of a runtime that wants frames and gives none for seconds.
    private func giveUpIfSilent(_ scene: HeadsetScene, now: UInt64) {
        let end = scene.heard + Self.patience
        guard scene.driver.phase != .idle, now >= end else { return }
        // Whoever was stopped oneself for that long has heard nothing, and knows nothing.
        guard now < end + Self.patience / 3 else { return scene.heard = now }
        lose(Self.silence, now: now)
    }

    private func take(_ event: HeadsetEvent, now: UInt64) {
        switch event {
        case .phase(let phase):
            let wasShown = room.isShown
            if wasShown, phase != .visible, phase != .focused {
                workspace.releaseHands()
                room.letGo()
            }
            workspace.changeBudget { room.phase = phase }
            guard room.isShown != wasShown else { return }
            workspace.surface.setMirror(room.isShown)
            workspace.statistics.forgive()
            if room.isShown, let session = room.session {
                workspace.notify("in the headset: \(session.name)", now: now)
            } else {
                workspace.notify("nobody sees the headset; going on in the window", now: now)
            }
        case .lost(let reason, mayReturn: true): lose(reason, now: now)
        case .lost(_, mayReturn: false):
            // Whoever ended it there would have it back at once, and could never leave.
            lose("ended from the headset; `headset on` takes it back", now: now)
            due = nil
        case .recentred:
            // Where the head is in the new space is known with the next views.
            room.asked.forget()
            (room.mustRecentre, room.isPictureDue) = (true, false)
            room.mouseMark = nil
            scene?.forgetPicture()
        case .refreshRate(let rate):
            workspace.changeBudget { room.session?.refreshRate = max(1, rate) }
        case .controllers: break
        }
    }

    // MARK: Coming and going

    private func look() {
        isLooking = true
        switch source {
        case .simulated(let simulated):
            isLooking = false
            guard simulated.isThere else {
                return miss("the simulated headset is away", again: true)
            }
            open { () throws(HeadsetError) in try simulated.open() }
        case .runtime:
            workspace.mailbox.performAside({ () -> Found in
                guard HeadsetSource.hasRuntime() else { return .noRuntime }
                do throws(HeadsetError) { return .headset(try OpenXRHeadset.find()) } catch {
                    return .nothing(error.description)
                }
            }) { [weak self] found in self?.take(found) }
        }
    }

    private enum Found: Sendable {
        case noRuntime
        case nothing(String)
        case headset(FoundHeadset)
    }

    private func take(_ found: Found) {
        isLooking = false
        guard room.isWanted else { return due = nil }
        switch found {
        case .noRuntime:
            miss("no OpenXR runtime is set up; `phosphor doctor` says how", again: true)
        case .nothing(let reason): miss(reason, again: true)
        case .headset(let headset):
            let log = workspace.log
            open { () throws(HeadsetError) in try headset.open { log.info("\($0)") } }
        }
    }

    private func open(_ body: () throws(HeadsetError) -> any HeadsetDriver) {
        // Without a context there is nothing to draw with; after the rebuild it is looked for again.
        guard !workspace.surface.isLost else { return miss("the driver was reset", again: true) }
        do {
            scene = try HeadsetScene(
                try body(), font: font, accent: workspace.theme.accent, room: room)
            (room.reason, told, due) = (nil, nil, nil)
            refusalPause = Self.pause
        } catch {
            room.change(to: nil)
            miss("\(error)", again: true)
            if due != nil { due = phosphor_now() + refusalPause }
            refusalPause = min(2 * refusalPause, Self.longestPause)
        }
    }

    /// There is none at the moment.
    private func miss(_ reason: String, again: Bool) {
        let now = phosphor_now()
        due = again && room.isWanted ? now + Self.pause : nil
        room.reason = reason
        guard told != reason else { return }
        told = reason
        if isRequired {
            workspace.notify("no headset: \(reason)", now: now, seconds: 10)
            complain("phosphor: no headset yet: \(reason)")
        } else {
            workspace.log.info("no headset: \(reason)")
        }
    }

    private func lose(_ reason: String, now: UInt64) {
        letGo()
        room.reason = isHung ? Self.silence : reason
        told = reason
        due = room.isWanted && !isHung ? now + Self.pause / 6 : nil
        workspace.notify(
            "the headset has gone (\(reason)); going on in the window", now: now, seconds: 8)
    }

    /// Lets go of everything of the headset: its textures first, then the driver.
    ///
    /// The context must be current, though it may be lost. What belongs to a runtime that hangs stays for good: each
    /// call would wait for it.
    func letGo() {
        guard let old = scene else { return }
        scene = nil
        workspace.releaseHands()
        if old.driver.stop() {
            old.close()
        } else {
            _ = Unmanaged.passRetained(old)
            isHung = true
            room.reason = Self.silence
            workspace.log.warning("headset: \(Self.silence); it is not looked for again")
        }
        workspace.changeBudget { room.change(to: nil) }
        workspace.surface.setMirror(false)
        workspace.statistics.forgive()
    }

    /// The window's context was lost: the session went with it, and is opened anew after the rebuild.
    func contextWasLost(now: UInt64) {
        guard scene != nil else { return }
        letGo()
        due = isHung ? nil : now
    }

    // MARK: Commands

    /// The command `headset on`.
    func turnOn(now: UInt64) -> Outcome {
        guard !isHung else {
            return .failed("no headset: \(Self.silence); end it, and start Phosphor anew")
        }
        room.isWanted = true
        refusalPause = Self.pause
        if scene == nil { due = now }
        (told, room.reason) = (nil, nil)
        let end = now + 10_000_000_000
        return .waiting(
            Wait(deadline: end) { [unowned self] now in
                if room.isShown { return .done() }
                if let reason = room.reason { return .failed("no headset: \(reason)") }
                return now >= end ? .failed("no headset came within 10 s") : nil
            })
    }

    /// The command `headset off`.
    func turnOff(now: UInt64) {
        room.isWanted = false
        due = nil
        scene?.driver.requestExit()
        letGo()
        room.reason = isHung ? Self.silence : "turned off"
    }

    /// The command `simulate`; what it says has happened once some frames have gone by.
    func simulate(_ line: String, now: UInt64) -> Outcome {
        guard case .simulated(let source) = source else {
            return .failed(
                "there is no simulated headset: start Phosphor with PHOSPHOR_HEADSET=simulated")
        }
        do throws(HeadsetError) { try source.simulate(line) } catch {
            return .failed(error.description)
        }
        if line == "back" { due = now }
        let before = room.statistics.frames
        let end = now + 2_000_000_000
        return .waiting(
            Wait(deadline: end) { [unowned self] now in
                !room.isShown || room.statistics.frames > before + 2 || now >= end ? .done() : nil
            })
    }

    /// The command `headset picture`: what an eye is shown, once all that was said before has come to be seen.
    func picture(eye: Int, to path: String, now: UInt64) -> Outcome {
        guard case .simulated(let source) = source else {
            return .failed("only of a simulated headset is it known what it shows")
        }
        let (before, asked) = (room.statistics.frames, workspace.picturesAsked)
        let end = now + 2_000_000_000
        var written: Outcome?
        var isTaken = false
        return .waiting(
            Wait(deadline: end) { [unowned self] now in
                if let written { return written }
                guard let headset = source.headset, room.isShown else {
                    return .failed("there is no headset at this moment")
                }
                let isNew =
                    workspace.newestPicture > asked || workspace.sketch.shown == nil
                    || workspace.isBlack || workspace.panicStill != nil
                guard !isTaken, room.statistics.frames > before + 2, isNew || now >= end else {
                    return nil
                }
                isTaken = true
                do {
                    workspace.mailbox.writePicture(try headset.eyePicture(eye: eye), to: path) {
                        written = $0.map { .failed($0) } ?? .done()
                    }
                } catch { return .failed("\(error)") }
                return nil
            })
    }
}
