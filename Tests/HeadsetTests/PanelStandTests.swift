import Headset
import TestSupport
import Testing

private let (editor, console, errors, status, prompt) = (1, 2, 3, 4, 5)

/// Editor, status, console, error layer and prompt, as the program has them.
private func fresh(textSize: Float = Legibility.standard) -> PanelStand {
    var stand = PanelStand(textSize: textSize)
    stand.add(id: editor, seat: .middle, ems: SIMD2(49.2, 29.3))
    stand.add(id: status, seat: .below, ems: SIMD2(49.2, 1.8))
    stand.add(id: console, seat: .below, ems: SIMD2(49.2, 10))
    stand.add(id: errors, seat: .right, ems: SIMD2(26, 14))
    stand.add(id: prompt, seat: .front, ems: SIMD2(40, 1.8))
    return stand
}

/// Panels are brought up where the user looks, and stay there.
struct PanelStandTests {
    @Test func theToggleBringsTheEditorBeforeTheEyes() throws {
        var stand = fresh()
        stand.toggle(editor, head: head(yaw: 40))
        let panel = try #require(stand[editor])
        #expect(panel.isShown)
        let away = panel.pose.position - head().position
        #expect(abs(distance(panel.pose.position, head().position) - 1.35) < 1e-3)
        #expect(abs(degrees(panel.pose.orientation.yaw) - 40) < 0.01, "faces the user")
        #expect(away.y < 0 && away.y > -0.15, "a little below the eyes: \(away.y)")
        #expect(abs(panel.dmm(from: head().position) - 20) < 0.01)
        #expect(panel.width > 1.2 && panel.width < 1.5, "\(panel.width) m")
    }

    @Test func whoLooksAtTheCeilingOrTheKeysStillGetsAnUprightPanel() throws {
        for (pitch, expected) in [(80, 15), (-80, -20), (10, 6), (0, -4)] as [(Float, Float)] {
            var stand = fresh()
            stand.toggle(editor, head: head(pitch: pitch))
            let pose = try #require(stand[editor]).pose
            #expect(abs(degrees(pose.orientation.pitch) - expected) < 0.01)
            #expect(abs(pose.orientation.rotate(SIMD3(1, 0, 0)).y) < 1e-5, "no roll")
        }
    }

    /// Nothing is locked to the head, and off and on again changes nothing for somebody who still faces it.
    @Test(arguments: 0..<40) func itStaysWhereItWasPut(seed: Int) throws {
        var chance = Seeded(seed: seed)
        let first = chance.head()
        var stand = fresh()
        stand.toggle(editor, head: first)
        let place = try #require(stand[editor]).pose
        let later = Pose(
            position: first.position
                + SIMD3(chance.number(-0.3...0.3), 0, chance.number(-0.3...0.3)),
            orientation: Quaternion(
                yaw: first.orientation.yaw + chance.number(-0.6...0.6),
                pitch: chance.number(-1.4...1.4)))
        stand.toggle(editor, head: later)
        #expect(stand[editor]?.isShown == false)
        stand.toggle(editor, head: later)
        #expect(stand[editor]?.isShown == true)
        #expect(isNear(try #require(stand[editor]).pose, place))
    }

