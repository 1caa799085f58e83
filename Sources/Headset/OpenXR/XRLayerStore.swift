import COpenXR

/// A frame's layers in the form that `xrEndFrame` reads, in memory that is used again for each frame.
///
/// OpenXR wants pointers to structures that point to others; making them anew would be some allocations a frame.
final class XRLayerStore {
    /// More than that nobody needs; a runtime may allow less.
    static let capacity = 32
    private let limit: Int
    private let space: XrSpace
    private let quads = UnsafeMutablePointer<XrCompositionLayerQuad>.allocate(capacity: capacity)
    private let worlds = UnsafeMutablePointer<XrCompositionLayerProjection>.allocate(
        capacity: capacity)
    private let views = UnsafeMutablePointer<XrCompositionLayerProjectionView>.allocate(
        capacity: 2 * capacity)
    private let depths = UnsafeMutablePointer<XrCompositionLayerDepthInfoKHR>.allocate(
        capacity: 2 * capacity)
    /// The list that `xrEndFrame` takes; its first `count` are the frame's.
    let pointers = UnsafeMutablePointer<UnsafePointer<XrCompositionLayerBaseHeader>?>.allocate(
        capacity: capacity)
    private(set) var count = 0

    init(space: XrSpace, limit: Int) {
        self.space = space
        // A runtime has 16 at least.
        self.limit = min(Self.capacity, max(16, limit))
    }

    deinit {
        quads.deallocate()
        worlds.deallocate()
        views.deallocate()
        depths.deallocate()
        pointers.deallocate()
    }

    /// Takes in a frame's layers, back to front; those of no use are left out, since a runtime refuses a whole frame
    /// for one of them.
    ///
    /// Where there are more than the runtime takes, the backmost go.
    func set(_ layers: [HeadsetLayer], of session: XRSession) {
        count = 0
        for layer in layers.suffix(limit) {
            switch layer {
            case .world(let eyes): add(world: eyes, session)
            case .quad(let quad): add(quad: quad, session)
            }
        }
    }

    private func add(world eyes: [EyeImage], _ session: XRSession) {
        guard eyes.count == 2 else { return }
        for (index, eye) in eyes.enumerated() {
            guard let part = subImage(eye.image, session) else { return }
            var view = XrCompositionLayerProjectionView()
            view.type = XR_TYPE_COMPOSITION_LAYER_PROJECTION_VIEW
            view.pose = eye.view.pose.openXR
            view.fov = eye.view.fieldOfView.openXR
            view.subImage = part
            if let depth = eye.depth, let info = depthInfo(depth, session) {
                (depths + 2 * count + index).initialize(to: info)
                view.next = UnsafeRawPointer(depths + 2 * count + index)
            }
            (views + 2 * count + index).initialize(to: view)
        }
        var layer = XrCompositionLayerProjection()
        layer.type = XR_TYPE_COMPOSITION_LAYER_PROJECTION
        layer.space = space
        layer.viewCount = 2
        layer.views = UnsafePointer(views + 2 * count)
        (worlds + count).initialize(to: layer)
        append(worlds + count)
    }

    private func depthInfo(_ depth: DepthImage, _ session: XRSession)
        -> XrCompositionLayerDepthInfoKHR?
    {
        guard let part = subImage(depth.image, session), depth.near > 0, depth.far > depth.near,
            depth.far.isFinite
        else { return nil }
        var info = XrCompositionLayerDepthInfoKHR()
        info.type = XR_TYPE_COMPOSITION_LAYER_DEPTH_INFO_KHR
        info.subImage = part
        (info.minDepth, info.maxDepth) = (0, 1)
        (info.nearZ, info.farZ) = (depth.near, depth.far)
        return info
    }

    private func add(quad: QuadImage, _ session: XRSession) {
        guard let part = subImage(quad.image, session), quad.size.x > 0, quad.size.y > 0,
            quad.size.x.isFinite, quad.size.y.isFinite
        else { return }
        var layer = XrCompositionLayerQuad()
        layer.type = XR_TYPE_COMPOSITION_LAYER_QUAD
        // Premultiplied, as panels are drawn: OpenXR's flag for the other kind stays off.
        layer.layerFlags = quad.isBlended ? XR_COMPOSITION_LAYER_BLEND_TEXTURE_SOURCE_ALPHA_BIT : 0
        layer.space = space
        layer.eyeVisibility = XR_EYE_VISIBILITY_BOTH
        layer.subImage = part
        layer.pose = quad.pose.openXR
        layer.size = XrExtent2Df(width: quad.size.x, height: quad.size.y)
        (quads + count).initialize(to: layer)
        append(quads + count)
    }

    private func append(_ layer: UnsafeMutableRawPointer) {
        pointers[count] = UnsafePointer(
            layer.assumingMemoryBound(to: XrCompositionLayerBaseHeader.self))
        count += 1
    }

    /// Nil where the image is another session's, was never drawn, or the part does not lie in it.
    private func subImage(_ part: ImagePart, _ session: XRSession) -> XrSwapchainSubImage? {
        guard let chain = part.swapchain as? OpenXRSwapchain, chain.session === session,
            chain.hasPicture, let rectangle = part.openXR
        else { return nil }
        return XrSwapchainSubImage(
            swapchain: chain.handle, imageRect: rectangle, imageArrayIndex: 0)
    }
}
