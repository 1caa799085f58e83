import CEpoxy
import CSystem
import Glibc
import Headset
import Testing

/// All tests with a GL context: one after another.
@Suite(.serialized) enum Drawn {}

extension SimulatedHeadset {
    /// Beats once, takes in what happened, and ends the frame with these layers, if it is to be rendered.
    @discardableResult
    func play(_ layers: [HeadsetLayer] = []) -> [HeadsetEvent] {
        beat()
        let events = pump(now: 0)
        let isLost = events.contains { if case .lost = $0 { true } else { false } }
        guard !isLost, let frame = takeFrame() else { return events }
        let shown = frame.shouldRender ? layers : []
        end(frame, layers: shown)
        return events
    }

    /// Takes the frame of the last beat, has a look at it, and ends it; false where there is none.
    @discardableResult
    func takeAndEnd(_ look: (borrowing HeadsetFrame) -> Void = { _ in }) -> Bool {
        guard let frame = takeFrame() else { return false }
        look(frame)
        end(frame, layers: [])
        return true
    }
}

extension Drawn {
    /// A headset that is not there behaves like one that is.
    @Suite struct SimulatedHeadsetTests {
        @Test func aSessionBeginsAsARuntimesDoes() throws {
            try withContext {
                let headset = try SimulatedHeadset()
                #expect(headset.phase == .idle && !headset.takeAndEnd())
                #expect(headset.pump(now: 0) == [.phase(.synchronized)])
                headset.beat()
                var (wasShown, period): (Bool, HeadsetTime) = (true, 0)
                #expect(headset.takeAndEnd { wasShown = $0.shouldRender })
                #expect(!wasShown, "nobody sees the first one")
                #expect(headset.pump(now: 0) == [.phase(.focused)])
                #expect(!headset.takeAndEnd(), "not before the next beat")
                headset.beat()
                #expect(headset.takeAndEnd { (wasShown, period) = ($0.shouldRender, $0.period) })
                #expect(wasShown && period == 11_111_111)
                #expect(headset.frames == 2 && headset.missed == 0)
            }
        }

        @Test func aFrameThatIsDroppedEndsItself() throws {
            try withContext {
                let headset = try SimulatedHeadset()
                _ = headset.pump(now: 0)
                headset.beat()
                do { _ = headset.takeFrame() }
                #expect(headset.frames == 1)
                headset.beat()
                #expect(headset.takeAndEnd() && headset.violations.isEmpty)
            }
        }

        @Test func posesAreThoseOfTheTimeAskedFor() throws {
            try withContext {
                let script = try HeadsetScript(text: "0 head 0 1.6 0 0 0 0\n1 head 0 1.6 0 90 0 0")
                let headset = try SimulatedHeadset(refreshRate: 100, script: script)
                _ = headset.pump(now: 0)
                for _ in 0..<50 { headset.play() }
                headset.beat()
                var time: HeadsetTime = 0
                #expect(headset.takeAndEnd { time = $0.displayTime })
                let now = headset.views(at: time)
                #expect(now.isTracked && now.eyes.count == 2)
                #expect(abs(degrees(now.head.orientation.yaw) - 46.8) < 0.01)
                #expect(
                    abs(distance(now.eyes[0].pose.position, now.eyes[1].pose.position) - 0.063)
                        < 1e-5)
                let later = headset.views(at: time + 100_000_000)
                #expect(abs(degrees(later.head.orientation.yaw) - 55.8) < 0.01)
            }
        }

        @Test func whatCanGoWrongDoes() throws {
            try withContext {
                let headset = try SimulatedHeadset(
                    script: HeadsetScript(text: "0 head 0 1.6 0 20 0 0\n0 right 0 1 0 0 0 0"))
                _ = headset.pump(now: 0)
                headset.play()
                let events = headset.play()
                #expect(events.contains(.phase(.focused)))
                #expect(events.contains(.controllers(left: nil, right: "Simulated controller")))
                #expect(headset.hands[1].isActive)

                headset.happen(.focus(false))
                #expect(headset.play().contains(.phase(.visible)))
                #expect(!headset.hands[1].isActive, "somebody else's")
                headset.happen(.visible(false))
                headset.beat()
                #expect(headset.pump(now: 0).contains(.phase(.synchronized)))
                var wasShown = true
                #expect(headset.takeAndEnd { wasShown = $0.shouldRender })
                #expect(!wasShown)
                headset.happen(.visible(true))
                headset.happen(.focus(true))
                headset.play()

                let before = headset.views(at: headset.shownTime)
                headset.happen(.tracking(false))
                let lost = headset.views(at: headset.shownTime)
                #expect(!lost.isTracked && lost.eyes == before.eyes, "the last that were known")
                headset.happen(.tracking(true))

                headset.happen(.rate(72))
                #expect(headset.play().contains(.refreshRate(72)) && headset.refreshRate == 72)
                headset.happen(.recentre)
                #expect(headset.play().contains(.recentred))
                #expect(abs(headset.views(at: headset.shownTime).head.orientation.yaw) < 1e-4)

                headset.happen(.lost("The cable was pulled."))
                #expect(headset.pump(now: 0) == [.lost("The cable was pulled.")])
                #expect(headset.violations.isEmpty)
            }
        }

