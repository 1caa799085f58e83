import Glibc
import Headset
import TestSupport
import Testing

private let eyes = SIMD3<Float>(0, 1.6, 0)

/// A stand with one panel of 40 by 20 ems, before somebody at the origin.
private func fresh() -> PanelStand {
    var stand = PanelStand()
    stand.add(id: 1, seat: .middle, ems: SIMD2(40, 20))
    stand.show(1, head: head())
    return stand
}

/// A hand at the hip that points at a place of the panel: u and v from the top left.
private func aim(at stand: PanelStand, u: Float = 0.5, v: Float = 0.5) throws -> Pose {
    let panel = try #require(stand[1])
    let goal = panel.pose.transform(
        SIMD3((u - 0.5) * panel.width, (0.5 - v) * panel.height, 0))
    return pointing(at: goal)
}

private func pointing(at goal: SIMD3<Float>, from hand: SIMD3<Float> = SIMD3(0.2, 1.1, -0.2))
    -> Pose
{
    let way = Ray(origin: hand, direction: goal - hand).direction
    return Pose(
        position: hand,
        orientation: Quaternion(yaw: atan2(-way.x, -way.z), pitch: asin(way.y)))
}

/// Panels are taken in the hand, pushed, pulled, resized.
struct PanelHandlingTests {
    @Test(arguments: 0..<40) func aRayMeetsWhatItPointsAt(seed: Int) throws {
        var chance = Seeded(seed: seed)
        let stand = fresh()
        let (u, v) = (chance.number(0.02...0.98), chance.number(0.02...0.98))
        let hit = try #require(stand.hit(Ray(aim: aim(at: stand, u: u, v: v))))
        #expect(abs(hit.u - u) < 1e-3 && abs(hit.v - v) < 1e-3)
        #expect(hit.isInside && hit.id == 1)
        #expect(hit.pixel(in: ImageSize(width: 1000, height: 100)).y == Int(hit.v * 100))
    }

    @Test func theNearestPanelIsMet() throws {
        var stand = fresh()
        stand.add(id: 2, seat: .front, ems: SIMD2(12, 12))
        stand.show(2, head: head())
        #expect(stand.hit(Ray(aim: try aim(at: stand)))?.id == 2)
        #expect(stand.hit(Ray(aim: try aim(at: stand, u: 0.1)))?.id == 1)
        stand.hide(2)
        #expect(stand.hit(Ray(aim: try aim(at: stand)))?.id == 1)
    }

    @Test func neitherBackNorHiddenPanelsAreMet() throws {
        var stand = fresh()
        let behind = Ray(origin: SIMD3(0, 1.5, -3), direction: SIMD3(0, 0, 1))
        #expect(stand.hit(behind) == nil)
        #expect(stand.hit(Ray(origin: eyes, direction: SIMD3(0, 0, 1))) == nil)
        let ray = Ray(aim: try aim(at: stand))
        stand.hide(1)
        #expect(stand.hit(ray) == nil && stand.hit(ray, on: 1) == nil)
    }

    @Test(
        arguments: [
            (-0.01, 0.5, PanelEdges.left), (1.01, 0.5, .right), (0.5, -0.02, .top),
            (0.5, 1.02, .bottom), (-0.01, -0.02, [.left, .top]), (1.01, 1.02, [.right, .bottom]),
            (0.5, 0.5, []), (0.02, 0.05, []),
        ] as [(Float, Float, PanelEdges)])
    func aRimIsThereToTakeHoldOf(u: Float, v: Float, edges: PanelEdges) throws {
        let stand = fresh()
        let hit = try #require(stand.hit(Ray(aim: aim(at: stand, u: u, v: v))))
        #expect(hit.edges == edges)
        if u < 0 || v < 0 {
            #expect(stand.hit(Ray(aim: try aim(at: stand, u: u, v: v)), withRim: false) == nil)
        }
    }

