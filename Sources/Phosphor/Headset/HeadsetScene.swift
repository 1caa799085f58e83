import CSystem
import Glibc
import Guest
import Headset
import Logging
import Render
import TextGrid

/// A headset that is there, and what is drawn into it.
///
/// Each beat gives one frame: the newest picture of the sketch goes up where there is a newer one, panels are redrawn
/// where their text has changed, all goes to the compositor as layers, back to front. Nothing here waits for a guest;
/// without a new picture the last one is shown again with the eyes that it was drawn for, and the compositor moves it
/// with the head.
///
/// Holds the driver, textures and other objects of GL. `close` lets go of them in the order that drivers want, while the
/// context is current.
final class HeadsetScene {
    /// What is drawn with, and into.
    private final class Means {
        let brushes: HeadsetBrushes
        let aids: HeadsetAids
        let picture: HeadsetPicture
        let surrounding: HeadsetSurrounding
        var panels: [PanelKind: HeadsetPanel] = [:]

        init(_ driver: any HeadsetDriver, eye: ImageSize, font: Font, accent: Color) throws {
            brushes = try HeadsetBrushes(font: font)
            aids = try HeadsetAids(driver, accent: accent)
            picture = try HeadsetPicture(driver, eye: eye)
            surrounding = try HeadsetSurrounding(driver, eye: eye)
        }
    }

    let driver: any HeadsetDriver
    /// The full size of an eye's picture: what is recommended, as far as both fit side by side into one texture.
    private let full: ImageSize
    private var means: Means?
    private var layers: [HeadsetLayer] = []
    private var lastFrame: UInt64?
    /// When the runtime has last given an event or a frame.
    var heard = phosphor_now()

    /// Makes what is drawn with.
    init(_ driver: any HeadsetDriver, font: Font, accent: Color, room: HeadsetRoom) throws {
        self.driver = driver
        full = driver.eyeSize
        means = try Means(driver, eye: full, font: font, accent: accent)
        layers.reserveCapacity(16)
        room.change(
            to: .init(
                name: driver.name, refreshRate: max(1, driver.refreshRate), full: full,
                takesDepth: means?.picture.takesDepth == true))
    }

    /// Lets go of all textures, which must be gone before the driver is.
    func close() {
        layers = []
        means = nil
    }

    /// Tracking space was moved: the eyes of the last picture mean nothing any more.
    func forgetPicture() { means?.picture.forget() }

    /// Takes the frame whose beat has come, if one has: draws it, ends it, and has the next picture asked for.
    ///
    /// While nobody sees it, frames only come and go.
    func beat(_ workspace: Workspace, now: UInt64) throws(HeadsetError) -> Bool {
        guard let means, let frame = driver.takeFrame() else { return false }
        let room = workspace.room
        let next = frame.displayTime + frame.period
        layers.removeAll(keepingCapacity: true)
        if room.isShown {
            room.take(driver.views(at: frame.displayTime))
            if let move = room.spaceMove {
                room.spaceMove = nil
                workspace.movePin(move)
                means.picture.forget()
            }
            workspace.takeHands(driver.hands, now: now) { [driver] in
                driver.tick(hand: $0, strength: $1, seconds: 0.01)
            }
        }
        if frame.shouldRender, room.isShown {
            try layOut(workspace, means)
            let grids = workspace.headsetGrids(room.layouts, now: now)
            room.show(grids)
            try addPicture(workspace, means)
            try addPanels(workspace, grids, means)
            addPointers(room, means.aids)
            addMouse(workspace, means.aids, now: now)
        }
        driver.end(frame, layers: layers)
        let end = phosphor_now()
        room.count(now: end, last: lastFrame)
        (lastFrame, heard) = (end, end)
        guard room.isShown else { return true }
        room.nextViews = driver.views(at: next)
        room.isPictureDue = true
        return true
    }

    // MARK: Layers, back to front

    private func addPicture(_ workspace: Workspace, _ means: Means) throws(HeadsetError) {
        let (room, picture) = (workspace.room, means.picture)
        try picture.update(workspace)
        if let problem = picture.takeDepthProblem() {
            room.session?.takesDepth = false
            workspace.log.warning("headset: pictures go without depth: \(problem)")
        }
        (room.isWorldShown, room.isDepthShown) = (false, false)
        guard !workspace.isBlack else {
            if let black = means.aids.black(room.views) { layers.append(black) }
            return
        }
        let isThere = workspace.supervisor.shownRevision != nil || workspace.panicStill != nil
        switch picture.shown {
        case .world(let views, let planes) where isThere && views.eyes.count == 2:
            (room.isWorldShown, room.isDepthShown) = (true, planes != nil)
            layers.append(
                .world([
                    EyeImage(
                        image: picture.part(eye: 0), view: views.eyes[0],
                        depth: picture.depth(eye: 0, planes)),
                    EyeImage(
                        image: picture.part(eye: 1), view: views.eyes[1],
                        depth: picture.depth(eye: 1, planes)),
                ]))
        case .screen where isThere && room.isSettled:
            let screen = room.screen(for: picture.size)
            room.screen = screen
            try addSurrounding(room, means, screen: screen.pose)
            layers.append(
                .quad(
                    QuadImage(
                        image: picture.part, pose: screen.pose, size: screen.size, isBlended: false)
                ))
        default: try addSurrounding(room, means, screen: nil)
        }
    }

