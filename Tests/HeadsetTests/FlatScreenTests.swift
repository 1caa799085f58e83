import Headset
import Testing

/// The screen of a flat sketch, and the mouse on it.
struct FlatScreenTests {
    private let picture = ImageSize(width: 1280, height: 720)

    @Test func itStandsBeforeTheUserAndIsLarge() {
        let screen = FlatScreen(head: head(yaw: 30, pitch: -50), picture: picture)
        #expect(abs(degrees(screen.pose.orientation.yaw) - 30) < 1e-3)
        #expect(abs(screen.pose.orientation.pitch) < 1e-4, "upright")
        let wide = degrees(Legibility.angle(metres: screen.size.x, distance: 5))
        #expect(abs(wide - 60) < 0.1)
        #expect(abs(screen.size.x / screen.size.y - 16 / 9) < 1e-3)
        #expect(screen.pose.position.y - screen.size.y / 2 > 0.05, "clear of the floor")
    }

    @Test func theRaysPlaceIsTheMouses() throws {
        let screen = FlatScreen(head: head(), picture: picture)
        for (u, v) in [(0, 0), (1, 1), (0.25, 0.75)] as [(Float, Float)] {
            let goal = screen.pose.transform(
                SIMD3((u - 0.5) * screen.size.x * 0.9999, (v - 0.5) * screen.size.y * 0.9999, 0))
            let ray = Ray(origin: SIMD3(0.2, 1, 0), direction: goal - SIMD3(0.2, 1, 0))
            let mouse = try #require(screen.mouse(ray, picture: picture)).place
            #expect(
                abs(mouse.x - u * 1280) < 0.5 && abs(mouse.y - v * 720) < 0.5, "from the lower left"
            )
        }
        let beside = Ray(aim: head(yaw: 50))
        #expect(screen.mouse(beside, picture: picture) == nil)
        #expect(try #require(screen.mouse(beside, picture: picture, captured: true)).place.x == 0)
    }

    @Test(arguments: [(64, 64), (10, 1000), (4000, 10)]) func anyShapeFits(width: Int, height: Int)
    {
        var screen = FlatScreen(head: head(), picture: ImageSize(width: width, height: height))
        for factor in [1, 1.5, 3, 0.001] as [Float] {
            screen.scale(factor)
            #expect(abs(screen.size.x / screen.size.y / screen.aspect - 1) < 1e-3)
            #expect(screen.size.x <= 11.91 && screen.size.y <= 0.76 * 11.9)
        }
    }
}
