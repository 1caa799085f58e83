extension HeadsetScript {
    /// Reads a script; the error names the line, and says what was expected.
    public init(text: String) throws(HeadsetError) {
        self.init()
        var number = 0
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            number += 1
            let words = line.prefix { $0 != "#" }.split { $0 == " " || $0 == "\t" || $0 == "\r" }
                .map(String.init)
            guard let first = words.first else { continue }
            guard let seconds = Double(first), seconds.isFinite, seconds >= 0 else {
                throw Self.error(number, "a time in seconds must come first, not '\(first)'")
            }
            guard let event = Self.event(Array(words.dropFirst())) else {
                throw Self.error(number, Self.expected(words.count > 1 ? words[1] : ""))
            }
            add(seconds, event)
        }
    }

    private static func error(_ line: Int, _ what: String) -> HeadsetError {
        HeadsetError("Line \(line) of the headset's script cannot be read: \(what).")
    }

    private static func expected(_ who: String) -> String {
        switch who {
        case "head": "'head' wants x y z and yaw pitch roll, six numbers"
        case "left", "right":
            "'\(who)' wants six numbers, 'press BUTTON', 'release BUTTON', 'stick X Y', 'sleep' or 'wake'; "
                + "buttons are " + Button.allCases.map(\.rawValue).joined(separator: ", ")
        case "focus", "visible", "tracking", "images": "'\(who)' wants 'on' or 'off'"
        case "rate": "'rate' wants frames a second, from 1 to 1000"
        case "lost": "'lost' wants a reason"
        default:
            "after the time comes head, left, right, focus, visible, tracking, images, rate, recentre, exit, hang or lost, not '\(who)'"
        }
    }

    private static func event(_ words: [String]) -> Event? {
        guard let who = words.first else { return nil }
        let rest = Array(words.dropFirst())
        let isOn: Bool? = rest == ["on"] ? true : rest == ["off"] ? false : nil
        switch who {
        case "head": return pose(rest).map { .head($0) }
        case "left": return hand(0, rest)
        case "right": return hand(1, rest)
        case "focus": return isOn.map { .fault(.focus($0)) }
        case "visible": return isOn.map { .fault(.visible($0)) }
        case "tracking": return isOn.map { .fault(.tracking($0)) }
        case "images": return isOn.map { .fault(.images($0)) }
        case "hang": return rest.isEmpty ? .fault(.hang) : nil
        case "exit": return rest.isEmpty ? .fault(.exit) : nil
        case "recentre": return rest.isEmpty ? .fault(.recentre) : nil
        case "lost": return rest.isEmpty ? nil : .fault(.lost(rest.joined(separator: " ")))
        case "rate":
            guard rest.count == 1, let rate = Double(rest[0]), rate >= 1, rate <= 1000 else {
                return nil
            }
            return .fault(.rate(rate))
        default: return nil
        }
    }

    private static func hand(_ hand: Int, _ words: [String]) -> Event? {
        switch (words.first, words.count) {
        case ("press", 2): return Button(rawValue: words[1]).map { .button(hand, $0, true) }
        case ("release", 2): return Button(rawValue: words[1]).map { .button(hand, $0, false) }
        case ("sleep", 1): return .awake(hand, false)
        case ("wake", 1): return .awake(hand, true)
        case ("stick", 3):
            guard let x = number(words[1]), let y = number(words[2]), abs(x) <= 1, abs(y) <= 1
            else { return nil }
            return .stick(hand, SIMD2(x, y))
        default: return pose(words).map { .hand(hand, $0) }
        }
    }

    private static func number(_ word: String) -> Float? {
        Float(word).flatMap { $0.isFinite ? $0 : nil }
    }

    private static func pose(_ words: [String]) -> ScriptedPose? {
        let numbers = words.compactMap(number)
        guard numbers.count == 6, words.count == 6 else { return nil }
        return ScriptedPose(
            numbers[0], numbers[1], numbers[2], yaw: numbers[3], pitch: numbers[4],
            roll: numbers[5])
    }

    /// The script as text, which reads back as the same script.
    public var text: String {
        lines.map { "\($0.seconds) \(Self.text($0.event))\n" }.joined()
    }

    private static func text(_ event: Event) -> String {
        func name(_ hand: Int) -> String { hand == 0 ? "left" : "right" }
        func numbers(_ pose: ScriptedPose) -> String {
            let (p, a) = (pose.position, pose.angles)
            return "\(p.x) \(p.y) \(p.z) \(a.x) \(a.y) \(a.z)"
        }
        func onOff(_ isOn: Bool) -> String { isOn ? "on" : "off" }
        return switch event {
        case .head(let pose): "head \(numbers(pose))"
        case .hand(let hand, let pose): "\(name(hand)) \(numbers(pose))"
        case .button(let hand, let button, let down):
            "\(name(hand)) \(down ? "press" : "release") \(button.rawValue)"
        case .stick(let hand, let stick): "\(name(hand)) stick \(stick.x) \(stick.y)"
        case .awake(let hand, let isAwake): "\(name(hand)) \(isAwake ? "wake" : "sleep")"
        case .fault(.lost(let reason)): "lost \(reason)"
        case .fault(.focus(let isOn)): "focus \(onOff(isOn))"
        case .fault(.visible(let isOn)): "visible \(onOff(isOn))"
        case .fault(.tracking(let isOn)): "tracking \(onOff(isOn))"
        case .fault(.images(let isOn)): "images \(onOff(isOn))"
        case .fault(.rate(let rate)): "rate \(rate)"
        case .fault(.recentre): "recentre"
        case .fault(.exit): "exit"
        case .fault(.hang): "hang"
        }
    }
}