    private func addSurrounding(_ room: HeadsetRoom, _ means: Means, screen: Pose?)
        throws(HeadsetError)
    {
        if let layer = try means.surrounding.layer(room.views, screen: screen) {
            layers.append(layer)
        }
    }

    /// Has panels drawn for this headset's pixels; their textures are made when they are first needed.
    private func layOut(_ workspace: Workspace, _ means: Means) throws(HeadsetError) {
        let room = workspace.room
        guard let eye = room.views.eyes.first, room.isSettled else { return }
        let pixels = Legibility.textPixels(
            dmm: room.stand.textSize, view: eye.fieldOfView, width: driver.recommendedSize.width)
        let metrics = means.brushes.grids.metrics(
            textSize: pixels, lineHeight: Double(Legibility.lineHeight))
        guard room.layOut(textPixels: pixels, metrics: metrics) || means.panels.isEmpty else {
            return
        }
        means.panels = [:]
        try warmUp(workspace, means)
    }

    private func appearance(_ workspace: Workspace) -> GridRenderer.Appearance {
        // The compositor blends light, not bytes: as much of a bright picture comes through as it does in a window.
        let backing = 1 - pow(1 - workspace.memory.backing, 2.2)
        let pixels = workspace.room.textPixels
        var appearance = GridRenderer.Appearance(
            theme: workspace.theme, textSize: pixels, backing: backing, cornerRadius: pixels / 2,
            shadow: false)
        appearance.lineHeight = Double(Legibility.lineHeight)
        return appearance
    }

    /// Draws every usual character once, before anybody looks: the first time costs glyphs and the driver's compiler.
    private func warmUp(_ workspace: Workspace, _ means: Means) throws(HeadsetError) {
        guard let layout = workspace.room.layouts[.editor] else { return }
        var grid = Grid(columns: layout.columns, rows: layout.rows)
        grid.write(
            String(decoding: UInt8(33)...126, as: UTF8.self), column: 0, row: 0)
        grid.write(
            String(decoding: UInt8(33)...126, as: UTF8.self).suffix(40), column: 0, row: 1,
            style: Style(.accent, on: .bar))
        let panel = try HeadsetPanel(driver, layout)
        _ = try panel.update(grid, appearance(workspace), layout, means.brushes)
        means.panels[.editor] = panel
    }

    private func addPanels(
        _ workspace: Workspace, _ grids: [(PanelKind, Grid)], _ means: Means
    ) throws(HeadsetError) {
        let room = workspace.room
        means.brushes.finishes = room.measuresPanels
        let appearance = appearance(workspace)
        for (kind, grid) in grids {
            guard let layout = room.layouts[kind] else { continue }
            let panel: HeadsetPanel
            if let known = means.panels[kind] {
                panel = known
            } else {
                panel = try HeadsetPanel(driver, layout)
                means.panels[kind] = panel
            }
            if let time = try panel.update(grid, appearance, layout, means.brushes) {
                room.panelMilliseconds = time
            }
        }
        room.stand.forEachShown(backToFrontFrom: room.head.position) { place in
            guard let panel = PanelKind(rawValue: place.id).flatMap({ means.panels[$0] }),
                panel.isDrawn
            else {
                return
            }
            layers.append(
                .quad(
                    QuadImage(
                        image: panel.part, pose: place.pose, size: place.size, isBlended: true)))
        }
    }

    private func addPointers(_ room: HeadsetRoom, _ aids: HeadsetAids) {
        let eyes = room.head.position
        for (hand, state) in room.hands.enumerated() {
            guard state.isActive, let aim = state.aim else { continue }
            let aimed = room.aimed[hand]
            if let aimed { addCell(room, aids, aimed.kind, aimed.column, aimed.row) }
            if let ray = aids.ray(aim, length: aimed?.hit.distance, eyes: eyes) {
                layers.append(ray)
            }
            if let aimed, let panel = room.stand[aimed.kind.rawValue] {
                layers.append(aids.dot(aimed.hit.point, on: panel.pose, eyes: eyes))
            } else if let point = room.screenPoints[hand], let screen = room.screen {
                layers.append(aids.dot(point, on: screen.pose, eyes: eyes))
            }
        }
    }

    /// Where the desktop's mouse is: the cell on a panel, beside them a dot.
    private func addMouse(_ workspace: Workspace, _ aids: HeadsetAids, now: UInt64) {
        let room = workspace.room
        if let point = room.mousePoint {
            addCell(room, aids, point.kind, Int(point.column), Int(point.row))
        } else if let (mark, until) = room.mouseMark, !workspace.isBlack,
            until > now || workspace.clock.held != nil
        {
            let eyes = room.head.position
            let place = mark.place(
                on: room.isWorldShown ? nil : room.screen, stand: room.stand, eyes: eyes)
            layers.append(aids.dot(place.point, on: place.surface, eyes: eyes))
        }
    }

    private func addCell(
        _ room: HeadsetRoom, _ aids: HeadsetAids, _ kind: PanelKind, _ column: Int, _ row: Int
    ) {
        guard let place = room.place(ofCell: column, row, on: kind) else { return }
        layers.append(aids.cell(place.pose, size: place.size))
    }
}
