import COpenXR
import CSystem
import Glibc
import Testing

@testable import Headset

extension OpenXRTests {
    /// What may go wrong, and what people are told then.
    @Suite struct Faults {
        /// A runtime that is broken in one way, and a word of what is said about it.
        struct Broken: Sendable, CustomTestStringConvertible {
            let testDescription: String
            let words: String
            let setUp: @Sendable (inout FakeRuntime) -> Void

            init(
                _ name: String, _ words: String,
                _ setUp: @escaping @Sendable (inout FakeRuntime) -> Void
            ) {
                (testDescription, self.words, self.setUp) = (name, words, setUp)
            }

            /// A function that fails.
            init(_ function: String, _ result: XrResult, _ words: String) {
                self.init("\(function) \(result.name)", words) { $0.failures[function] = result }
            }
        }

        static let list = [
            Broken(
                "xrEnumerateInstanceExtensionProperties", XR_ERROR_RUNTIME_UNAVAILABLE,
                "No OpenXR runtime is active"),
            Broken("xrCreateInstance", XR_ERROR_RUNTIME_UNAVAILABLE, "No OpenXR runtime is active"),
            Broken("xrCreateInstance", XR_ERROR_RUNTIME_FAILURE, "Is its service running?"),
            Broken("xrCreateInstance", XR_ERROR_API_VERSION_UNSUPPORTED, "too old"),
            Broken("xrCreateInstance", XR_ERROR_FILE_CONTENTS_INVALID, "XR_RUNTIME_JSON"),
            Broken("xrCreateInstance", XR_ERROR_OUT_OF_MEMORY, "out of memory"),
            Broken("xrGetSystem", XR_ERROR_FORM_FACTOR_UNAVAILABLE, "switch it on"),
            Broken("xrGetSystem", XR_ERROR_FORM_FACTOR_UNSUPPORTED, "has no headset"),
            Broken(
                "xrEnumerateViewConfigurationViews", XR_ERROR_VIEW_CONFIGURATION_TYPE_UNSUPPORTED,
                "two eyes"),
            // The context of these tests has reset notification, as a headless host's does.
            Broken("xrCreateSession", XR_ERROR_INITIALIZATION_FAILED, "told of GPU resets"),
            Broken("xrCreateSession", XR_ERROR_GRAPHICS_DEVICE_INVALID, "graphics card"),
            Broken("xrCreateSession", XR_ERROR_LIMIT_REACHED, "End the other one"),
            Broken("xrCreateReferenceSpace", XR_ERROR_RUNTIME_FAILURE, "does not answer"),
            Broken("xrAttachSessionActionSets", XR_ERROR_INSTANCE_LOST, "has gone"),
            Broken("no OpenGL", "takes no OpenGL pictures") {
                $0.extensions = ["XR_KHR_vulkan_enable2"]
            },
            Broken("no EGL", "Start Phosphor in a window") { $0.extensions = [XRExtension.openGL] },
            Broken("no known format", "it offers 0x881a 0x8058") { $0.formats = [0x881A, 0x8058] },
            Broken("newer OpenGL", "needs OpenGL 9.1") {
                $0.oldestGL = phosphor_xr_version(9, 1, 0)
            },
            Broken("a function is missing", "has no xrWaitFrame") {
                $0.missing.insert("xrWaitFrame")
            },
        ]

        @Test(arguments: list) func aBrokenRuntimeIsNamedAndLeavesNothingBehind(broken: Broken)
            throws
        {
            do {
                _ = try Wearer(broken.setUp)
                Issue.record("connected")
            } catch let error as HeadsetError {
                #expect(error.description.contains(broken.words), "\(error)")
            }
            #expect(FakeRuntime.change { $0.alive }.values.allSatisfy { $0 == 0 })
            #expect(FakeRuntime.change { $0.mistakes } == [])
        }

        @Test func aLookTellsAsMuchAsItFound() {
            FakeRuntime.reset()
            let well = OpenXRHeadset.probe(FakeRuntime.lookup)
            #expect(well.runtime == "Fake 25.0.1")
            #expect(well.system == "Fake headset")
            #expect(well.bindings == ["GLX", "EGL"])
            #expect(well.recommendedSize == ImageSize(width: 640, height: 720))
            #expect(well.largestSize == ImageSize(width: 2048, height: 8192))
            #expect(well.problem == nil)
            FakeRuntime.change { $0.failures["xrGetSystem"] = XR_ERROR_FORM_FACTOR_UNAVAILABLE }
            let asleep = OpenXRHeadset.probe(FakeRuntime.lookup)
            #expect(asleep.runtime == "Fake 25.0.1")
            #expect(asleep.system == nil)
            #expect(asleep.problem?.description.contains("switch it on") == true)
        }

