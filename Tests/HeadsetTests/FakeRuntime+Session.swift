import COpenXR

@testable import Headset

extension FakeRuntime {
    static func addSession(to table: inout [String: PFN_xrVoidFunction]) {
        let requirements:
            @convention(c) (XrInstance?, XrSystemId, UnsafeMutableRawPointer?) -> XrResult = {
                _, _, needs in
                FakeRuntime.change { fake in
                    _ = fake.called("xrGetOpenGLGraphicsRequirementsKHR")
                    // XrGraphicsRequirementsOpenGLKHR, which Swift does not see: type, next, oldest, newest.
                    needs?.storeBytes(of: fake.oldestGL, toByteOffset: 16, as: XrVersion.self)
                    return XR_SUCCESS
                }
            }
        table["xrGetOpenGLGraphicsRequirementsKHR"] = address(requirements)
        let create: PFN_xrCreateSession = { _, info, session in
            FakeRuntime.answer("xrCreateSession") { fake in
                session?.pointee = fake.made("session")
                fake.events = [.state(XR_SESSION_STATE_IDLE), .state(XR_SESSION_STATE_READY)]
                (fake.isRunning, fake.isLeaving, fake.frames) = (false, false, 0)
                (fake.isWaited, fake.isBegun) = (false, false)
                let isAsked = fake.calls.contains("xrGetOpenGLGraphicsRequirementsKHR")
                return fake.expect(isAsked && info?.pointee.next != nil, "a session unprepared")
            }
        }
        table["xrCreateSession"] = address(create)
        let destroy: PFN_xrDestroySession = { _ in
            FakeRuntime.change { fake in
                _ = fake.called("xrDestroySession")
                fake.alive["session", default: 0] -= 1
                return fake.expect(
                    fake.alive["swapchain", default: 0] == 0, "a session before its swapchains")
            }
        }
        table["xrDestroySession"] = address(destroy)
        let begin: PFN_xrBeginSession = { _, _ in
            FakeRuntime.answer("xrBeginSession") { fake in
                fake.isRunning = true
                for state in [
                    XR_SESSION_STATE_SYNCHRONIZED, XR_SESSION_STATE_VISIBLE,
                    XR_SESSION_STATE_FOCUSED,
                ] {
                    fake.events.append(.state(state))
                }
                return XR_SUCCESS
            }
        }
        table["xrBeginSession"] = address(begin)
        let end: PFN_xrEndSession = { _ in
            FakeRuntime.answer("xrEndSession") { fake in
                let result = fake.expect(!fake.isBegun, "a session ended within a frame")
                fake.isRunning = false
                fake.events.append(.state(XR_SESSION_STATE_IDLE))
                if fake.isLeaving { fake.events.append(.state(XR_SESSION_STATE_EXITING)) }
                return result
            }
        }
        table["xrEndSession"] = address(end)
        let exit: PFN_xrRequestExitSession = { _ in
            FakeRuntime.change { fake in
                _ = fake.called("xrRequestExitSession")
                guard fake.isRunning else { return XR_ERROR_SESSION_NOT_RUNNING }
                fake.isLeaving = true
                fake.events.append(.state(XR_SESSION_STATE_STOPPING))
                return XR_SUCCESS
            }
        }
        table["xrRequestExitSession"] = address(exit)
        let rate: PFN_xrGetDisplayRefreshRateFB = { _, rate in
            rate?.pointee = 72
            return XR_SUCCESS
        }
        table["xrGetDisplayRefreshRateFB"] = address(rate)
        addSpaces(to: &table)
    }

    private static func addSpaces(to table: inout [String: PFN_xrVoidFunction]) {
        let list: PFN_xrEnumerateReferenceSpaces = { _, capacity, count, list in
            give(FakeRuntime.change { $0.spaces }, capacity, count, list)
        }
        table["xrEnumerateReferenceSpaces"] = address(list)
        let create: PFN_xrCreateReferenceSpace = { _, info, space in
            FakeRuntime.answer("xrCreateReferenceSpace") { fake in
                space?.pointee = OpaquePointer(bitPattern: 0x51)
                if let info {
                    fake.spaceOffsets.append(info.pointee.poseInReferenceSpace.position.y)
                }
                return XR_SUCCESS
            }
        }
        table["xrCreateReferenceSpace"] = address(create)
        let action: PFN_xrCreateActionSpace = { _, _, space in
            space?.pointee = OpaquePointer(bitPattern: 0x52)
            return XR_SUCCESS
        }
        table["xrCreateActionSpace"] = address(action)
        let locate: PFN_xrLocateSpace = { _, _, time, location in
            FakeRuntime.change { fake in
                location?.pointee.locationFlags = fake.isTracked ? 0xF : 0x1
                location?.pointee.pose = Pose(position: SIMD3(0.2, 1, -0.5)).openXR
                return XR_SUCCESS
            }
        }
        table["xrLocateSpace"] = address(locate)
        let views: PFN_xrLocateViews = { _, _, state, capacity, count, list in
            FakeRuntime.change { fake in
                count?.pointee = 2
                state?.pointee.viewStateFlags = fake.isTracked ? 0xF : 0x1
                for index in 0..<2 {
                    // Where it does not know, a runtime may give anything: what looks like a pose, or none at all.
                    list?[index].pose =
                        fake.isTracked
                        ? Pose(position: SIMD3(index == 0 ? -0.03 : 0.03, 1.7, 0)).openXR
                        : index == 0 ? XrPosef() : Pose(position: SIMD3(9, 9, 9)).openXR
                    list?[index].fov =
                        FieldOfView(left: -0.7, right: 0.6, up: 0.5, down: -0.4)
                        .openXR
                }
                return XR_SUCCESS
            }
        }
        table["xrLocateViews"] = address(views)
    }
}
