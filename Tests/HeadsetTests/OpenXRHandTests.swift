import COpenXR
import Testing

@testable import Headset

extension OpenXRTests {
    /// Eyes, hands, spaces and controllers.
    @Suite struct Body {
        @Test func eyesStayWhereTheyWereWhenTrackingIsLost() throws {
            let wearer = try Wearer()
            let driver = try #require(wearer.driver)
            let before = driver.views(at: 5)
            #expect(before.isTracked)
            #expect(before.eyes[1].pose.position == SIMD3(0.03, 1.7, 0))
            #expect(before.eyes[1].fieldOfView.left == -0.7)
            FakeRuntime.change { $0.isTracked = false }
            let after = driver.views(at: 6)
            #expect(!after.isTracked)
            #expect(after.eyes == before.eyes)
        }

        @Test func eyesAreMadeUpUntilTheyAreKnown() throws {
            let wearer = try Wearer { $0.isTracked = false }
            let views = try #require(wearer.driver).views(at: 5)
            #expect(!views.isTracked)
            #expect(views.eyes.count == 2)
            #expect(views.head.position == SIMD3(0, 1.6, 0))
        }

        @Test func theTriggerClicksOnceThoughTheFingerTrembles() throws {
            let wearer = try Wearer()
            try wearer.focus()
            var seen: [Bool] = []
            for value: Float in [0.5, 0.7, 0.5, 0.7, 0.3, 0.5] {
                FakeRuntime.change { $0.select = value }
                // The beat that was under way may have read the value before.
                for _ in 0..<2 { wearer.driver?.end(try wearer.nextFrame(), layers: []) }
                seen.append(wearer.driver?.hands[1].isSelecting == true)
            }
            #expect(seen == [false, true, true, true, false, false])
            let hand = try #require(wearer.driver?.hands[1])
            #expect(hand.aim?.position == SIMD3(0.2, 1, -0.5))
            #expect(hand.stick == SIMD2(0.25, -0.5))
            #expect(wearer.driver?.hands[0].isActive == false)
        }

        @Test func handsSleepWithoutTheFocus() throws {
            let wearer = try Wearer { $0.failures["xrSyncActions"] = XR_SESSION_NOT_FOCUSED }
            try wearer.focus()
            #expect(wearer.driver?.hands == [HandState(), HandState()])
            FakeRuntime.change { $0.failures = [:] }
            try wearer.play { $0.driver?.hands[1].isActive == true }
            // Not tracked: it is there, but nobody knows where.
            FakeRuntime.change { $0.isTracked = false }
            try wearer.play { $0.driver?.hands[1].aim == nil }
            #expect(wearer.driver?.hands[1].isActive == true)
        }

        @Test func controllersHaveNamesForPeople() throws {
            let wearer = try Wearer()
            try wearer.focus()
            FakeRuntime.change { $0.events.append(.profile) }
            try wearer.play {
                $0.events.contains(.controllers(left: nil, right: "Valve Index controller"))
            }
            #expect(
                XRProfile.name("/interaction_profiles/maker/new_controller")
                    == "maker new controller")
        }

        @Test func bindingsAreSuggestedForThreeKinds() throws {
            let wearer = try Wearer()
            let bindings = wearer.fake(\.bindings)
            #expect(bindings.count == 3)
            let touch = try #require(bindings["/interaction_profiles/oculus/touch_controller"])
            #expect(touch.contains("/user/hand/left/input/x/click"))
            #expect(!touch.contains("/user/hand/right/input/x/click"))
            for paths in bindings.values {
                #expect(paths.contains("/user/hand/right/input/aim/pose"))
                #expect(paths.contains("/user/hand/left/output/haptic"))
            }
        }

        @Test(arguments: [
            ([phosphor_xr_local_floor(), XR_REFERENCE_SPACE_TYPE_STAGE], "on the floor", Float(0)),
            ([XR_REFERENCE_SPACE_TYPE_LOCAL, XR_REFERENCE_SPACE_TYPE_STAGE], "on the stage", 0),
            ([XR_REFERENCE_SPACE_TYPE_LOCAL], "1.6 m below the eyes", -1.6),
        ])
        func theFloorIsFoundOrAssumed(
            spaces: [XrReferenceSpaceType], words: String, offset: Float
        ) throws {
            let wearer = try Wearer {
                $0.spaces = spaces
                $0.extensions.append(XRExtension.localFloor)
            }
            #expect(wearer.driver?.report.trackingSpace == words)
            #expect(wearer.fake(\.spaceOffsets) == [offset])
        }
    }
}
