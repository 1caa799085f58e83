import CEpoxy
import CSystem
import Glibc
import Guest
import Headset
import Logging
import Render
import Terminal

/// The host's loop: one thread that owns window, GL and input, and never waits on a guest.
///
/// Between two frames it sleeps on everything that can wake it, and takes input, guests' answers and commands at once,
/// so that a keystroke is on its way to the compiler before the next frame is drawn. A new program's first picture does
/// not wait for the beat either.
final class Host {
    let workspace: Workspace
    /// What draws; nil while there is no context to draw with, after a reset.
    var panels: Panels?
    let surface: any Surface
    let font: Font
    /// When to try for a new context, and how long to wait should that fail.
    var rebuildDue: UInt64 = 0
    var rebuildPause: UInt64 = 0
    /// What looks for a headset, and has it.
    let headsets: HeadsetLink
    let supervisor: Supervisor
    private let mailbox: Mailbox
    private let socket: CommandSocket?
    private let settingsWatch = FileWatch()
    private let signals = phosphor_signal_descriptor()
    private var script: CommandSession?
    private var poller = Poller()
    private var nextFrame = phosphor_now()
    private var isFrameUrgent = false
    /// Whether the headset has had a frame since the surface was looked at.
    private var isBeatDone = false
    /// When the headset had its last frame.
    private var lastBeat: UInt64 = 0
    private var size: (width: Int, height: Int)
    /// The size that guests draw at.
    private var pictureSize: ImageSize
    /// Asked once: it is told from a text of the driver's, and wanted in each turn.
    private let isSoftware = GLQuery.isSoftware

    init(
        workspace: Workspace, font: Font, socket: CommandSocket?, script: CommandSession?,
        headset: HeadsetMode = .off, headsetSource: HeadsetSource = .runtime
    ) throws {
        self.workspace = workspace
        (surface, supervisor, mailbox) = (
            workspace.surface, workspace.supervisor, workspace.mailbox
        )
        (self.socket, self.script) = (socket, script)
        self.font = font
        panels = try Panels(font: font)
        workspace.room.hasKeyboard = surface.hasKeyboard
        size = (surface.width, surface.height)
        pictureSize = ImageSize(width: surface.width, height: surface.height)
        headsets = HeadsetLink(headsetSource, mode: headset, font: font, workspace: workspace)
        supervisor.shareImages()
        // The folder is made where it is missing, so that a first settings file is noticed, too.
        mailbox.perform({ try? AtomicFile.makeFolder(Folders.config) }) { [unowned self] _ in
            settingsWatch.watch(Folders.config)
        }
    }

    // Before the surface goes, and its context with it.
    deinit { supervisor.stopSharing() }

    /// Runs until somebody quits; gives the exit status.
    func run() throws -> Int32 {
        while true {
            if try step() { break }
        }
        workspace.remember()
        workspace.pumpMemory(now: phosphor_now(), isLast: true)
        mailbox.finish()
        workspace.endJournal()
        // Last: a runtime that hangs holds this up.
        headsets.letGo()
        return workspace.exitStatus ?? 0
    }

    /// Takes one turn: sleeps until something happens, takes it in, and draws if a frame is due.
    ///
    /// True at the end.
    func step() throws -> Bool {
        let ready = sleep()
        var now = phosphor_now()
        mailbox.drain()
        workspace.assembler.drain()
        for event in supervisor.pump(now: now) {
            if case .shown = event { isFrameUrgent = true }
            workspace.handle(event, now: now)
        }
        surface.poll { workspace.handle($0, now: phosphor_now()) }
        surface.pump(now: now)
        advanceCommands(now: now, ready: ready)
        if ready.contains(signals) { readSignals() }
        if ready.contains(settingsWatch.descriptor),
            settingsWatch.changes().contains("phosphor.toml")
        {
            reloadSettings()
        }
        workspace.pumpMemory(now: now)
        workspace.pumpWatching(isReady: ready.contains(workspace.watching.watches.descriptor))
        workspace.submitIfDue(now: now)
        if panels != nil, headsets.turn(now: now) { (isBeatDone, lastBeat) = (true, now) }
        resizePicture()
        workspace.askForPicture(now: now)
        // A command may wait for what this very turn brought about, as `wait idle` does.
        advanceCommands(now: now)
        now = phosphor_now()
        if isFrameDue(now: now) { try drawFrame(now: now) }
        return workspace.exitStatus != nil
    }

    private var period: UInt64 { UInt64(1e9 / max(1, frameRate)) }

    /// Whether somebody looks into a headset that asks for frames: then the surface is a mirror and comes second.
    ///
    /// Where beats have stopped, or nobody wears it, the window is what is looked at, and typed into.
    private var isMirror: Bool {
        workspace.room.isShown && phosphor_now() < lastBeat + Self.beatPatience
    }
    private static let beatPatience: UInt64 = 200_000_000

