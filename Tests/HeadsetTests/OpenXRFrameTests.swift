import COpenXR
import Testing

@testable import Headset

extension OpenXRTests {
    /// A session's life, frame by frame.
    @Suite struct Frames {
        @Test func aSessionComesIntoFocusAndLeavesWhenAsked() throws {
            let wearer = try Wearer()
            #expect(wearer.driver?.name == "Fake headset (Fake 25.0.1)")
            try wearer.focus()
            #expect(
                wearer.events.prefix(3) == [
                    .phase(.synchronized), .phase(.visible), .phase(.focused),
                ])
            #expect(wearer.driver?.phase == .focused)
            wearer.driver?.requestExit()
            try wearer.play { $0.lost != nil }
            #expect(wearer.lost?.contains("as asked") == true)
            #expect(wearer.driver?.phase == .idle)
            wearer.leave()
            #expect(wearer.fake(\.mistakes) == [])
            #expect(wearer.fake(\.calls).contains("xrEndSession"))
            #expect(wearer.fake(\.alive).values.allSatisfy { $0 == 0 })
        }

        @Test func anEyeIsAsLargeAsBothFitIntoATexture() throws {
            // More than half of what one eye may have: the limit of a texture is another one.
            let wearer = try Wearer { $0.recommended = (2000, 2160) }
            #expect(wearer.driver?.eyeSize == ImageSize(width: 2000, height: 2160))
            wearer.leave()
            let small = try Wearer { ($0.recommended, $0.largestTexture) = ((2000, 2160), 2048) }
            #expect(small.driver?.eyeSize == ImageSize(width: 1024, height: 2048))
        }

        @Test func whoLeavesBeforeTheSessionRunsIsLetGo() throws {
            let wearer = try Wearer { $0.failures["xrBeginSession"] = XR_ERROR_SESSION_LOST }
            try wearer.play { $0.lost != nil }
            #expect(wearer.lost?.contains("taken the headset away") == true)
        }

        @Test func theFirstFrameIsDarkAndTheFirstPeriodsAreReplaced() throws {
            let wearer = try Wearer()
            var seen: [(Bool, HeadsetTime)] = []
            while seen.count < 4 {
                let frame = try wearer.nextFrame()
                seen.append((frame.shouldRender, frame.period))
                wearer.driver?.end(frame, layers: [])
            }
            #expect(seen.map(\.0) == [false, true, true, true])
            // Nobody has told a rate yet: 90 Hz, then what the third frame tells.
            #expect(seen[0].1 == 11_111_111)
            #expect(seen[1].1 == 11_111_111)
            #expect(seen[2].1 == FakeRuntime.period)
            try wearer.focus()
            #expect(wearer.events.contains(.refreshRate(80)))
            #expect(wearer.driver?.refreshRate == 80)
        }

        @Test func aRateThatTheRuntimeTellsIsFollowed() throws {
            let wearer = try Wearer { $0.missing = [] }
            #expect(wearer.driver?.refreshRate == 72)
            try wearer.focus()
            FakeRuntime.change { $0.events.append(.rate(120)) }
            try wearer.play { $0.driver?.refreshRate == 120 }
            // The frames' own period counts only where nobody tells.
            #expect(wearer.events.filter { $0 == .refreshRate(80) } == [])
        }

        @Test func theNextFrameIsWaitedForOnlyAfterTheEnd() throws {
            let wearer = try Wearer()
            try wearer.focus()
            let frame = try wearer.nextFrame()
            let waits = wearer.fake(\.calls).count { $0 == "xrWaitFrame" }
            // Everything that the thread may do with a frame out: events, and a tick.
            wearer.driver?.tick(hand: 1, strength: 0.5, seconds: 0.01)
            FakeRuntime.change { $0.events.append(.rate(120)) }
            try wearer.play { $0.driver?.refreshRate == 120 }
            #expect(wearer.fake(\.calls).count { $0 == "xrWaitFrame" } == waits)
            #expect(wearer.fake(\.ticks) == [0.5])
            wearer.driver?.end(frame, layers: [])
            _ = try wearer.nextFrame()
            #expect(wearer.fake(\.mistakes) == [])
        }

        @Test func aDroppedFrameEndsItself() throws {
            let wearer = try Wearer()
            try wearer.focus()
            let ended = wearer.fake(\.ended).count
            do { _ = try wearer.nextFrame() }
            #expect(wearer.fake(\.ended).count == ended + 1)
            #expect(wearer.fake(\.ended).last?.layers == [])
            _ = try wearer.nextFrame()
            #expect(wearer.fake(\.mistakes) == [])
        }

        @Test(
            "depth goes along with the world where the runtime takes it, in a format that it has",
            arguments: [[0x81A5], [0x8CAC, 0x81A6], [0x88F0], []] as [[Int64]], [true, false])
        func depth(formats: [Int64], isKnown: Bool) throws {
            let wearer = try Wearer {
                $0.formats += formats
                if isKnown { $0.extensions.append(XRExtension.depth) }
            }
            let driver = try #require(wearer.driver)
            let isTaken = isKnown && !formats.isEmpty && formats != [0x88F0]
            #expect(driver.takesDepth == isTaken)
            let size = ImageSize(width: 64, height: 32)
            let chain = try driver.makeSwapchain(size: size, mipLevels: 1, isStatic: false)
            let depthChain = try driver.makeDepthSwapchain(size: size)
            #expect((depthChain != nil) == isTaken)
            do { _ = try image(of: chain) }
            try wearer.focus()
            let view = driver.views(at: 0).eyes[0]
            func show(near: Float, far: Float) throws {
                let eye = EyeImage(
                    image: ImagePart(swapchain: chain), view: view,
                    depth: depthChain.map {
                        DepthImage(image: ImagePart(swapchain: $0), near: near, far: far)
                    })
                driver.end(try wearer.nextFrame(), layers: [.world([eye, eye])])
                #expect(wearer.fake(\.ended).last?.layers == [XR_TYPE_COMPOSITION_LAYER_PROJECTION])
            }
            // Depth that was never drawn, or goes backwards, is left out; the world is shown all the same.
            try show(near: 0.05, far: 1000)
            #expect(wearer.fake(\.depths) == [])
            if let depthChain { _ = try image(of: depthChain) }
            try show(near: 0.05, far: 1000)
            #expect(wearer.fake(\.depths) == (isTaken ? [0.05...1000, 0.05...1000] : []))
            try show(near: 5, far: 5)
            #expect(wearer.fake(\.depths) == [])
            #expect(wearer.fake(\.mistakes) == [])
        }

