import Headset
import Testing

/// A controller with a trigger and a menu button, and nothing else.
struct HeldMenuTests {
    private var menu = HeldMenu()

    private func hand(
        _ right: Float = 0, _ up: Float = 0, menu: Bool = false, select: Bool = false
    ) -> HandState {
        var hand = HandState()
        (hand.isActive, hand.isMenu, hand.isSelecting) = (true, menu, select)
        hand.aim = head(yaw: -right, pitch: up)
        return hand
    }

    @Test mutating func aTapIsTheToggle() {
        #expect(!menu.take(hand(menu: true)).isToggling)
        // A hand that trembles is no tilt.
        #expect(menu.take(hand(2, -3, menu: true)).stick == .zero)
        #expect(menu.take(hand(2, -3)).isToggling)
        #expect(!menu.take(hand(2, -3)).isToggling, "once")
    }

    @Test mutating func tiltedItIsAThumbstick() throws {
        _ = menu.take(hand(10, 10, menu: true))
        let right = menu.take(hand(40, 10, menu: true))
        #expect(right.stick.x > 0.99 && abs(right.stick.y) < 0.1)
        let up = menu.take(hand(10, 22, menu: true))
        #expect(up.stick.y > 0.4 && up.stick.y < 0.7 && abs(up.stick.x) < 0.01)
        #expect(isNear(try #require(up.aim), head(yaw: -10, pitch: 10)), "the ray stays")
        let after = menu.take(hand(10, 22))
        #expect(!after.isToggling && after.stick == .zero)
        #expect(isNear(try #require(after.aim), head(yaw: -10, pitch: 22)))
    }

    @Test mutating func withTheTriggerItGoesBackToTheStart() {
        _ = menu.take(hand(menu: true))
        let both = menu.take(hand(menu: true, select: true))
        #expect(both.isStickPressed && !both.isSelecting)
        // The trigger that is let go last clicks nothing, and the menu is no tap.
        let rest = menu.take(hand(select: true))
        #expect(!rest.isSelecting && !rest.isToggling && !rest.isStickPressed)
        _ = menu.take(hand())
        #expect(menu.take(hand(select: true)).isSelecting)
    }

    @Test mutating func aPanelInHandDoesNotJump() throws {
        #expect(menu.take(hand(select: true)).isSelecting)
        let pushing = menu.take(hand(menu: true, select: true))
        #expect(pushing.isSelecting && !pushing.isStickPressed)
        let pushed = menu.take(hand(0, 30, menu: true, select: true))
        #expect(pushed.stick.y > 0.99 && pushed.isSelecting)
        let after = menu.take(hand(0, 30, select: true))
        let aim = try #require(after.aim)
        #expect(after.isSelecting && isNear(aim, head()))
        // From there it goes on with the hand, and a second time from where it was left.
        let moved = menu.take(hand(10, 30, select: true))
        #expect(degrees(try #require(moved.aim).orientation.yaw) < -5)
        let again = menu.take(hand(10, 30, menu: true, select: true))
        let (stays, left) = (try #require(again.aim), try #require(moved.aim))
        #expect(isNear(stays, left))
        _ = menu.take(hand(10, 30))
        #expect(isNear(try #require(menu.take(hand(10, 30)).aim), head(yaw: -10, pitch: 30)))
    }

    @Test mutating func aControllerThatFallsAsleepForgets() {
        _ = menu.take(hand(menu: true))
        _ = menu.take(HandState())
        #expect(!menu.take(hand()).isToggling)
        // Without a pose there is no tilt, and the tap is one all the same.
        var blind = hand(menu: true)
        blind.aim = nil
        #expect(menu.take(blind).stick == .zero)
        blind.isMenu = false
        #expect(menu.take(blind).isToggling)
    }
}