    /// The surface's own rate; a mirror on software GL shows less, for it takes the processors of the headset.
    private var frameRate: Double {
        guard isMirror else { return surface.refreshRate }
        return isSoftware ? 10 : min(60, surface.refreshRate)
    }

    /// Whether to draw into the surface now.
    ///
    /// A mirror is drawn right behind a frame of the headset, which has the most
    /// time then; one that nobody sees, only for a screenshot.
    private func isFrameDue(now: UInt64) -> Bool {
        guard isMirror else { return now >= nextFrame || isFrameUrgent }
        isFrameUrgent = false
        let isBehindBeat = isBeatDone || now > nextFrame + 4 * period
        isBeatDone = false
        let isLost = surface.isLost || workspace.isHostResetDrilled
        guard surface.isInteractive || isLost || workspace.wantsPixels(now: now) else {
            if now >= nextFrame { schedule(after: now) }
            return false
        }
        return now >= nextFrame && isBehindBeat
    }

    /// Has guests draw at another size where window, headset or scale want it.
    private func resizePicture() {
        let wanted = workspace.pictureSize
        guard wanted != pictureSize else { return }
        pictureSize = wanted
        supervisor.resize(width: wanted.width, height: wanted.height)
    }

    /// When to wake for the surface; a mirror that is due waits for the headset's next beat.
    private var frameDeadline: UInt64 {
        isMirror && phosphor_now() >= nextFrame
            ? min(nextFrame + 4 * period + 1, lastBeat + Self.beatPatience) : nextFrame
    }

    private func sleep() -> [Int32] {
        guard !surface.hasPendingInput else { return [] }
        var deadline = frameDeadline
        for other in [
            supervisor.nextDeadline(now: phosphor_now()), script?.deadline, socket?.deadline,
            workspace.consoleSessions.compactMap(\.deadline).min(), headsets.deadline,
        ] {
            if let other { deadline = min(deadline, other) }
        }
        return poller.wait(
            for: supervisor.descriptors + surface.pasteDescriptors + (socket?.descriptors ?? [])
                + [
                    surface.descriptor, mailbox.descriptor, workspace.assembler.descriptor, signals,
                    settingsWatch.descriptor, headsets.descriptor,
                    workspace.watching.watches.descriptor,
                ],
            until: deadline)
    }

    private func advanceCommands(now: UInt64, ready: [Int32] = []) {
        script?.advance(now: now) { workspace.perform($0, now: now) }
        socket?.advance(now: now, ready: ready) { workspace.perform($0, now: now) }
        for session in workspace.consoleSessions {
            session.advance(now: now) { workspace.perform($0, now: now) }
        }
        workspace.consoleSessions.removeAll(where: \.isFinished)
        workspace.pumpSaves(now: now)
    }

    /// Ctrl+C and a logout end the program as `quit` does.
    private func readSignals() {
        var information = [UInt8](repeating: 0, count: 128)
        if read(signals, &information, information.count) == information.count {
            workspace.exitStatus = workspace.exitStatus ?? 0
        }
    }

    private func drawFrame(now: UInt64) throws {
        guard !isWithoutContext(now: now), let panels else {
            isFrameUrgent = false
            nextFrame = now + period
            return
        }
        if size != (surface.width, surface.height) {
            size = (surface.width, surface.height)
            workspace.statistics.forgive()
        }
        panels.upload(from: workspace)
        surface.bind()
        panels.draw(workspace, now: now)
        if workspace.wantsPixels(now: now) {
            workspace.capture(Pixels.read(width: surface.width, height: surface.height), now: now)
        }
        try surface.present()
        let end = phosphor_now()
        workspace.statistics.count(now: end, period: period)
        isFrameUrgent = false
        schedule(after: end)
    }

    /// Sets the next frame's moment, on the beat.
    ///
    /// Where the display itself keeps the beat, only a hidden window's swap, which
    /// does not wait, is held back.
    private func schedule(after end: UInt64) {
        if surface.waitsForDisplay {
            nextFrame = end + period / 2
        } else if nextFrame <= end {
            // Beats that have passed are passed: catching up would only make a burst of them.
            nextFrame += period * ((end - nextFrame) / period + 1)
        }
    }

    /// Reads the settings again; a mistake leaves them as they are.
    private func reloadSettings() {
        mailbox.perform({ Settings.load() }) { [unowned self] result in
            switch result {
            case .success(let settings):
                let old = workspace.settings
                workspace.changeBudget { workspace.settings = settings }
                supervisor.memoryLimit = settings.guestMemory
                if settings.showsLive != old.showsLive {
                    _ = workspace.perform(
                        .show(settings.showsLive ? .live : .cut), now: phosphor_now())
                }
                workspace.notify("settings read again", now: phosphor_now(), seconds: 2)
            case .failure(let mistake):
                workspace.notify("\(mistake)", now: phosphor_now(), seconds: 12)
            }
        }
    }
}