        /// Where a runtime can go: on the thread that waits, and in each call of the main thread.
        @Test(arguments: ["xrWaitFrame", "xrBeginFrame", "xrEndFrame", "xrPollEvent"])
        func aRuntimeThatGoesIsLostAndFoundAgain(function: String) throws {
            for _ in 0..<2 {
                let wearer = try Wearer()
                try wearer.focus()
                let chain = try wearer.driver?.makeSwapchain(
                    size: ImageSize(width: 64, height: 32), mipLevels: 1, isStatic: false)
                FakeRuntime.change { $0.failures[function] = XR_ERROR_INSTANCE_LOST }
                try wearer.play { $0.lost != nil }
                #expect(wearer.lost?.contains("Fake 25.0.1 has gone") == true)
                if wearer.driver?.takeFrame() != nil { Issue.record("a frame after the end") }
                #expect(wearer.driver?.hands == [HandState(), HandState()])
                withExtendedLifetime(chain) {}
            }
            #expect(FakeRuntime.change { $0.alive }.values.allSatisfy { $0 == 0 })
            #expect(FakeRuntime.change { $0.mistakes } == [])
        }

        /// In a process of its own, where nobody else opens and closes.
        @Test func losingAndFindingLeavesNothingOpen() async {
            await #expect(processExitsWith: .success) {
                var before = OpenThings()
                for round in 0..<12 {
                    do {
                        let wearer = try Wearer()
                        try wearer.focus()
                        if round % 2 == 0 {
                            FakeRuntime.change {
                                $0.failures["xrWaitFrame"] = XR_ERROR_INSTANCE_LOST
                            }
                            try wearer.play { $0.lost != nil }
                        }
                    }
                    // The first one opens what the graphics driver keeps.
                    if round == 0 { before = OpenThings() }
                }
                let after = OpenThings()
                guard after == before else { fatalError("\(before), then \(after)") }
            }
        }

        @Test func anEventOfLossIsEnough() throws {
            for event in [FakeEvent.instanceLoss, .state(XR_SESSION_STATE_LOSS_PENDING)] {
                let wearer = try Wearer()
                try wearer.focus()
                FakeRuntime.change { $0.events.append(event) }
                try wearer.play { $0.lost != nil }
            }
        }

        @Test func aHeadsetThatIsTakenOffAndPutOnAgainGoesOn() throws {
            let wearer = try Wearer()
            try wearer.focus()
            FakeRuntime.change { $0.events.append(.state(XR_SESSION_STATE_STOPPING)) }
            try wearer.play { $0.driver?.phase == .idle }
            FakeRuntime.change { $0.events.append(.state(XR_SESSION_STATE_READY)) }
            try wearer.play { $0.driver?.phase == .focused }
            #expect(wearer.lost == nil)
            #expect(wearer.fake(\.mistakes) == [])
        }

        @Test func aSecondLookWhileOneIsThereIsRefusedInWords() throws {
            let wearer = try Wearer()
            #expect(throws: HeadsetError.self) { try OpenXRHeadset.find(FakeRuntime.lookup) }
            let report = OpenXRHeadset.probe(FakeRuntime.lookup)
            #expect(report.problem?.description.contains("holds a session already") == true)
            withExtendedLifetime(wearer) {}
        }
    }
}

/// What a process has that a leak would add to.
struct OpenThings: Equatable {
    var descriptors = Self.entries(of: "/proc/self/fd").count
    /// Threads of ours that wait for frames.
    var beats = Self.entries(of: "/proc/self/task").count {
        Self.text("/proc/self/task/\($0)/comm").hasPrefix("headset beat")
    }

    private static func entries(of folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }

    private static func text(_ path: String) -> String {
        guard let file = fopen(path, "r") else { return "" }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 64)
        return String(decoding: bytes.prefix(fread(&bytes, 1, 64, file)), as: UTF8.self)
    }
}
