import COpenXR

@testable import Headset

extension FakeRuntime {
    static func addInstance(to table: inout [String: PFN_xrVoidFunction]) {
        let extensions: PFN_xrEnumerateInstanceExtensionProperties = { _, capacity, count, list in
            FakeRuntime.answer("xrEnumerateInstanceExtensionProperties") { fake in
                count?.pointee = UInt32(fake.extensions.count)
                for (index, name) in fake.extensions.enumerated() where index < Int(capacity) {
                    if let list { writeText(name, to: &list[index].extensionName) }
                }
                return XR_SUCCESS
            }
        }
        table["xrEnumerateInstanceExtensionProperties"] = address(extensions)
        let create: PFN_xrCreateInstance = { info, instance in
            FakeRuntime.answer("xrCreateInstance") { fake in
                // As the loader does: one at a time.
                guard fake.alive["instance", default: 0] == 0 else { return XR_ERROR_LIMIT_REACHED }
                instance?.pointee = fake.made("instance")
                return XR_SUCCESS
            }
        }
        table["xrCreateInstance"] = address(create)
        let destroy: PFN_xrDestroyInstance = { _ in
            FakeRuntime.change { fake in
                _ = fake.called("xrDestroyInstance")
                fake.alive["instance", default: 0] -= 1
                return fake.expect(
                    fake.alive["session", default: 0] == 0, "an instance before its session")
            }
        }
        table["xrDestroyInstance"] = address(destroy)
        let properties: PFN_xrGetInstanceProperties = { _, properties in
            if let properties {
                properties.pointee.runtimeVersion = phosphor_xr_version(25, 0, 1)
                writeText("Fake", to: &properties.pointee.runtimeName)
            }
            return XR_SUCCESS
        }
        table["xrGetInstanceProperties"] = address(properties)
        addPaths(to: &table)
        addSystem(to: &table)
        addEvents(to: &table)
    }

    private static func addPaths(to table: inout [String: PFN_xrVoidFunction]) {
        let toPath: PFN_xrStringToPath = { _, string, path in
            guard let string else { return XR_ERROR_PATH_INVALID }
            let text = String(cString: string)
            return FakeRuntime.change { fake in
                if !fake.paths.contains(text) { fake.paths.append(text) }
                path?.pointee = XrPath(fake.paths.firstIndex(of: text) ?? 0)
                return XR_SUCCESS
            }
        }
        table["xrStringToPath"] = address(toPath)
        let toString: PFN_xrPathToString = { _, path, capacity, count, buffer in
            let text = FakeRuntime.change { $0.paths[Int(path)] }
            count?.pointee = UInt32(text.utf8.count + 1)
            guard let buffer, Int(capacity) > text.utf8.count else {
                return capacity == 0 ? XR_SUCCESS : XR_ERROR_SIZE_INSUFFICIENT
            }
            for (index, byte) in (Array(text.utf8) + [0]).enumerated() {
                buffer[index] = CChar(bitPattern: byte)
            }
            return XR_SUCCESS
        }
        table["xrPathToString"] = address(toString)
    }

    private static func addSystem(to table: inout [String: PFN_xrVoidFunction]) {
        let system: PFN_xrGetSystem = { _, _, id in
            FakeRuntime.answer("xrGetSystem") { fake in
                id?.pointee = 7
                return XR_SUCCESS
            }
        }
        table["xrGetSystem"] = address(system)
        let properties: PFN_xrGetSystemProperties = { _, _, properties in
            guard let properties else { return XR_ERROR_VALIDATION_FAILURE }
            let largest = FakeRuntime.change { $0.largestTexture }
            properties.pointee.graphicsProperties = XrSystemGraphicsProperties(
                maxSwapchainImageHeight: largest, maxSwapchainImageWidth: largest, maxLayerCount: 16
            )
            writeText("Fake headset", to: &properties.pointee.systemName)
            return XR_SUCCESS
        }
        table["xrGetSystemProperties"] = address(properties)
        let modes: PFN_xrEnumerateEnvironmentBlendModes = { _, _, _, _, count, list in
            count?.pointee = 2
            list?[0] = XR_ENVIRONMENT_BLEND_MODE_ADDITIVE
            list?[1] = XR_ENVIRONMENT_BLEND_MODE_OPAQUE
            return XR_SUCCESS
        }
        table["xrEnumerateEnvironmentBlendModes"] = address(modes)
        let views: PFN_xrEnumerateViewConfigurationViews = { _, _, _, _, count, list in
            FakeRuntime.answer("xrEnumerateViewConfigurationViews") { fake in
                count?.pointee = 2
                for index in 0..<2 {
                    list?[index].recommendedImageRectWidth = fake.recommended.width
                    list?[index].recommendedImageRectHeight = fake.recommended.height
                    list?[index].maxImageRectWidth = 2048
                    list?[index].maxImageRectHeight = 8192
                }
                return XR_SUCCESS
            }
        }
        table["xrEnumerateViewConfigurationViews"] = address(views)
    }

    private static func addEvents(to table: inout [String: PFN_xrVoidFunction]) {
        let poll: PFN_xrPollEvent = { _, buffer in
            let (failure, event) = FakeRuntime.change { fake -> (XrResult?, FakeEvent?) in
                // Not noted: the beat's thread asks all the time.
                if let failure = fake.failures["xrPollEvent"] { return (failure, nil) }
                return (nil, fake.events.isEmpty ? nil : fake.events.removeFirst())
            }
            if let failure { return failure }
            guard let event else { return XR_EVENT_UNAVAILABLE }
            let memory = UnsafeMutableRawPointer(buffer)
            switch event {
            case .state(let state):
                var data = XrEventDataSessionStateChanged()
                data.type = XR_TYPE_EVENT_DATA_SESSION_STATE_CHANGED
                data.session = FakeRuntime.session
                data.state = state
                fill(memory, data)
            case .recentre(let space, let time):
                var data = XrEventDataReferenceSpaceChangePending()
                data.type = XR_TYPE_EVENT_DATA_REFERENCE_SPACE_CHANGE_PENDING
                (data.session, data.referenceSpaceType) = (FakeRuntime.session, space)
                data.changeTime = time
                fill(memory, data)
            case .rate(let rate):
                var data = XrEventDataDisplayRefreshRateChangedFB()
                data.type = XR_TYPE_EVENT_DATA_DISPLAY_REFRESH_RATE_CHANGED_FB
                data.toDisplayRefreshRate = rate
                fill(memory, data)
            case .profile:
                var data = XrEventDataInteractionProfileChanged()
                data.type = XR_TYPE_EVENT_DATA_INTERACTION_PROFILE_CHANGED
                fill(memory, data)
            case .instanceLoss:
                var data = XrEventDataInstanceLossPending()
                data.type = XR_TYPE_EVENT_DATA_INSTANCE_LOSS_PENDING
                fill(memory, data)
            }
            return XR_SUCCESS
        }
        table["xrPollEvent"] = address(poll)
    }

    /// The handle of each session: a new one of the same runtime may well get the same.
    static var session: OpaquePointer? {
        var scratch = FakeRuntime()
        return scratch.made("session")
    }
}
