import COpenXR

/// Textures that host and compositor take turns with (`XrSwapchain`); it ends with this object.
///
/// Main thread only, with the GL context current.
final class OpenXRSwapchain: HeadsetSwapchain {
    /// GL_SRGB8_ALPHA8, the only format that takes sRGB bytes with alpha as they are.
    static let format: Int64 = 0x8C43
    /// Formats of depth that GL fills from two bytes a place: DEPTH_COMPONENT16, 24 and 32F, what fits best first.
    static let depthFormats: [Int64] = [0x81A5, 0x81A6, 0x8CAC]

    let size: ImageSize
    let handle: XrSwapchain
    /// Whom it belongs to; also keeps it until this has gone.
    let session: XRSession
    private let textures: [UInt32]
    private let isStatic: Bool
    /// The image that was acquired and not given back.
    private var image: UInt32?
    /// Whether the compositor is through with that image.
    private var isReady = false
    /// Whether it was ever drawn into; a layer of one that was not makes the runtime refuse the frame.
    private(set) var hasPicture = false

    /// Nanoseconds that the compositor may still need for an image.
    ///
    /// Long enough for one that is just being finished, short enough to lose nothing but a picture's freshness.
    private static let patience: XrDuration = 4_000_000

    init(
        session: XRSession, size: ImageSize, mipLevels: Int, isStatic: Bool,
        format: Int64 = OpenXRSwapchain.format
    ) throws(HeadsetError) {
        (self.session, self.size, self.isStatic) = (session, size, isStatic)
        let instance = session.instance
        var info = XrSwapchainCreateInfo()
        info.type = XR_TYPE_SWAPCHAIN_CREATE_INFO
        info.createFlags = isStatic ? XR_SWAPCHAIN_CREATE_STATIC_IMAGE_BIT : 0
        // Drawn into, uploaded to, and read while mipmaps are made.
        info.usageFlags =
            (format == Self.format
                ? XR_SWAPCHAIN_USAGE_COLOR_ATTACHMENT_BIT
                : XR_SWAPCHAIN_USAGE_DEPTH_STENCIL_ATTACHMENT_BIT)
            | XR_SWAPCHAIN_USAGE_SAMPLED_BIT | XR_SWAPCHAIN_USAGE_TRANSFER_DST_BIT
        info.format = format
        (info.width, info.height) = (UInt32(max(1, size.width)), UInt32(max(1, size.height)))
        info.mipCount = UInt32(max(1, mipLevels))
        (info.sampleCount, info.faceCount, info.arraySize) = (1, 1, 1)
        var made: XrSwapchain?
        var result = instance.guarding { $0.createSwapchain(session.handle, &info, &made) }
        guard result.isSuccess, let made else {
            throw HeadsetError(
                result, from: "xrCreateSwapchain \(size.width)x\(size.height)",
                of: session.instance.runtime)
        }
        handle = made
        var names = [UInt32](repeating: 0, count: 16)
        var count: UInt32 = 0
        result = instance.guarding {
            phosphor_xr_textures($0.enumerateSwapchainImages, made, nil, 0, &count)
        }
        if result.isSuccess {
            result = instance.guarding {
                phosphor_xr_textures(
                    $0.enumerateSwapchainImages, made, &names, min(count, 16), &count)
            }
        }
        guard result.isSuccess, count > 0 else {
            _ = instance.guarding { $0.destroySwapchain(made) }
            throw HeadsetError(
                result, from: "xrEnumerateSwapchainImages", of: session.instance.runtime)
        }
        textures = Array(names.prefix(Int(count)))
    }

    deinit { _ = session.instance.guarding { $0.destroySwapchain(handle) } }

    func acquire() throws(HeadsetError) -> HeadsetImage? {
        guard !isReady, !(isStatic && hasPicture) else {
            throw HeadsetError(
                isReady
                    ? "A swapchain's image was asked for again before it was given back."
                    : "A static swapchain has one image, and it was drawn already.")
        }
        // One that the compositor did not let go of in time stays acquired, and is waited for again.
        if image == nil {
            var index: UInt32 = 0
            let result = session.instance.guarding {
                $0.acquireSwapchainImage(handle, nil, &index)
            }
            guard result.isSuccess, Int(index) < textures.count else {
                throw fault(result, "Acquire")
            }
            image = index
        }
        var info = XrSwapchainImageWaitInfo()
        info.type = XR_TYPE_SWAPCHAIN_IMAGE_WAIT_INFO
        info.timeout = Self.patience
        let result = session.instance.guarding { $0.waitSwapchainImage(handle, &info) }
        if result == XR_TIMEOUT_EXPIRED { return nil }
        guard result.isSuccess, let image else { throw fault(result, "Wait") }
        isReady = true
        return HeadsetImage(texture: textures[Int(image)], of: self)
    }

    func releaseImage() {
        guard isReady else { return }
        (image, isReady) = (nil, false)
        // What fails here fails again in the frame's own calls, which tell.
        if session.instance.guarding({ $0.releaseSwapchainImage(handle, nil) }).isSuccess {
            hasPicture = true
        }
    }

    private func fault(_ result: XrResult, _ what: String) -> HeadsetError {
        HeadsetError(
            result, from: "xr\(what)SwapchainImage", of: session.instance.runtime)
    }
}