    @Test(arguments: 0..<40) func whatIsHeldFollowsTheHandUpright(seed: Int) throws {
        var chance = Seeded(seed: seed)
        var stand = fresh()
        let before = try #require(stand[1])
        var hand = try aim(at: stand, u: chance.number(0.1...0.9), v: chance.number(0.1...0.9))
        stand.grab(hand: 1, aim: hand)
        stand.move(hand: 1, aim: hand, eyes: eyes)
        #expect(isNear(try #require(stand[1]).pose, before.pose, 1e-3), "nothing jumps")
        #expect(stand.held(hand: 1) == 1)

        for _ in 0..<20 {
            hand.position += SIMD3(
                chance.number(-0.1...0.1), chance.number(-0.1...0.1), chance.number(-0.1...0.1))
            hand.orientation =
                (hand.orientation
                * Quaternion(
                    yaw: chance.number(-0.2...0.2), pitch: chance.number(-0.2...0.2),
                    roll: chance.number(-0.5...0.5))).normalized
            stand.move(hand: 1, aim: hand, eyes: eyes)
            let pose = try #require(stand[1]).pose
            #expect(abs(pose.orientation.rotate(SIMD3(1, 0, 0)).y) < 1e-4, "no roll")
            #expect(PanelStand.distances.contains(distance(pose.position, eyes) * 0.9999 + 1e-4))
        }
        let last = try #require(stand[1]).pose
        stand.release(hand: 1, eyes: eyes)
        stand.move(hand: 1, aim: head(yaw: 50), eyes: eyes)
        let after = try #require(stand[1])
        #expect(isNear(after.pose, last))
    }

    @Test func aHandThatMovesSidewaysTakesThePanelAlong() throws {
        var stand = fresh()
        var hand = try aim(at: stand)
        let before = try #require(stand[1]).pose.position
        stand.grab(hand: 0, aim: hand)
        hand.position += SIMD3(0.3, 0.1, 0)
        stand.move(hand: 0, aim: hand, eyes: eyes)
        #expect(distance(try #require(stand[1]).pose.position, before + SIMD3(0.3, 0.1, 0)) < 1e-4)
    }

    /// Held close to the nose or far off, text stays readable, and is as it was when it comes back.
    @Test func aHandCannotMakeTextUnreadable() throws {
        var stand = fresh()
        let hand = try aim(at: stand)
        stand.grab(hand: 0, aim: hand)
        let away = try #require(stand[1]).pose.position - eyes
        for (times, dmm) in [(0.35, 50), (3, 12), (1, 20)] as [(Float, Float)] {
            var moved = hand
            moved.position += (times - 1) * away
            stand.move(hand: 0, aim: moved, eyes: eyes)
            let panel = try #require(stand[1])
            #expect(abs(panel.dmm(from: eyes) - dmm) < 0.1, "\(panel.dmm(from: eyes))")
        }
        // The stick resizes what is held.
        stand.scale(1, by: 1.2, eyes: eyes)
        stand.move(hand: 0, aim: hand, eyes: eyes)
        #expect(abs(try #require(stand[1]).dmm(from: eyes) - 24) < 0.1)
    }

    /// What was moved by hand is left where it is, and comes back there.
    @Test func whatWasMovedComesBackWhereItWasPut() throws {
        var stand = fresh()
        var hand = try aim(at: stand)
        stand.grab(hand: 0, aim: hand)
        hand.position.x += 0.4
        stand.move(hand: 0, aim: hand, eyes: eyes)
        stand.release(hand: 0, eyes: eyes)
        let place = try #require(stand[1]).pose
        stand.toggle(1, head: head())
        stand.toggle(1, head: head(yaw: 20))
        #expect(isNear(try #require(stand[1]).pose, place))
    }

