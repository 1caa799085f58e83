import Headset
import Testing

/// Rotations and poses, as OpenXR counts them.
struct PoseTests {
    private func isNear(_ a: SIMD3<Float>, _ b: SIMD3<Float>) -> Bool {
        abs(a.x - b.x) + abs(a.y - b.y) + abs(a.z - b.z) < 1e-5
    }

    @Test func yawTurnsLeftAndPitchUp() {
        #expect(isNear(Quaternion(yaw: .pi / 2).forward, SIMD3(-1, 0, 0)))
        #expect(isNear(Quaternion(yaw: 0, pitch: .pi / 2).forward, SIMD3(0, 1, 0)))
        #expect(abs(Quaternion(yaw: 0.7, pitch: 0.4, roll: 0.2).yaw - 0.7) < 1e-5)
        #expect(abs(Quaternion(yaw: 0.7, pitch: 0.4, roll: 0.2).pitch - 0.4) < 1e-5)
    }

    @Test func whoLooksUpStillFacesSomewhere() {
        #expect(abs(Quaternion(yaw: 0.7, pitch: .pi / 2).yaw - 0.7) < 1e-3)
        #expect(abs(Quaternion(yaw: 0.7, pitch: -.pi / 2).yaw - 0.7) < 1e-3)
    }

    @Test(arguments: 0..<20) func aPoseAndItsInverseCancel(seed: Int) {
        let s = Float(seed)
        let pose = Pose(
            position: SIMD3(s, 1 - s, 0.3 * s),
            orientation: Quaternion(yaw: s, pitch: 0.1 * s, roll: -s))
        let point = SIMD3<Float>(1, 2, 3)
        let back = (pose.inverse * pose).transform(point)
        #expect(abs(back.x - 1) + abs(back.y - 2) + abs(back.z - 3) < 1e-3)
    }

    @Test func theHeadLooksBetweenEyesThatLookOutwards() {
        let view = FieldOfView(left: -0.8, right: 0.8, up: 0.8, down: -0.8)
        let right = Quaternion(yaw: 0.2)
        for vector in [right.vector, -right.vector] {
            let eyes = [Quaternion(yaw: 0.4), Quaternion(vector: vector)].map {
                EyeView(pose: Pose(position: .zero, orientation: $0), fieldOfView: view)
            }
            let head = HeadViews(eyes: eyes, isTracked: true).head
            #expect(abs(head.orientation.yaw - 0.3) < 1e-5)
        }
    }

    @Test func theProjectionsEdgesAreTheFieldOfViews() {
        let view = FieldOfView(left: -0.8, right: 0.7, up: 0.6, down: -0.9)
        let m = view.projection(near: 0.1, far: 100)
        // A point on the right edge, one metre away, lands on x = 1 of clip space.
        let x = Float(0.842_288_4)
        #expect(abs(m[0] * x + m[8] * -1 - 1) < 1e-4)
        // The near plane lands on depth -1.
        #expect(abs((m[10] * -0.1 + m[14]) / 0.1 + 1) < 1e-4)
    }
}
