/// What the compositor shows, back to front.
public enum HeadsetLayer {
    /// The world, a picture for each eye (`XrCompositionLayerProjection`).
    case world([EyeImage])
    /// A rectangle that stands in tracking space (`XrCompositionLayerQuad`).
    case quad(QuadImage)
}

/// Part of a swapchain, in pixels from the bottom left, as GL counts.
public struct ImagePart {
    /// Whose image last given back is meant.
    public var swapchain: any HeadsetSwapchain
    /// Its left edge.
    public var x: Int
    /// Its lower edge.
    public var y: Int
    /// Its width and height.
    public var size: ImageSize

    /// A part; without a size, that of the whole image.
    public init(swapchain: any HeadsetSwapchain, x: Int = 0, y: Int = 0, size: ImageSize? = nil) {
        (self.swapchain, self.x, self.y) = (swapchain, x, y)
        self.size = size ?? swapchain.size
    }
}

/// One eye's picture with the eye that it was drawn for, in tracking space.
public struct EyeImage {
    /// The picture.
    public var image: ImagePart
    /// The eye that it was drawn for.
    public var view: EyeView

    /// Makes an eye's picture.
    public init(image: ImagePart, view: EyeView) { (self.image, self.view) = (image, view) }
}

/// A rectangle in tracking space.
public struct QuadImage {
    /// Its picture.
    public var image: ImagePart
    /// Its centre; it faces along plus z of this pose.
    public var pose: Pose
    /// Width and height in metres.
    public var size: SIMD2<Float>
    /// Whether its alpha counts; colours are then premultiplied.
    public var isBlended: Bool

    /// Makes a rectangle.
    public init(image: ImagePart, pose: Pose, size: SIMD2<Float>, isBlended: Bool) {
        (self.image, self.pose, self.size, self.isBlended) = (image, pose, size, isBlended)
    }
}
