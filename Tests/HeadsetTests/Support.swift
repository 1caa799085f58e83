import CEpoxy
import Glibc
import Headset
import Render
import TestSupport

extension Seeded {
    mutating func number(_ range: ClosedRange<Float>) -> Float { .random(in: range, using: &self) }
    mutating func whole(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &self) }

    /// A place in a room of four metres.
    mutating func place() -> SIMD3<Float> {
        SIMD3(number(-2...2), number(0...2), number(-2...2))
    }

    /// Somebody who stands or sits there and looks anywhere.
    mutating func head() -> Pose {
        Pose(
            position: place(),
            orientation: Quaternion(
                yaw: number(-3...3), pitch: number(-1.2...1.2), roll: number(-0.4...0.4)))
    }
}

/// Somebody 1.6 m tall at the origin; angles in degrees.
func head(_ x: Float = 0, _ z: Float = 0, yaw: Float = 0, pitch: Float = 0) -> Pose {
    ScriptedPose(x, 1.6, z, yaw: yaw, pitch: pitch).pose
}

func degrees(_ radians: Float) -> Float { radians * 180 / .pi }

func distance(_ a: SIMD3<Float>, _ b: SIMD3<Float>) -> Float {
    ((a - b) * (a - b)).sum().squareRoot()
}

func isNear(_ a: Pose, _ b: Pose, _ tolerance: Float = 1e-4) -> Bool {
    distance(a.position, b.position) < tolerance
        && abs(abs((a.orientation.vector * b.orientation.vector).sum()) - 1) < tolerance
}

/// Runs `body` with a GL context of its own, which outlives all that `body` makes: GL objects cannot be deleted
/// without one.
func withContext<Result>(_ body: () throws -> Result) throws -> Result {
    // Held by hand, and the body a call of its own: the optimiser may put releases in another order.
    let context = Unmanaged.passRetained(try Render.EGLContext())
    defer { context.release() }
    return try call(body)
}

@inline(never) private func call<Result>(_ body: () throws -> Result) throws -> Result {
    try body()
}

/// Keeps a picture where PHOSPHOR_PICTURES says, to be looked at.
func keep(_ pixels: Pixels, _ name: String) throws {
    guard let folder = getenv("PHOSPHOR_PICTURES") else { return }
    try pixels.writePNG(to: String(cString: folder) + "/\(name).png")
}

/// The next image of a swapchain that is to have one.
func image(of chain: any HeadsetSwapchain) throws -> HeadsetImage {
    guard let image = try chain.acquire() else { throw HeadsetError("no image is free") }
    return image
}