    /// The console follows the editor to where the user has put it.
    @Test func whatIsBroughtUpLaterStandsByTheMovedEditor() throws {
        var stand = fresh()
        stand.add(id: 2, seat: .below, ems: SIMD2(40, 8))
        stand.carry(1)
        stand.drag(right: 0.5, up: 0, eyes: eyes)
        stand.drop(eyes: eyes)
        stand.show(2, head: head())
        let yaw = { try #require(stand[$0]).pose.orientation.yaw }
        #expect(abs(try yaw(1) - yaw(2)) < 1e-3)
        #expect(abs(try yaw(1) + 0.5) < 1e-3)
    }

    @Test func pushingKeepsTheTextAsLargeAsItLooks() throws {
        var stand = fresh()
        let hand = try aim(at: stand)
        stand.grab(hand: 1, aim: hand)
        for _ in 0..<30 {
            stand.push(hand: 1, 0.05, aim: hand, eyes: eyes)
            stand.move(hand: 1, aim: hand, eyes: eyes)
        }
        let panel = try #require(stand[1])
        #expect(distance(panel.pose.position, eyes) > 3)
        #expect(abs(panel.dmm(from: eyes) - 20) < 0.5, "\(panel.dmm(from: eyes))")
        for _ in 0..<100 {
            stand.push(hand: 1, 0.05, aim: hand, eyes: eyes)
            stand.move(hand: 1, aim: hand, eyes: eyes)
        }
        #expect(distance(try #require(stand[1]).pose.position, eyes) < 6.001)
        // It comes back at once: what was pushed against the limit has not been counted.
        let far = distance(try #require(stand[1]).pose.position, eyes)
        stand.push(hand: 1, -0.2, aim: hand, eyes: eyes)
        stand.move(hand: 1, aim: hand, eyes: eyes)
        #expect(distance(try #require(stand[1]).pose.position, eyes) < far - 0.3)
        for _ in 0..<200 {
            stand.push(hand: 1, -0.05, aim: hand, eyes: eyes)
            stand.move(hand: 1, aim: hand, eyes: eyes)
        }
        #expect(distance(try #require(stand[1]).pose.position, eyes) > 0.399)
    }

    @Test func aCornerResizes() throws {
        var stand = fresh()
        let before = try #require(stand[1])
        stand.grab(hand: 1, aim: try aim(at: stand, u: 1.01, v: 1.02))
        stand.move(hand: 1, aim: try aim(at: stand, u: 1.01 + 0.2, v: 1.02 + 0.2), eyes: eyes)
        let after = try #require(stand[1])
        #expect(after.width > before.width * 1.3 && after.width < before.width * 1.5)
        #expect(isNear(after.pose, before.pose))
        #expect(after.width / after.height == before.width / before.height)
    }

    @Test func sizesHaveLimits() throws {
        var stand = fresh()
        for _ in 0..<50 { stand.scale(1, by: 1.2, eyes: eyes) }
        #expect(abs(try #require(stand[1]).dmm(from: eyes) - 50) < 0.01)
        for _ in 0..<50 { stand.scale(1, by: 0.8, eyes: eyes) }
        #expect(abs(try #require(stand[1]).dmm(from: eyes) - 12) < 0.01)
        stand.scale(1, by: .nan, eyes: eyes)
        stand.scale(1, by: -1, eyes: eyes)
        #expect(abs(try #require(stand[1]).dmm(from: eyes) - 12) < 0.01)
        // What the user has made of it stays when it is called to the middle.
        stand.recentre(head: head(yaw: 90))
        #expect(abs(try #require(stand[1]).dmm(from: eyes) - 12) < 0.01)
    }

    @Test(arguments: 0..<40) func theMouseMovesAPanelAboutTheHead(seed: Int) throws {
        var chance = Seeded(seed: seed)
        var stand = fresh()
        stand.carry(1)
        #expect(stand.carried == 1)
        let away = distance(try #require(stand[1]).pose.position, eyes)
        for _ in 0..<30 {
            stand.drag(right: chance.number(-0.3...0.3), up: chance.number(-0.3...0.3), eyes: eyes)
            let pose = try #require(stand[1]).pose
            #expect(abs(distance(pose.position, eyes) - away) < 1e-3)
            #expect(distance(pose.position + pose.orientation.forward * -away, eyes) < 1e-2)
            #expect(abs(pose.orientation.rotate(SIMD3(1, 0, 0)).y) < 1e-4)
        }
        stand.push(0.3, eyes: eyes)
        #expect(distance(try #require(stand[1]).pose.position, eyes) > away * 1.3)
        stand.scale(1.2, eyes: eyes)
        #expect(abs(try #require(stand[1]).dmm(from: eyes) - 24) < 0.1)
        stand.drop(eyes: eyes)
        #expect(stand.carried == nil)
    }

    @Test func whatIsHiddenIsLetGo() throws {
        var stand = fresh()
        stand.grab(hand: 0, aim: try aim(at: stand))
        stand.hide(1)
        #expect(stand.held(hand: 0) == nil)
        stand.show(1, head: head())
        #expect(stand.held(hand: 0) == nil)
    }
}