        @Test func layersAreHandedOverAsTheyStand() throws {
            let wearer = try Wearer()
            let driver = try #require(wearer.driver)
            let chain = try driver.makeSwapchain(
                size: ImageSize(width: 64, height: 32), mipLevels: 1, isStatic: false)
            let empty = try driver.makeSwapchain(
                size: ImageSize(width: 64, height: 32), mipLevels: 1, isStatic: false)
            do {
                let image = try image(of: chain)
                #expect(image.texture == 41)
            }
            let eye = EyeImage(
                image: ImagePart(swapchain: chain, size: ImageSize(width: 32, height: 32)),
                view: driver.views(at: 0).eyes[0])
            func quad(_ chain: any HeadsetSwapchain, x: Int = 0, isBlended: Bool = true)
                -> HeadsetLayer
            {
                .quad(
                    QuadImage(
                        image: ImagePart(
                            swapchain: chain, x: x, size: ImageSize(width: 16, height: 16)),
                        pose: Pose(), size: SIMD2(1, 1), isBlended: isBlended))
            }
            try wearer.focus()
            let frame = try wearer.nextFrame()
            // One that was never drawn, and one that reaches beyond its image, would spoil the whole frame.
            driver.end(
                frame,
                layers: [
                    .world([eye, eye]), quad(empty), quad(chain, x: 60), quad(chain),
                    quad(chain, isBlended: false),
                ])
            #expect(
                wearer.fake(\.ended).last?.layers == [
                    XR_TYPE_COMPOSITION_LAYER_PROJECTION, XR_TYPE_COMPOSITION_LAYER_QUAD,
                    XR_TYPE_COMPOSITION_LAYER_QUAD,
                ])
            #expect(
                wearer.fake(\.flags) == [0, XR_COMPOSITION_LAYER_BLEND_TEXTURE_SOURCE_ALPHA_BIT, 0])
        }

        @Test func aFrameThatIsRefusedForItsLayersIsEndedWithoutThem() throws {
            let wearer = try Wearer { $0.failures["xrEndFrame"] = XR_ERROR_LAYER_INVALID }
            let driver = try #require(wearer.driver)
            let chain = try driver.makeSwapchain(
                size: ImageSize(width: 64, height: 32), mipLevels: 1, isStatic: false)
            do { _ = try chain.acquire() }
            let layer = HeadsetLayer.quad(
                QuadImage(
                    image: ImagePart(swapchain: chain), pose: Pose(), size: SIMD2(1, 1),
                    isBlended: true))
            try wearer.play(until: { $0.events.contains(.phase(.focused)) }, layers: [layer])
            try wearer.play(
                until: { _ in driver.frameProblem?.contains("LAYER_INVALID") == true },
                layers: [layer])
            #expect(wearer.fake(\.mistakes) == [])
            FakeRuntime.change { $0.failures = [:] }
            try wearer.play(until: { _ in driver.frameProblem == nil }, layers: [layer])
        }

        @Test func anImageThatTheCompositorKeepsIsWaitedForAgain() throws {
            let wearer = try Wearer()
            let chain = try #require(wearer.driver).makeSwapchain(
                size: ImageSize(width: 64, height: 32), mipLevels: 1, isStatic: false)
            FakeRuntime.change { $0.failures["xrWaitSwapchainImage"] = XR_TIMEOUT_EXPIRED }
            for _ in 0..<3 {
                if try chain.acquire() != nil { Issue.record("an image came") }
            }
            FakeRuntime.change { $0.failures = [:] }
            #expect(try image(of: chain).texture == 41)
            #expect(wearer.fake(\.calls).count { $0 == "xrAcquireSwapchainImage" } == 1)
            #expect(wearer.fake(\.mistakes) == [])
        }

        @Test func recentringIsToldWhenItsMomentHasCome() throws {
            let wearer = try Wearer()
            try wearer.focus()
            let moment = 1000 + HeadsetTime(wearer.fake(\.frames) + 3) * FakeRuntime.period
            FakeRuntime.change { fake in
                fake.events.append(.recentre(XR_REFERENCE_SPACE_TYPE_LOCAL, at: 0))
                fake.events.append(.recentre(XR_REFERENCE_SPACE_TYPE_STAGE, at: moment))
            }
            var last: HeadsetTime = 0
            while !wearer.events.contains(.recentred) {
                try wearer.pump()
                if let frame = wearer.driver?.takeFrame() {
                    last = frame.displayTime
                    wearer.driver?.end(frame, layers: [])
                }
            }
            // Told with the first frame that is seen after it, and another space's change not at all.
            #expect(last >= moment - FakeRuntime.period)
            #expect(wearer.events.count { $0 == .recentred } == 1)
        }
    }
}
