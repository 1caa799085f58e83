import Headset
import TestSupport
import Testing

/// What the simulated user does, written down.
struct HeadsetScriptTests {
    private let text = """
        # looks round, then presses
        0    head   0 1.6 0  0 0 0
        2    head   0 1.6 -1  90 0 0
        0    right  0.2 1.3 -0.3  0 -10 0
        1    right  press select     # here
        1.5  right  release select
        1.2  right  stick 0 0.5
        2    right  sleep
        """

    @Test func aScriptSaysWhatTheUserDoes() throws {
        let script = try HeadsetScript(text: text)
        let half = script.moment(at: 1)
        #expect(isNear(half.head, ScriptedPose(0, 1.6, -0.5, yaw: 45).pose))
        #expect(half.hands[1].isActive && half.hands[1].isSelecting && !half.hands[0].isActive)
        #expect(half.hands[1].aim == ScriptedPose(0.2, 1.3, -0.3, pitch: -10).pose)
        #expect(!script.moment(at: 0.99).hands[1].isSelecting)
        #expect(!script.moment(at: 1.5).hands[1].isSelecting)
        #expect(script.moment(at: 1.3).hands[1].stick.y == 0.5)
        #expect(script.moment(at: 2).hands[1] == HandState(), "asleep")
        #expect(isNear(script.moment(at: 99).head, ScriptedPose(0, 1.6, -1, yaw: 90).pose))
    }

    @Test(arguments: [
        ("0 head 1 2 3", "Line 1", "six numbers"),
        ("\n# so\n1 right press trigger", "Line 3", "select, grab"),
        ("soon head 0 0 0 0 0 0", "Line 1", "'soon'"),
        ("0 foot 0 0 0", "Line 1", "'foot'"),
        ("1 focus maybe", "Line 1", "'on' or 'off'"),
        ("1 rate 0", "Line 1", "1 to 1000"),
        ("1 right stick 2 0", "Line 1", "stick X Y"),
        ("1 lost", "Line 1", "reason"),
        ("1", "Line 1", "after the time"),
        ("inf recentre", "Line 1", "seconds"),
        ("1 head nan 0 0 0 0 0", "Line 1", "six numbers"),
    ])
    func aMistakeIsNamedWithItsLine(text: String, line: String, words: String) {
        let error = #expect(throws: HeadsetError.self) { try HeadsetScript(text: text) }
        #expect(
            error?.description.contains(line) == true && error?.description.contains(words) == true)
    }

    @Test(arguments: 0..<60) func whatIsPrintedReadsBack(seed: Int) throws {
        var chance = Seeded(seed: seed)
        func pose() -> ScriptedPose {
            ScriptedPose(
                chance.number(-9...9), chance.number(-9...9), chance.number(-9...9),
                yaw: chance.number(-180...180), pitch: chance.number(-90...90),
                roll: chance.number(-90...90))
        }
        var script = HeadsetScript()
        for _ in 0..<30 {
            let (hand, isOn) = (chance.whole(0...1), chance.whole(0...1) == 1)
            let events: [HeadsetScript.Event] = [
                .head(pose()), .hand(hand, pose()),
                .button(hand, HeadsetScript.Button.allCases[chance.whole(0...4)], isOn),
                .stick(hand, SIMD2(chance.number(-1...1), chance.number(-1...1))),
                .awake(hand, isOn), .fault(.focus(isOn)), .fault(.visible(isOn)),
                .fault(.tracking(isOn)), .fault(.images(isOn)), .fault(.recentre),
                .fault(.rate(Double(chance.whole(1...144)))), .fault(.lost("the cable broke")),
                .fault(.exit), .fault(.hang),
            ]
            script.add(Double(chance.number(0...9)), events[chance.whole(0...(events.count - 1))])
        }
        #expect(try HeadsetScript(text: script.text) == script)
    }
}