    @Test func whoHasTurnedAwayGetsItWhereTheyLookNow() throws {
        var stand = fresh()
        stand.toggle(editor, head: head())
        stand.toggle(editor, head: head())
        stand.toggle(editor, head: head(yaw: 90))
        #expect(abs(degrees(try #require(stand[editor]).pose.orientation.yaw) - 90) < 0.01)
        // And who has walked away.
        stand.toggle(editor, head: head())
        stand.toggle(editor, head: head(0, 4, yaw: 90))
        #expect(
            abs(distance(try #require(stand[editor]).pose.position, head(0, 4).position) - 1.35)
                < 1e-3)
        // And who stands behind it: nobody reads from there.
        stand.toggle(editor, head: head())
        stand.recentre(head: head())
        stand.toggle(editor, head: head(0, -3, yaw: 180))
        #expect(abs(degrees(try #require(stand[editor]).pose.orientation.yaw)) > 179)
    }

    @Test func theOthersStandAroundTheEditor() throws {
        var stand = fresh()
        for panel in stand.panels { stand.show(panel.id, head: head()) }
        let (mine, low, side, line, front) = (
            try #require(stand[editor]), try #require(stand[console]), try #require(stand[errors]),
            try #require(stand[status]), try #require(stand[prompt])
        )
        #expect(line.pose.position.y < mine.pose.position.y - 0.35)
        #expect(low.pose.position.y < line.pose.position.y - 0.1)
        #expect(side.pose.position.x > 0.8, "at the right")
        #expect(distance(front.pose.position, head().position) < 1.2, "before the editor")
        for panel in stand.panels {
            let away = panel.pose.position - head().position
            let facing = (panel.pose.orientation.forward * away).sum()
            #expect(abs(facing - distance(panel.pose.position, head().position)) < 1e-3)
            #expect(abs(panel.dmm(from: head().position) - 20) < 0.05)
        }
    }

    /// Looked at from the eyes, no panel covers another one, but for what stands in front.
    @Test(arguments: 0..<60) func noSeatCoversAnother(seed: Int) {
        var chance = Seeded(seed: seed)
        var stand = PanelStand(textSize: chance.number(12...28), distance: chance.number(1.2...1.5))
        let seats: [PanelSeat] = [.middle, .below, .below, .right, .left, .above]
        for (id, seat) in seats.enumerated() {
            stand.add(id: id, seat: seat, ems: SIMD2(chance.number(10...50), chance.number(2...18)))
        }
        let head = chance.head()
        for panel in stand.panels { stand.show(panel.id, head: head) }
        for panel in stand.panels {
            for (x, y) in [(-0.5, -0.5), (0.5, -0.5), (-0.5, 0.5), (0.5, 0.5), (0, 0)]
                as [(Float, Float)]
            {
                let point = panel.pose.transform(SIMD3(x * panel.width, y * panel.height, 0))
                let ray = Ray(origin: head.position, direction: point - head.position)
                for other in stand.panels where other.id != panel.id {
                    let covered = stand.hit(ray, on: other.id)?.isInside ?? false
                    // Beside each other at a slant the corners of those in different rows may come close.
                    let isDiagonal =
                        panel.seat != .middle && other.seat != .middle
                        && panel.seat != other.seat
                    #expect(!covered || isDiagonal, "\(panel.seat) is covered by \(other.seat)")
                }
            }
        }
    }

    @Test func aPlaceDoesNotDependOnWhatElseIsOpen() throws {
        var alone = fresh()
        alone.show(console, head: head())
        var after = fresh()
        for id in [editor, status, errors, console] { after.show(id, head: head()) }
        #expect(isNear(try #require(alone[console]).pose, try #require(after[console]).pose))
    }

    @Test func aPanelThatGrowsInItsPlaceKeepsTheOthersClear() throws {
        var stand = fresh()
        for id in [editor, errors] { stand.show(id, head: head()) }
        let top = try #require(stand[errors]).pose.transform(SIMD3(0, 7 * 0.027, 0))
        stand.setEms(errors, SIMD2(26, 20))
        let now = try #require(stand[errors])
        #expect(abs(now.height - 20 * 0.027) < 1e-4)
        #expect(distance(now.pose.transform(SIMD3(0, now.height / 2, 0)), top) < 0.02)
    }

    @Test func textCanBeMadeLargerAsFarAsItGoes() throws {
        var stand = fresh()
        stand.show(editor, head: head())
        stand.setTextSize(30)
        #expect(stand.textSize == 30)
        #expect(abs(try #require(stand[editor]).dmm(from: head().position) - 30) < 0.01)
        stand.setTextSize(90)
        #expect(stand.textSize == 50)
        stand.setTextSize(1)
        #expect(stand.textSize == 12)
        stand.setTextSize(.nan)
        #expect(stand.textSize == 12)
    }

    @Test func recentringCallsAllToTheMiddle() throws {
        var stand = fresh()
        for id in [editor, console] { stand.show(id, head: head()) }
        stand.place(console, at: Pose(position: SIMD3(1, 2, 1)))
        stand.recentre(head: head(1, 1, yaw: -70))
        var expected = fresh()
        for id in [editor, console] { expected.show(id, head: head(1, 1, yaw: -70)) }
        for id in [editor, console] {
            #expect(isNear(try #require(stand[id]).pose, try #require(expected[id]).pose))
        }
    }

    @Test func layersComeFarthestFirst() {
        var stand = fresh()
        for id in [prompt, editor, errors] { stand.show(id, head: head()) }
        stand.place(errors, at: Pose(position: SIMD3(0, 1.6, -4)))
        var ids: [Int] = []
        stand.forEachShown(backToFrontFrom: head().position) { ids.append($0.id) }
        #expect(ids == [errors, editor, prompt])
    }

    @Test func numbersThatAreNoneDoNoHarm() throws {
        var stand = fresh()
        stand.setEms(editor, SIMD2(.nan, -3))
        stand.show(editor, head: head())
        #expect(try #require(stand[editor]).size.min() > 0)
        stand.show(99, head: head())
        stand.hide(99)
        stand.toggle(99, head: head())
        #expect(stand[99] == nil)
    }

    @Test func whoTakesAnotherPanelHasLetGoOfTheFirst() {
        var stand = fresh()
        for id in 1...2 { stand.show(id, head: head()) }
        #expect(stand.carry(1) && stand.carry(2))
        #expect(stand.carried == 2)
    }

    /// Whatever is done to panels, and with whatever numbers, they stay upright, sized and somewhere
    /// (`checkInvariants`, which every change calls).
    @Test(arguments: 0..<60) func nothingBringsThemOutOfOrder(seed: Int) {
        var chance = Seeded(seed: seed)
        var stand = fresh()
        func number() -> Float {
            switch chance.whole(0...30) {
            case 0: .nan
            case 1: .infinity
            case 2: 1e30
            case 3: 0
            default: chance.number(-2...2)
            }
        }
        for _ in 0..<300 {
            let (id, hand) = (chance.whole(1...6), chance.whole(0...1))
            var pose = chance.head()
            pose.position.x = number()
            let eyes = SIMD3(number() * 0.1, 1.6, 0)
            switch chance.whole(0...15) {
            case 0, 1: stand.toggle(id, head: pose)
            case 2: stand.show(id, head: pose)
            case 3: stand.hide(id)
            case 4: stand.place(id, at: pose)
            case 5: stand.recentre(head: pose)
            case 6: stand.setEms(id, SIMD2(30 * abs(number()), 20 * number()))
            case 7: stand.setTextSize(30 * number())
            case 8: stand.grab(hand: hand, aim: pose)
            case 9: stand.move(hand: hand, aim: pose, eyes: eyes)
            case 10: stand.push(hand: hand, number(), aim: pose, eyes: eyes)
            case 11: stand.release(hand: hand, eyes: eyes)
            case 12: stand.scale(id, by: 1 + number() * 0.3, eyes: eyes)
            case 13: stand.carry(id)
            case 14: stand.drag(right: number(), up: number(), eyes: eyes)
            default:
                stand.push(number(), eyes: eyes)
                stand.drop(eyes: eyes)
            }
            stand.checkInvariants()
        }
    }
}
