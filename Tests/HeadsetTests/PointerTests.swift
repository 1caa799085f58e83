import Glibc
import Headset
import Testing

/// A press belongs to what it began on.
struct PointerTests {
    private let stand = {
        var stand = PanelStand()
        stand.add(id: 1, seat: .middle, ems: SIMD2(20, 20))
        stand.add(id: 2, seat: .right, ems: SIMD2(20, 20))
        for id in [1, 2] { stand.show(id, head: head()) }
        return stand
    }()

    /// From the eyes, so many degrees to the right and up from straight ahead.
    private func ray(_ right: Float, _ up: Float = -4) -> Ray {
        Ray(aim: head(yaw: -right, pitch: up))
    }

    @Test func aDragGoesOnBeyondTheEdge() throws {
        var pointer = Pointer()
        #expect(pointer.update(ray(0), isPressed: false, stand: stand).isEntry)
        let press = pointer.update(ray(0), isPressed: true, stand: stand)
        #expect(press.isPress && press.hit?.id == 1)
        // Over the other panel, and far beside both.
        for right in [20, 30, 60] as [Float] {
            let step = pointer.update(ray(right), isPressed: true, stand: stand)
            let hit = try #require(step.hit)
            #expect(hit.id == 1 && hit.u > 1 && !step.isPress && !step.isEntry)
        }
        let release = pointer.update(ray(30), isPressed: false, stand: stand)
        #expect(release.isRelease && release.hit?.id == 1)
        let after = pointer.update(ray(30), isPressed: false, stand: stand)
        #expect(!after.isRelease && after.hit?.id == 2 && after.isEntry)
    }

    @Test func aPressBesideAllPanelsIsThePictures() {
        var pointer = Pointer()
        #expect(pointer.update(ray(-60), isPressed: true, stand: stand).isOnPicture)
        let over = pointer.update(ray(0), isPressed: true, stand: stand)
        #expect(over.isOnPicture && over.hit == nil)
        #expect(pointer.update(ray(0), isPressed: false, stand: stand).isOnPicture)
        #expect(pointer.update(ray(0), isPressed: false, stand: stand).hit?.id == 1)
    }

    @Test func aFingerThatClosesDoesNotSelect() throws {
        var pointer = Pointer()
        let press = try #require(pointer.update(ray(0), isPressed: true, stand: stand).hit)
        #expect(pointer.update(ray(0.2), isPressed: true, stand: stand).hit == press)
        let dragged = try #require(pointer.update(ray(0.6), isPressed: true, stand: stand).hit)
        #expect(dragged.u > press.u)
        // Once it has begun, a drag is exact.
        let back = try #require(pointer.update(ray(0.1), isPressed: true, stand: stand).hit)
        #expect(back.u > press.u && back.u < dragged.u)
    }

    @Test func aHandThatIsLostLetsGoWhereItWasSeen() {
        var pointer = Pointer()
        _ = pointer.update(ray(0), isPressed: true, stand: stand)
        let lost = pointer.update(nil, isPressed: true, stand: stand)
        #expect(lost.isRelease && lost.hit?.id == 1)
        let back = pointer.update(ray(0), isPressed: true, stand: stand)
        #expect(back.isPress)
    }

    @Test func aPanelThatClosesUnderAPressIsLetGo() {
        var (pointer, stand) = (Pointer(), stand)
        _ = pointer.update(ray(0), isPressed: true, stand: stand)
        stand.hide(1)
        let step = pointer.update(ray(1), isPressed: true, stand: stand)
        #expect(step.hit?.id != 2, "nor does the press go to another one")
        #expect(pointer.update(ray(1), isPressed: false, stand: stand).isRelease)
    }
}
