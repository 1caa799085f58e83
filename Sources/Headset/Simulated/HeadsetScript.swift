/// What the user of a simulated headset does, and what happens to it, written down line by line.
///
///     # seconds  who    what
///     0    head   0 1.6 0  0 0 0      at x y z, with yaw pitch roll in degrees
///     2    head   0 1.6 0  20 0 0     turned by 20 degrees until then, evenly
///     0    right  0.2 1.3 -0.3  0 -10 0
///     1    right  press select        select, grab, toggle, call, stick or menu; release lets go
///     1.2  right  stick 0 0.5
///     2    right  sleep               and wake
///     3    focus  off                 visible, tracking, images likewise
///     4    rate   72
///     5    recentre
///     6    lost   the cable was pulled
///
/// Poses go evenly from one line of a hand or the head to its next one; two lines at the same time are a jump. All else
/// happens at its time. A hand without a pose has no controller. Empty lines and what follows `#` count for nothing.
public struct HeadsetScript: Sendable, Equatable {
    /// A button, by its meaning.
    public enum Button: String, Sendable, CaseIterable {
        /// The trigger.
        case select
        /// The squeeze.
        case grab
        /// Menu, or the upper face button.
        case toggle
        /// The lower face button.
        case call
        /// The thumbstick, pressed.
        case stick
        /// The only button beside the trigger of a simple controller.
        case menu
    }

    /// What a line says.
    public enum Event: Sendable, Equatable {
        /// The head is there.
        case head(ScriptedPose)
        /// A hand is there, 0 left, 1 right.
        case hand(Int, ScriptedPose)
        /// A hand presses a button, or lets go of it.
        case button(Int, Button, Bool)
        /// A hand moves its thumbstick.
        case stick(Int, SIMD2<Float>)
        /// A hand's controller wakes or sleeps.
        case awake(Int, Bool)
        /// Something happens.
        case fault(SimulatedFault)
    }

    /// An event with its time, in seconds from the start.
    public struct Line: Sendable, Equatable {
        /// Seconds from the start.
        public var seconds: Double
        /// What happens.
        public var event: Event

        /// Makes a line.
        public init(_ seconds: Double, _ event: Event) {
            (self.seconds, self.event) = (seconds, event)
        }
    }

    /// All lines in the order of their times.
    public private(set) var lines: [Line] = []

    /// A script of lines; lines of the same time stay in their order.
    public init(_ lines: [Line] = []) {
        for line in lines { add(line.seconds, line.event) }
    }

    /// Somebody who stands still, 1.6 m tall, and looks along minus z, with no controllers.
    public static let still = HeadsetScript([Line(0, .head(ScriptedPose(0, 1.6, 0)))])

    /// Adds a line.
    public mutating func add(_ seconds: Double, _ event: Event) {
        let at = lines.firstIndex { $0.seconds > seconds } ?? lines.endIndex
        lines.insert(Line(seconds, event), at: at)
    }

    /// What the user does at a time.
    public func moment(at seconds: Double) -> SimulatedMoment {
        var hands = [HandState(), HandState()]
        var awake = [true, true]
        for line in lines where line.seconds <= seconds {
            switch line.event {
            case .button(let hand, let button, let down): hands[hand].set(button, down)
            case .stick(let hand, let stick): hands[hand].stick = stick
            case .awake(let hand, let isAwake): awake[hand] = isAwake
            case .head, .hand, .fault: break
            }
        }
        for hand in 0...1 {
            let pose = pose(at: seconds) { event in
                if case .hand(hand, let pose) = event { pose } else { nil }
            }
            guard let pose, awake[hand] else {
                hands[hand] = HandState()
                continue
            }
            hands[hand].isActive = true
            (hands[hand].aim, hands[hand].grip) = (pose.pose, pose.pose)
        }
        let head = pose(at: seconds) { event in
            if case .head(let pose) = event { pose } else { nil }
        }
        return SimulatedMoment(head: (head ?? ScriptedPose(0, 1.6, 0)).pose, hands: hands)
    }

    /// What happens after `from` and until `to`, with both in seconds.
    func faults(after from: Double, until to: Double) -> [SimulatedFault] {
        lines.compactMap { line in
            guard line.seconds > from, line.seconds <= to, case .fault(let fault) = line.event
            else { return nil }
            return fault
        }
    }

    private func pose(at seconds: Double, of track: (Event) -> ScriptedPose?) -> ScriptedPose? {
        var before: (seconds: Double, pose: ScriptedPose)?
        for line in lines {
            guard let pose = track(line.event) else { continue }
            guard line.seconds > seconds else {
                before = (line.seconds, pose)
                continue
            }
            guard let before else { return pose }
            let share = (seconds - before.seconds) / (line.seconds - before.seconds)
            return before.pose.towards(pose, Float(share))
        }
        return before?.pose
    }
}

extension HandState {
    /// Presses a button or lets go of it.
    mutating func set(_ button: HeadsetScript.Button, _ down: Bool) {
        switch button {
        case .select: isSelecting = down
        case .grab: isGrabbing = down
        case .toggle: isToggling = down
        case .call: isCalling = down
        case .stick: isStickPressed = down
        case .menu: isMenu = down
        }
    }
}
