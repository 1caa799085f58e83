import Headset
import TestSupport
import Testing

/// Walking, flying, turning and growing in the sketch's world.
struct RigTests {
    private let stick = SIMD2<Float>(0, 1)

    @Test func stickUpIsWhereTheHeadFaces() {
        var rig = Rig()
        for _ in 0..<90 { rig.walk(stick: stick, headYaw: .pi / 2, seconds: 1 / 90) }
        #expect(rig.position.x < -1 && abs(rig.position.z) < 1e-3 && rig.position.y == 0)
        #expect(rig.position.x > -Rig.walkingSpeed)
        for _ in 0..<90 { rig.walk(stick: .zero, headYaw: 0, seconds: 1 / 90) }
        // What a soft start takes, a soft stop gives back: a second's stick is a second's way.
        #expect(abs(rig.position.x + Rig.walkingSpeed) < 0.01)
    }

    @Test func aStartIsSoft() {
        var rig = Rig()
        rig.walk(stick: stick, headYaw: 0, seconds: 0.01)
        #expect(-rig.position.z < 0.1 * Rig.walkingSpeed * 0.01)
    }

    /// Twice the rate or half of it, the way is the same.
    @Test(arguments: 0..<30) func theRateMakesNoDifference(seed: Int) {
        var chance = Seeded(seed: seed)
        var (fine, coarse) = (Rig(), Rig())
        for _ in 0..<20 {
            let stick = SIMD2(chance.number(-1...1), chance.number(-1...1))
            let (yaw, seconds) = (chance.number(-3...3), chance.number(0.02...0.2))
            coarse.walk(stick: stick, headYaw: yaw, seconds: seconds)
            for _ in 0..<4 { fine.walk(stick: stick, headYaw: yaw, seconds: seconds / 4) }
        }
        #expect(distance(fine.position, coarse.position) < 1e-3)
    }

    @Test func flyingGoesWhereOneLooks() {
        var rig = Rig()
        for _ in 0..<50 {
            rig.fly(stick: stick, head: Quaternion(yaw: 0, pitch: 0.5), seconds: 0.02)
        }
        #expect(abs(rig.position.y / -rig.position.z - 0.5463) < 1e-3)
        let before = rig.position
        for _ in 0..<90 { rig.fly(stick: .zero, head: .identity, rise: 1, seconds: 0.02) }
        #expect(rig.position.y > before.y + 2)
    }

    @Test(arguments: 0..<40) func aSnapTurnIsAboutTheHead(seed: Int) {
        var chance = Seeded(seed: seed)
        var rig = Rig(eyes: chance.place(), scale: chance.number(0.1...10))
        let head = chance.head()
        let before = rig.worldPose(of: head)
        let isRight = chance.whole(0...1) == 1
        rig.snapTurn(right: isRight, head: head)
        let after = rig.worldPose(of: head)
        #expect(distance(before.position, after.position) < 1e-3)
        let turned = Quaternion(yaw: isRight ? -.pi / 6 : .pi / 6) * before.orientation
        #expect(distance(turned.forward, after.orientation.forward) < 1e-3)
        for _ in 0..<11 { rig.snapTurn(right: isRight, head: head) }
        #expect(isNear(rig.worldPose(of: head), before, 1e-2), "twelve turns go round")
    }

    @Test(arguments: 0..<40) func growingLeavesTheEyesWhereTheyAre(seed: Int) {
        var chance = Seeded(seed: seed)
        var rig = Rig(eyes: chance.place(), scale: 1)
        rig.turn(by: chance.number(-3...3), about: chance.place())
        let head = chance.head()
        let before = rig.worldPose(of: head)
        rig.setScale(chance.number(0.1...10), eyes: head.position)
        #expect(isNear(rig.worldPose(of: head), before, 1e-3))
    }

    /// At twice the scale the eyes stand twice as far apart, and everything looks half as large.
    @Test func scaleIsInTheDistanceBetweenTheEyes() {
        var rig = Rig()
        rig.setScale(2, eyes: SIMD3(0, 1.6, 0))
        let left = rig.worldPoint(SIMD3(-0.03, 1.6, 0))
        let right = rig.worldPoint(SIMD3(0.03, 1.6, 0))
        #expect(abs(right.x - left.x - 0.12) < 1e-5)
        #expect(abs(left.y - 1.6) < 1e-5)
    }

    @Test(arguments: 0..<20) func aSketchsPlaceIsWhereTheEyesBegin(seed: Int) {
        var chance = Seeded(seed: seed)
        let start = chance.place()
        var rig = Rig(eyes: start, scale: 2.5)
        let head = chance.head()
        rig.reset(head: head)
        #expect(distance(rig.worldPose(of: head).position, start) < 1e-3)
        #expect(abs(rig.worldPose(of: head).orientation.yaw) < 1e-3, "looking along minus z")
        for _ in 0..<30 { rig.walk(stick: SIMD2(1, 1), headYaw: 1, seconds: 0.1) }
        rig.setScale(9, eyes: head.position)
        rig.reset(head: head)
        #expect(distance(rig.worldPose(of: head).position, start) < 1e-3)
        #expect(rig.scale == 2.5)
    }

    @Test func withoutAPlaceOneStandsOverTheOriginAtOnesOwnHeight() {
        var rig = Rig()
        rig.reset(head: head(2, 3, yaw: 70))
        #expect(distance(rig.worldPose(of: head(2, 3)).position, SIMD3(0, 1.6, 0)) < 1e-4)
    }

    @Test func theViewMatrixTakesTheWorldToTheEye() {
        var rig = Rig(eyes: SIMD3(5, 0, 5), scale: 2)
        rig.turn(by: 1, about: .zero)
        let eye = EyeView(
            pose: head(0.5, 0.5, yaw: 30, pitch: 10),
            fieldOfView: FieldOfView(left: -1, right: 1, up: 1, down: -1))
        let m = rig.viewMatrix(for: eye)
        // What is three units before the eye is at z = -3 in its space.
        let world = rig.worldPose(of: eye.pose)
        let p = world.position + 3 * world.orientation.forward
        let at = SIMD3(
            m[0] * p.x + m[4] * p.y + m[8] * p.z + m[12],
            m[1] * p.x + m[5] * p.y + m[9] * p.z + m[13],
            m[2] * p.x + m[6] * p.y + m[10] * p.z + m[14])
        #expect(distance(at, SIMD3(0, 0, -3)) < 1e-4)
    }

    @Test func aStickAtRestDoesNothing() {
        var rig = Rig()
        for _ in 0..<100 {
            rig.walk(stick: SIMD2(0.1, -0.1), headYaw: 0, seconds: 0.1)
            rig.walk(stick: SIMD2(.nan, 1), headYaw: 0, seconds: 0.1)
            rig.walk(stick: SIMD2(0, 1), headYaw: .nan, seconds: 0.1)
            rig.walk(stick: SIMD2(0, 1), headYaw: 0, seconds: -1)
        }
        #expect(rig.position == .zero)
    }
}
