import COpenXR

@testable import Headset

extension FakeRuntime {
    static func addActions(to table: inout [String: PFN_xrVoidFunction]) {
        let set: PFN_xrCreateActionSet = { _, _, set in
            set?.pointee = OpaquePointer(bitPattern: 0x61)
            return XR_SUCCESS
        }
        table["xrCreateActionSet"] = address(set)
        let create: PFN_xrCreateAction = { _, info, action in
            guard let info else { return XR_ERROR_VALIDATION_FAILURE }
            // The first letters tell the actions apart.
            let name = withUnsafeBytes(of: info.pointee.actionName) { Int($0[0]) << 8 | Int($0[1]) }
            action?.pointee = OpaquePointer(bitPattern: name)
            return XR_SUCCESS
        }
        table["xrCreateAction"] = address(create)
        let suggest: PFN_xrSuggestInteractionProfileBindings = { _, info in
            FakeRuntime.change { fake in
                guard let info = info?.pointee else { return XR_ERROR_VALIDATION_FAILURE }
                let count = Int(info.countSuggestedBindings)
                fake.bindings[fake.paths[Int(info.interactionProfile)]] =
                    (0..<count).map { index in
                        fake.paths[Int(info.suggestedBindings?[index].binding ?? 0)]
                    }
                return XR_SUCCESS
            }
        }
        table["xrSuggestInteractionProfileBindings"] = address(suggest)
        let attach: PFN_xrAttachSessionActionSets = { _, _ in
            FakeRuntime.change { $0.called("xrAttachSessionActionSets") ?? XR_SUCCESS }
        }
        table["xrAttachSessionActionSets"] = address(attach)
        let profile: PFN_xrGetCurrentInteractionProfile = { _, hand, state in
            FakeRuntime.change { fake in
                let isLeft = fake.paths[Int(hand)] == "/user/hand/left"
                if !fake.paths.contains(fake.profile) { fake.paths.append(fake.profile) }
                state?.pointee.interactionProfile =
                    isLeft ? 0 : XrPath(fake.paths.firstIndex(of: fake.profile) ?? 0)
                return XR_SUCCESS
            }
        }
        table["xrGetCurrentInteractionProfile"] = address(profile)
        let sync: PFN_xrSyncActions = { _, _ in
            FakeRuntime.change { $0.called("xrSyncActions") ?? XR_SUCCESS }
        }
        table["xrSyncActions"] = address(sync)
        let boolean: PFN_xrGetActionStateBoolean = { _, _, state in
            state?.pointee.isActive = 1
            state?.pointee.currentState = 0
            return XR_SUCCESS
        }
        table["xrGetActionStateBoolean"] = address(boolean)
        let float: PFN_xrGetActionStateFloat = { _, info, state in
            let isSelect = info?.pointee.action == OpaquePointer(bitPattern: 0x7365)
            state?.pointee.isActive = 1
            state?.pointee.currentState = isSelect ? FakeRuntime.change { $0.select } : 0
            return XR_SUCCESS
        }
        table["xrGetActionStateFloat"] = address(float)
        let vector: PFN_xrGetActionStateVector2f = { _, _, state in
            state?.pointee.isActive = 1
            state?.pointee.currentState = XrVector2f(x: 0.25, y: -0.5)
            return XR_SUCCESS
        }
        table["xrGetActionStateVector2f"] = address(vector)
        let pose: PFN_xrGetActionStatePose = { _, info, state in
            // The left controller sleeps.
            FakeRuntime.change { fake in
                let hand = fake.paths[Int(info?.pointee.subactionPath ?? 0)]
                state?.pointee.isActive = hand == "/user/hand/left" ? 0 : 1
                return XR_SUCCESS
            }
        }
        table["xrGetActionStatePose"] = address(pose)
        let haptics: PFN_xrApplyHapticFeedback = { _, _, haptic in
            let amplitude = UnsafeRawPointer(haptic)?.assumingMemoryBound(
                to: XrHapticVibration.self
            )
            .pointee.amplitude
            return FakeRuntime.change { fake in
                fake.ticks.append(amplitude ?? -1)
                return XR_SUCCESS
            }
        }
        table["xrApplyHapticFeedback"] = address(haptics)
    }
}
