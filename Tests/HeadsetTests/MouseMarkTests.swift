import Glibc
import Headset
import Testing

/// Where the mouse is in the room, beside the panels.
struct MouseMarkTests {
    private let field = FieldOfView(left: -0.9, right: 0.7, up: 0.6, down: -0.8)
    private let eyes = head().position

    private func view(yaw: Float = 0) -> EyeView {
        EyeView(pose: head(yaw: yaw), fieldOfView: field)
    }

    @Test func thePicturesEdgesAreTheEyes() {
        for (share, right, up) in [
            (SIMD2<Float>(0, 0), field.left, field.down), (SIMD2(1, 1), field.right, field.up),
        ] {
            let way = Ray(through: share, of: view()).direction
            #expect(abs(atan2(way.x, -way.z) - right) < 1e-4)
            #expect(abs(atan2(way.y, -way.z) - up) < 1e-4)
        }
    }

    @Test func itStaysInTheRoomWhileTheHeadTurns() {
        let mark = MouseMark(share: SIMD2(0.25, 0.75), view: view(yaw: 20))
        let stand = PanelStand()
        let place = mark.place(on: nil, stand: stand, eyes: eyes)
        let ray = Ray(through: SIMD2(0.25, 0.75), of: view(yaw: 20))
        #expect(distance(place.point, ray.point(at: MouseMark.distance)) < 1e-4)
        // It faces whoever looks at it.
        let facing = place.surface.orientation.rotate(SIMD3(0, 0, 1))
        #expect(((eyes - place.point) / MouseMark.distance * facing).sum() > 0.999)
    }

    @Test func onAScreenItIsWhereIMouseIs() throws {
        let picture = ImageSize(width: 1280, height: 720)
        let screen = FlatScreen(head: head(yaw: 30), picture: picture)
        let share = SIMD2<Float>(0.8, 0.3)
        let place = MouseMark(share: share, view: view()).place(
            on: screen, stand: PanelStand(), eyes: eyes)
        let ray = Ray(origin: eyes, direction: place.point - eyes)
        let mouse = try #require(screen.mouse(ray, picture: picture)).place
        #expect(abs(mouse.x - 0.8 * 1280) < 0.5 && abs(mouse.y - 0.3 * 720) < 0.5)
    }

    @Test func aPanelInBetweenCarriesIt() throws {
        var stand = PanelStand()
        stand.add(id: 1, seat: .middle, ems: SIMD2(40, 40))
        stand.show(1, head: head())
        let ahead = MouseMark(share: SIMD2(0.55, 0.5), view: view())
        let place = ahead.place(on: nil, stand: stand, eyes: eyes)
        let panel = try #require(stand[1])
        #expect(place.surface == panel.pose)
        #expect(distance(place.point, eyes) < 1.6)
        let beside = MouseMark(share: SIMD2(0, 0.5), view: view())
        #expect(
            abs(distance(beside.place(on: nil, stand: stand, eyes: eyes).point, eyes) - 3) < 1e-3)
    }
}