        @Test func aScriptsFaultsComeAtTheirTime() throws {
            try withContext {
                let headset = try SimulatedHeadset(
                    refreshRate: 10,
                    script: HeadsetScript(text: "0 rate 20\n0.35 focus off\n1 lost gone"))
                _ = headset.pump(now: 0)
                var events: [[HeadsetEvent]] = []
                while !(events.last?.contains(.lost("gone")) ?? false), events.count < 50 {
                    events.append(headset.play())
                }
                #expect(events[0].contains(.refreshRate(20)))
                #expect(events.count < 25)
                #expect(events.contains { $0.contains(.phase(.visible)) })
            }
        }

        @Test func aWrongOrderIsWrittenDown() throws {
            try withContext {
                let headset = try SimulatedHeadset()
                headset.recordsViolations = true
                _ = headset.pump(now: 0)
                headset.play()
                let chain = try headset.makeSwapchain(
                    size: ImageSize(width: 8, height: 8), mipLevels: 1, isStatic: false)
                func quad(_ part: ImagePart) -> HeadsetLayer {
                    .quad(
                        QuadImage(image: part, pose: .identity, size: SIMD2(1, 1), isBlended: false)
                    )
                }
                headset.play([quad(ImagePart(swapchain: chain))])
                #expect(headset.violations.last?.contains("nothing was drawn") == true)
                do {
                    let image = try image(of: chain)
                    headset.play([quad(ImagePart(swapchain: chain))])
                    #expect(image.texture != 0)
                }
                #expect(headset.violations.contains { $0.contains("still being drawn") })
                headset.play([quad(ImagePart(swapchain: chain, x: 4, size: chain.size))])
                #expect(headset.violations.last?.contains("outside its image") == true)
                headset.play([.world([])])
                #expect(headset.violations.last?.contains("0 pictures") == true)

                headset.beat()
                headset.takeAndEnd { _ in
                    #expect(!headset.takeAndEnd())
                    #expect(headset.violations.last?.contains("before the last one") == true)
                }

                let still = try headset.makeSwapchain(
                    size: ImageSize(width: 8, height: 8), mipLevels: 4, isStatic: true)
                do { _ = try still.acquire() }
                do { _ = try still.acquire() }
                #expect(headset.violations.last?.contains("static") == true)
                headset.happen(.lost("gone"))
                #expect(!headset.takeAndEnd())
                #expect(headset.violations.last?.contains("lost") == true)
            }
        }

        @Test func aWrongOrderIsATrapInDebugBuilds() async {
            await #expect(processExitsWith: .failure) {
                try withContext {
                    let headset = try SimulatedHeadset()
                    headset.happen(.lost("gone"))
                    headset.takeAndEnd()
                    // A release build goes on, and says so in `violations`.
                    if headset.violations.count == 1 { exit(1) }
                }
            }
        }

        @Test func imagesMayBeLateAndSizesRefused() throws {
            try withContext {
                let headset = try SimulatedHeadset()
                let chain = try headset.makeSwapchain(
                    size: ImageSize(width: 8, height: 8), mipLevels: 1, isStatic: false)
                headset.happen(.images(false))
                if try chain.acquire() != nil { Issue.record("an image came") }
                headset.happen(.images(true))
                let first = try image(of: chain).texture
                let second = try image(of: chain).texture
                #expect(first != second)
                #expect(throws: HeadsetError.self) {
                    try headset.makeSwapchain(
                        size: ImageSize(width: 9000, height: 8), mipLevels: 1, isStatic: false)
                }
                #expect(throws: HeadsetError.self) {
                    try headset.makeSwapchain(
                        size: ImageSize(width: 8, height: 8), mipLevels: 5, isStatic: false)
                }
                #expect(headset.violations.isEmpty)
            }
        }

        @Test func aTimerBeatsByItself() throws {
            try withContext {
                let headset = try SimulatedHeadset(refreshRate: 200, beats: .timer)
                var taken = 0
                while taken < 5 {
                    var entry = pollfd(fd: headset.descriptor, events: Int16(POLLIN), revents: 0)
                    #expect(phosphor_poll(&entry, 1, 20_000_000_000) == 1)
                    _ = headset.pump(now: phosphor_now())
                    if headset.takeAndEnd() { taken += 1 }
                }
                #expect(headset.frames == 5 && headset.phase == .focused)
            }
        }

        @Test func byHandTheDescriptorTellsOfABeat() throws {
            try withContext {
                let headset = try SimulatedHeadset()
                func isReadable() -> Bool {
                    var entry = pollfd(fd: headset.descriptor, events: Int16(POLLIN), revents: 0)
                    // One nanosecond's timer may not have gone off yet when it is asked at once.
                    return phosphor_poll(&entry, 1, 50_000_000) == 1
                }
                #expect(isReadable(), "frames are wanted")
                _ = headset.pump(now: 0)
                #expect(isReadable(), "the first phase")
                _ = headset.pump(now: 0)
                #expect(!isReadable())
                headset.beat()
                #expect(isReadable())
            }
        }

        @Test func ticksAreWrittenDown() throws {
            try withContext {
                let headset = try SimulatedHeadset()
                headset.tick(hand: 1, strength: 0.3, seconds: 0.01)
                #expect(headset.ticks.map(\.strength) == [0.3] && headset.ticks[0].hand == 1)
            }
        }
    }
}
