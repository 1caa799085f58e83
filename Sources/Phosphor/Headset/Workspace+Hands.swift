import Headset
import Terminal

extension Workspace {
    /// Takes in what the hands do, once a frame of the headset.
    ///
    /// - Parameter tick: has a controller tick, by hand and strength.
    func takeHands(_ hands: [HandState], now: UInt64, tick: (Int, Float) -> Void) {
        let eyes = room.head.position
        var (walk, rise) = (SIMD2<Float>(), Float(0))
        let seconds = room.lastMoved.map { Float(now - min(now, $0)) / 1e9 } ?? 0
        for index in 0..<min(2, hands.count) {
            let (hand, before) = (room.menus[index].take(hands[index]), room.hands[index])
            room.hands[index] = hand
            if hand.isToggling, !before.isToggling { _ = perform(.editor(.toggle), now: now) }
            if hand.isCalling, !before.isCalling { callForKeyboard(now: now) }
            if hand.isStickPressed, !before.isStickPressed { room.goToStart() }
            let stick = hold(index, hand, before, seconds: seconds, eyes: eyes)
            point(index, hand, seconds: seconds, now: now, tick: tick)
            guard let stick, room.aimed[index] == nil else { continue }
            // The left stick goes, the right one turns and rises.
            if index == 0 {
                walk += stick
            } else {
                turn(stick.x)
                if abs(stick.y) > Rig.deadZone * 2 { rise += stick.y }
            }
        }
        follow(eyes: eyes)
        room.move(stick: walk, rise: rise, now: now)
    }

    private func turn(_ stick: Float) {
        if abs(stick) < 0.4 { room.hasTurned = false }
        guard abs(stick) > 0.7, !room.hasTurned else { return }
        room.hasTurned = true
        room.rig.snapTurn(right: stick > 0, head: room.head)
    }

    /// Takes, moves and lets go of panels; gives the thumbstick where no panel needs it.
    private func hold(
        _ index: Int, _ hand: HandState, _ before: HandState, seconds: Float, eyes: SIMD3<Float>
    ) -> SIMD2<Float>? {
        if holdScreen(index, hand, seconds: seconds, eyes: eyes) { return nil }
        let isHolding = room.stand.held(hand: index) != nil
        guard let aim = hand.aim, hand.isActive else {
            if isHolding { letGo(index, eyes: eyes) }
            return nil
        }
        if !isHolding {
            guard hand.isGrabbing, !before.isGrabbing else { return hand.stick }
            room.holdsByEdge[index] = false
            if room.stand.grab(hand: index, aim: aim) == nil { _ = room.grabScreen(index, aim) }
            return nil
        }
        let keeps = room.holdsByEdge[index] ? hand.isSelecting : hand.isGrabbing
        guard keeps, let id = room.stand.held(hand: index) else {
            letGo(index, eyes: eyes)
            return nil
        }
        if abs(hand.stick.y) > Rig.deadZone {
            room.stand.push(hand: index, hand.stick.y * seconds, aim: aim, eyes: eyes)
        }
        room.stand.move(hand: index, aim: aim, eyes: eyes)
        if abs(hand.stick.x) > Rig.deadZone {
            room.stand.scale(id, by: 1 + hand.stick.x * seconds * 0.5, eyes: eyes)
        }
        return nil
    }

    private func letGo(_ index: Int, eyes: SIMD3<Float>) {
        let id = room.stand.held(hand: index)
        room.stand.release(hand: index, eyes: eyes)
        room.holdsByEdge[index] = false
        if let id { rememberPlace(id) }
    }

    /// Has a panel's place written down, as where the user put it.
    func rememberPlace(_ id: Int) {
        guard let panel = room.stand[id], let kind = PanelKind(rawValue: id),
            let size = room.size(of: kind)
        else { return }
        memory.headset.panels[kind.name] = HeadsetMemory.Place(panel.pose, size: size)
        remember()
    }

    /// Points with a hand: at panels with cells, at the screen with the sketch's own mouse.
    private func point(
        _ index: Int, _ hand: HandState, seconds: Float, now: UInt64, tick: (Int, Float) -> Void
    ) {
        let isFree =
            room.stand.held(hand: index) == nil && room.screen?.isHeld(by: index) != true
        let ray = isFree && hand.isActive ? hand.aim.map { Ray(aim: $0) } : nil
        let step = room.pointers[index].update(
            ray, isPressed: hand.isSelecting, stand: room.stand)
        let before = room.aimed[index]
        (room.aimed[index], room.screenPoints[index]) = (nil, nil)
        if step.isOnPicture {
            aimAtScreen(index, ray, step)
        } else if let hit = step.hit, let place = room.point(hit) {
            let aimed = Aimed(
                kind: place.kind, column: Int(place.column.rounded(.down)),
                row: Int(place.row.rounded(.down)), hit: hit)
            room.aimed[index] = aimed
            if step.isPress, !hit.edges.isEmpty, let aim = hand.aim {
                // For controllers without a squeeze.
                room.holdsByEdge[index] = room.stand.grab(hand: index, aim: aim) != nil
            } else if step.isPress {
                room.pressing = index
                press(place, now: now)
                tick(index, 0.6)
            } else if room.pressing == index, hand.isSelecting {
                drag(to: place)
            }
            if step.isEntry || before?.kind != aimed.kind || before?.row != aimed.row {
                tick(index, 0.2)
            }
            if abs(hand.stick.y) > Rig.deadZone {
                scroll(place.kind, rows: Double(hand.stick.y * seconds) * 24)
            }
        }
        if step.isRelease, room.pressing == index {
            room.pressing = nil
            releasePointer()
        }
    }

    /// The sketch's mouse by a ray on the screen.
    private func aimAtScreen(_ index: Int, _ ray: Ray?, _ step: Pointer.Step) {
        guard let screen = room.shownScreen, let ray else { return }
        if room.pressing != index, let met = screen.meets(ray), met.isRim {
            room.screenPoints[index] = met.point
            // For controllers without a squeeze.
            if step.isPress, let aim = room.hands[index].aim {
                room.holdsByEdge[index] = room.grabScreen(index, aim)
            }
            return
        }
        guard
            let met = screen.mouse(
                ray, picture: room.eyeSize, captured: room.pressing == index)
        else { return }
        room.screenPoints[index] = ray.point(at: met.distance)
        if step.isPress {
            room.pressing = index
            mouse.press(x: met.place.x, y: met.place.y)
        } else if room.pressing == index {
            mouse.move(x: met.place.x, y: met.place.y)
        }
    }

    /// Has the panel or the screen that the keyboard has hold of go where the head looks.
    private func follow(eyes: SIMD3<Float>) {
        guard let before = room.followed else { return }
        let head = room.head.orientation
        room.followed = head
        var turn = before.yaw - head.yaw
        if turn > .pi { turn -= 2 * .pi }
        if turn < -.pi { turn += 2 * .pi }
        let up = head.pitch - before.pitch
        if room.stand.carried != nil {
            room.stand.drag(right: turn, up: up, eyes: eyes)
        } else if room.screen?.isCarried == true {
            room.screen?.drag(right: turn, up: up, eyes: eyes)
        }
    }
}
