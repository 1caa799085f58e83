import Headset
import Testing

/// The screen of a flat sketch in the hand, and by the mouse.
struct FlatScreenHoldTests {
    private let eyes = head().position
    private let screen = FlatScreen(head: head(), picture: ImageSize(width: 1280, height: 720))

    private func grabs(_ screen: inout FlatScreen, _ hand: Int, _ aim: Pose) -> Bool {
        screen.grab(hand: hand, aim: aim)
    }

    @Test func aHandTakesItAlongUpright() {
        var screen = screen
        let size = screen.size
        #expect(grabs(&screen, 1, head(pitch: 2)))
        #expect(screen.isHeld(by: 1) && !screen.isHeld(by: 0) && !screen.isCarried)
        #expect(!grabs(&screen, 0, head(pitch: 2)), "one at a time")
        screen.move(hand: 0, aim: head(yaw: 60), eyes: eyes)
        #expect(screen.pose == self.screen.pose && !screen.isMoved)
        screen.move(hand: 1, aim: head(yaw: 30, pitch: 2), eyes: eyes)
        #expect(abs(degrees(screen.pose.orientation.yaw) - 30) < 0.5)
        #expect(abs(screen.pose.orientation.rotate(SIMD3(1, 0, 0)).y) < 1e-4, "upright")
        #expect(screen.size == size && screen.isMoved)
        screen.release()
        let left = screen.pose
        screen.move(hand: 1, aim: head(yaw: -30), eyes: eyes)
        #expect(screen.pose == left)
        // Brought before the user anew it is as if it had never been moved.
        screen.place(head: head())
        #expect(screen == self.screen)
    }

    @Test func whatIsBesideItTakesNothing() {
        var screen = screen
        #expect(!grabs(&screen, 0, head(yaw: 60)))
        #expect(!grabs(&screen, 0, head(yaw: 180)))
        // The rim is a little wider than the picture.
        let rim = head(yaw: 30.6, pitch: 1.5)
        #expect(screen.mouse(Ray(aim: rim), picture: ImageSize(width: 64, height: 36)) == nil)
        #expect(screen.meets(Ray(aim: rim))?.isRim == true)
        #expect(screen.meets(Ray(aim: head(pitch: 2)))?.isRim == false)
        #expect(grabs(&screen, 0, rim))
    }

    @Test(arguments: [-5, -0.5, 0.5, 5] as [Float]) func itStaysWithinReach(amount: Float) {
        var screen = screen
        let aim = head(pitch: 2)
        screen.grab(hand: 0, aim: aim)
        for _ in 0..<20 {
            screen.push(amount, aim: aim, eyes: eyes)
            // What was pushed is not taken back by the hand that holds it.
            let pushed = screen.pose
            screen.move(hand: 0, aim: aim, eyes: eyes)
            #expect(isNear(screen.pose, pushed, 1e-3))
        }
        let away = distance(screen.pose.position, eyes)
        #expect(abs(away - (amount < 0 ? 1.2 : 12)) < 1e-2)
        screen.push(.nan, eyes: eyes)
        screen.drag(right: .infinity, up: 0, eyes: eyes)
        #expect(abs(distance(screen.pose.position, eyes) - away) < 1e-4)
    }

    @Test func theMouseMovesItAboutTheEyes() {
        var screen = screen
        let (first, second) = (screen.carry(), screen.carry())
        #expect(first && !second && screen.isCarried)
        let away = distance(screen.pose.position, eyes)
        screen.drag(right: 0.5, up: 0.2, eyes: eyes)
        #expect(screen.pose.position.x > 2 && screen.pose.position.y > eyes.y + 0.8)
        #expect(abs(distance(screen.pose.position, eyes) - away) < 1e-3)
        let back = screen.pose.orientation.rotate(SIMD3(0, 0, 1))
        #expect(((eyes - screen.pose.position) / away * back).sum() > 0.999, "it faces the eyes")
    }

    @Test func itIsPutWhereItWasLeft() {
        var left = screen
        left.drag(right: 0.5, up: 0.2, eyes: eyes)
        left.scale(1.5)
        var other = FlatScreen(head: head(yaw: 90), picture: ImageSize(width: 1280, height: 720))
        other.place(at: left.pose, size: left.relativeSize)
        #expect(isNear(other.pose, left.pose) && other.isMoved)
        #expect(abs(other.size.x - left.size.x) < 1e-3)
    }
}
