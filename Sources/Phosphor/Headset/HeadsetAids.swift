import CEpoxy
import Glibc
import Headset

/// The small things that the host draws into a headset by itself: the dim surrounding of a screen, the ray of a
/// controller, the dot at its end, the cell under it.
///
/// They lie in one little texture that is drawn once.
final class HeadsetAids {
    private let chain: any HeadsetSwapchain
    private static let side = 64

    init(_ driver: any HeadsetDriver) throws(HeadsetError) {
        let size = ImageSize(width: Self.side, height: Self.side)
        chain = try driver.makeSwapchain(size: size, mipLevels: 1, isStatic: true)
        let pixels = Self.pixels()
        let image = try chain.acquire()
        glBindTexture(GLenum(GL_TEXTURE_2D), image.texture)
        glPixelStorei(GLenum(GL_UNPACK_ALIGNMENT), 1)
        glTexSubImage2D(
            GLenum(GL_TEXTURE_2D), 0, 0, 0, GLsizei(Self.side), GLsizei(Self.side),
            GLenum(GL_RGBA), GLenum(GL_UNSIGNED_BYTE), pixels)
        _ = consume image
    }

    /// Something calm and dark, for both eyes.
    func surrounding(_ views: HeadViews) -> HeadsetLayer {
        let dark = ImagePart(swapchain: chain, x: 4, y: 4, size: ImageSize(width: 8, height: 8))
        return .world(views.eyes.map { EyeImage(image: dark, view: $0) })
    }

    /// The light over the cell that is pointed at.
    func cell(_ pose: Pose, size: SIMD2<Float>) -> HeadsetLayer {
        let part = ImagePart(swapchain: chain, x: 20, y: 4, size: ImageSize(width: 8, height: 8))
        return .quad(QuadImage(image: part, pose: pose, size: size, isBlended: true))
    }

    /// Where a ray ends; a third of a degree.
    func dot(_ point: SIMD3<Float>, eyes: SIMD3<Float>) -> HeadsetLayer {
        let away = point - eyes
        let distance = max((away * away).sum().squareRoot(), 0.1)
        let part = ImagePart(swapchain: chain, x: 0, y: 32, size: ImageSize(width: 32, height: 32))
        // A little nearer than what it lies on.
        let pose = Pose(
            position: point - away * (0.004 / distance),
            orientation: Quaternion(
                yaw: atan2(-away.x, -away.z),
                pitch: atan2(away.y, (away.x * away.x + away.z * away.z).squareRoot())))
        return .quad(
            QuadImage(
                image: part, pose: pose, size: SIMD2(repeating: 0.008 * distance), isBlended: true))
    }

    /// A thin line from a controller to what it points at, turned so that its face looks at the eyes.
    func ray(_ aim: Pose, length: Float, eyes: SIMD3<Float>) -> HeadsetLayer {
        let along = aim.orientation.forward
        let middle = aim.position + along * (length / 2)
        let part = ImagePart(swapchain: chain, x: 32, y: 0, size: ImageSize(width: 8, height: 32))
        let pose = Pose(
            position: middle,
            orientation: Quaternion.standing(along: along, facing: eyes - middle))
        return .quad(
            QuadImage(image: part, pose: pose, size: SIMD2(0.003, length), isBlended: true))
    }

    /// All of them, RGBA, sRGB-encoded after premultiplying in linear light, as blending wants it.
    private static func pixels() -> [UInt8] {
        var pixels = [UInt8](repeating: 0, count: 4 * side * side)
        func set(_ x: Int, _ y: Int, _ color: SIMD3<Float>, _ alpha: Float) {
            let index = 4 * (y * side + x)
            for part in 0..<3 {
                // The accent's light is what it would be at full, by the share that covers.
                let light = pow(color[part], 2.2) * alpha
                pixels[index + part] = UInt8(min(max(pow(light, 1 / 2.2) * 255 + 0.5, 0), 255))
            }
            pixels[index + 3] = UInt8(min(max(alpha * 255 + 0.5, 0), 255))
        }
        let accent = SIMD3<Float>(0x7D / 255.0, 1, 0xB2 / 255.0)
        for y in 0..<16 {
            for x in 0..<16 {
                set(x, y, SIMD3(0.031, 0.043, 0.039), 1)
                set(16 + x, y, accent, 0.3)
            }
        }
        for y in 0..<32 {
            for x in 0..<8 {
                // Strong at the hand, faint where it arrives.
                let across = 1 - abs(Float(x) - 3.5) / 4
                set(32 + x, y, accent, across * (0.75 - 0.6 * Float(y) / 31))
            }
            for x in 0..<32 {
                let (dx, dy) = (Float(x) - 15.5, Float(y) - 15.5)
                let edge = 13 - (dx * dx + dy * dy).squareRoot()
                set(x, 32 + y, SIMD3(0.9, 1, 0.95), min(max(edge / 2, 0), 1))
            }
        }
        return pixels
    }
}

extension Quaternion {
    /// A rotation whose y runs along a direction of length 1, and whose z looks as much at `face` as it can.
    static func standing(along y: SIMD3<Float>, facing face: SIMD3<Float>) -> Quaternion {
        var x = cross(y, face)
        let length = (x * x).sum().squareRoot()
        x = length > 1e-5 ? x / length : SIMD3(1, 0, 0)
        let z = cross(x, y)
        // From a matrix of columns x, y, z; the largest of the four is computed first, for the others divide by it.
        let trace = x.x + y.y + z.z
        let q: SIMD4<Float>
        if trace > 0 {
            let s = (trace + 1).squareRoot() * 2
            q = SIMD4((y.z - z.y) / s, (z.x - x.z) / s, (x.y - y.x) / s, s / 4)
        } else if x.x > y.y, x.x > z.z {
            let s = (1 + x.x - y.y - z.z).squareRoot() * 2
            q = SIMD4(s / 4, (y.x + x.y) / s, (z.x + x.z) / s, (y.z - z.y) / s)
        } else if y.y > z.z {
            let s = (1 + y.y - x.x - z.z).squareRoot() * 2
            q = SIMD4((y.x + x.y) / s, s / 4, (z.y + y.z) / s, (z.x - x.z) / s)
        } else {
            let s = (1 + z.z - x.x - y.y).squareRoot() * 2
            q = SIMD4((z.x + x.z) / s, (z.y + y.z) / s, s / 4, (x.y - y.x) / s)
        }
        return Quaternion(vector: q).normalized
    }
}
