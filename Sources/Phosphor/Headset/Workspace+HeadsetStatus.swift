import Editor
import Guest
import Headset
import Render
import Terminal
import TextGrid

/// Figures that change with every frame, as panels in a headset show them: taken twice a second.
///
/// A panel is redrawn when its text changes, and nothing is to flicker there that nobody has touched.
struct CalmFigures {
    private var due: UInt64 = 0
    var gpuMilliseconds: Double?
    var recentGPUMilliseconds: [Double] = []
    var rate = 0.0
    var late = 0

    /// Whether it is time to take them again.
    mutating func isDue(_ now: UInt64) -> Bool {
        guard now >= due else { return false }
        due = now + 500_000_000
        return true
    }
}

extension Workspace {
    /// The panels of the headset, as text.
    func headsetGrids(_ places: [PanelKind: PanelLayout], now: UInt64) -> [(PanelKind, Grid)] {
        guard !places.isEmpty else { return [] }
        var result = grids(places, now: now)
        if let line = headsetLine(now: now) { result.append((.headset, line)) }
        return result
    }

    /// Replaces figures of a snapshot that would have a panel redrawn each frame.
    func calm(_ chrome: inout EditorChrome, now: UInt64) {
        guard room.isShown, clock.held == nil else { return }
        if room.calm.isDue(now) {
            room.calm.gpuMilliseconds = chrome.gpuMilliseconds
            room.calm.recentGPUMilliseconds = chrome.recentGPUMilliseconds
            (room.calm.rate, room.calm.late) = (room.statistics.rate, room.statistics.missed)
        }
        chrome.gpuMilliseconds = room.calm.gpuMilliseconds
        chrome.recentGPUMilliseconds = room.calm.recentGPUMilliseconds
        (chrome.rate, chrome.late) = (room.calm.rate, room.calm.late)
    }

    /// The line under the editor: the last chord, or that tracking is lost, or the keyboard elsewhere; scale, text, size in the world.
    private func headsetLine(now: UInt64) -> Grid? {
        guard isEditorShown || isConsoleShown || !room.hasKeyboard || room.isTrackingLost,
            let cells = HeadsetRoom.cells[.headset]
        else { return nil }
        var grid = Grid(columns: cells.columns, rows: 1)
        var column = 1
        if room.isTrackingLost {
            column = grid.write(
                "● tracking is lost: the headset does not know where it is",
                column: column, row: 0, style: Style(.error))
        } else if !room.hasKeyboard {
            column = grid.write(
                "● the keyboard is elsewhere: the lower button, or a press here, asks for it",
                column: column, row: 0, style: Style(.error))
        } else if let chord = room.chord, chord.until > now || clock.held != nil {
            column = grid.write(chord.text, column: column, row: 0, style: Style(.accent))
        }
        let world =
            room.rig.scale == 1 ? "" : " · world \(Self.oneDecimal(Double(room.rig.scale)))"
        let text =
            "scale \(scaleWords) · text \(Int(room.stand.textSize.rounded())) dmm\(world)"
        let start = grid.columns - 1 - text.count
        if start > column + 1 {
            grid.write(text, column: start, row: 0, style: Style(.secondary))
        }
        return grid
    }

    /// Notes a key that was a command, for the line that says so.
    func noteChord(_ chord: KeyChord, _ line: String, now: UInt64) {
        guard room.isShown else { return }
        let text = "\(Keymap.caption(chord)) · \(line)"
        room.chord = (text.count > 40 ? text.prefix(39) + "…" : text, now + 2_500_000_000)
    }

    /// The headset's part of `status`.
    var headsetStatus: Status.Headset {
        var status = Status.Headset(
            phase: room.session != nil ? room.phase.rawValue : room.isWanted ? "none" : "off")
        status.reason = room.session == nil ? room.reason : nil
        status.text = Double(room.stand.textSize)
        (status.keyboard, status.isScaleAutomatic) = (room.hasKeyboard, room.scale.isAutomatic)
        guard let session = room.session else { return status }
        (status.name, status.refreshRate) = (session.name, session.refreshRate)
        (status.frames, status.missed) = (room.statistics.frames, room.statistics.missed)
        status.p99Milliseconds = room.p99
        status.scale = Self.rounded(room.scale.value)
        status.views = room.isWorldShown ? 2 : 1
        status.depth = room.isDepthShown
        status.images = supervisor.frames.words
        status.head = Self.figures(room.head)
        if let panel = room.stand[PanelKind.editor.rawValue], panel.isShown {
            status.panel =
                Self.figures(panel.pose) + [panel.width, panel.height].map { Self.rounded($0) }
        }
        status.panelMilliseconds = room.panelMilliseconds
        return status
    }

    /// A place in metres, a yaw and a pitch in degrees.
    private static func figures(_ pose: Pose) -> [Double] {
        [
            pose.position.x, pose.position.y, pose.position.z,
            pose.orientation.yaw * 180 / .pi, pose.orientation.pitch * 180 / .pi,
        ].map(rounded)
    }

    private static func rounded(_ value: Float) -> Double {
        (Double(value) * 1000).rounded() / 1000
    }
}
