import COpenXR
import Glibc

@testable import Headset

extension FakeRuntime {
    /// Nanoseconds from frame to frame that the fake tells, from the third one on.
    static let period: XrDuration = 12_500_000

    static func addFrames(to table: inout [String: PFN_xrVoidFunction]) {
        let wait: PFN_xrWaitFrame = { _, _, state in
            // A frame's time, so that the thread does not spin.
            usleep(2000)
            return FakeRuntime.answer("xrWaitFrame") { fake in
                guard fake.isRunning else { return XR_ERROR_SESSION_NOT_RUNNING }
                let result = fake.expect(!fake.isWaited && !fake.isBegun, "a wait within a frame")
                fake.isWaited = true
                state?.pointee.predictedDisplayTime = 1000 + XrTime(fake.frames) * Self.period
                state?.pointee.predictedDisplayPeriod = fake.frames < 2 ? 1 : Self.period
                state?.pointee.shouldRender = fake.frames == 0 ? 0 : 1
                fake.frames += 1
                return result
            }
        }
        table["xrWaitFrame"] = address(wait)
        let begin: PFN_xrBeginFrame = { _, _ in
            FakeRuntime.answer("xrBeginFrame") { fake in
                let result = fake.expect(fake.isWaited && !fake.isBegun, "a frame begun unasked")
                (fake.isWaited, fake.isBegun) = (false, true)
                return result
            }
        }
        table["xrBeginFrame"] = address(begin)
        let end: PFN_xrEndFrame = { _, info in
            FakeRuntime.change { fake in
                guard let info else { return XR_ERROR_VALIDATION_FAILURE }
                if let failure = fake.called("xrEndFrame"),
                    failure != XR_ERROR_LAYER_INVALID || info.pointee.layerCount > 0
                {
                    return failure
                }
                let result = fake.expect(fake.isBegun, "a frame ended that was not begun")
                fake.isBegun = false
                let layers = (0..<Int(info.pointee.layerCount)).compactMap {
                    info.pointee.layers?[$0]
                }
                fake.ended.append((info.pointee.displayTime, layers.map(\.pointee.type)))
                fake.flags = layers.map(\.pointee.layerFlags)
                fake.depths = layers.flatMap(FakeRuntime.depths)
                return result
            }
        }
        table["xrEndFrame"] = address(end)
        addSwapchains(to: &table)
    }

    /// What is said of depth in a layer of the world, near and far plane.
    private static func depths(of layer: UnsafePointer<XrCompositionLayerBaseHeader>)
        -> [ClosedRange<Float>]
    {
        guard layer.pointee.type == XR_TYPE_COMPOSITION_LAYER_PROJECTION else { return [] }
        return UnsafeRawPointer(layer).withMemoryRebound(
            to: XrCompositionLayerProjection.self, capacity: 1
        ) { world in
            (0..<Int(world.pointee.viewCount)).compactMap { index in
                guard
                    let info = world.pointee.views[index].next?.assumingMemoryBound(
                        to: XrCompositionLayerDepthInfoKHR.self
                    ).pointee,
                    info.type == XR_TYPE_COMPOSITION_LAYER_DEPTH_INFO_KHR,
                    (info.minDepth, info.maxDepth) == (0, 1), info.subImage.swapchain != nil
                else { return nil }
                return info.nearZ...info.farZ
            }
        }
    }

    private static func addSwapchains(to table: inout [String: PFN_xrVoidFunction]) {
        let formats: PFN_xrEnumerateSwapchainFormats = { _, capacity, count, list in
            give(FakeRuntime.change { $0.formats }, capacity, count, list)
        }
        table["xrEnumerateSwapchainFormats"] = address(formats)
        let create: PFN_xrCreateSwapchain = { _, info, chain in
            FakeRuntime.answer("xrCreateSwapchain") { fake in
                chain?.pointee = fake.made("swapchain")
                (fake.isImageOut, fake.isImageReady) = (false, false)
                let format = info?.pointee.format ?? 0
                let isDepth = info.map {
                    $0.pointee.usageFlags & XR_SWAPCHAIN_USAGE_DEPTH_STENCIL_ATTACHMENT_BIT != 0
                }
                return fake.expect(
                    fake.formats.contains(format) && (format == 0x8C43) == (isDepth == false),
                    "a format that is not offered, or not for what it is used")
            }
        }
        table["xrCreateSwapchain"] = address(create)
        let destroy: PFN_xrDestroySwapchain = { _ in
            FakeRuntime.change { fake in
                _ = fake.called("xrDestroySwapchain")
                fake.alive["swapchain", default: 0] -= 1
                return XR_SUCCESS
            }
        }
        table["xrDestroySwapchain"] = address(destroy)
        let images: PFN_xrEnumerateSwapchainImages = { _, capacity, count, list in
            count?.pointee = 3
            for index in 0..<Int(min(capacity, 3)) {
                // XrSwapchainImageOpenGLKHR: type, next, name; 24 bytes.
                UnsafeMutableRawPointer(list)?.storeBytes(
                    of: UInt32(40 + index), toByteOffset: 24 * index + 16, as: UInt32.self)
            }
            return XR_SUCCESS
        }
        table["xrEnumerateSwapchainImages"] = address(images)
        let acquire: PFN_xrAcquireSwapchainImage = { _, _, index in
            FakeRuntime.answer("xrAcquireSwapchainImage") { fake in
                index?.pointee = 1
                let result = fake.expect(!fake.isImageOut, "an image acquired twice")
                fake.isImageOut = true
                return result
            }
        }
        table["xrAcquireSwapchainImage"] = address(acquire)
        let wait: PFN_xrWaitSwapchainImage = { _, info in
            FakeRuntime.answer("xrWaitSwapchainImage") { fake in
                fake.isImageReady = true
                return fake.expect(
                    fake.isImageOut && (info?.pointee.timeout ?? 0) < 20_000_000,
                    "an image waited for too long, or not acquired")
            }
        }
        table["xrWaitSwapchainImage"] = address(wait)
        let release: PFN_xrReleaseSwapchainImage = { _, _ in
            FakeRuntime.answer("xrReleaseSwapchainImage") { fake in
                let result = fake.expect(
                    fake.isImageReady, "an image released that was not waited for")
                (fake.isImageOut, fake.isImageReady) = (false, false)
                return result
            }
        }
        table["xrReleaseSwapchainImage"] = address(release)
    }
}
