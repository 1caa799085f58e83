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
    /// How far away is what it shows; nil where nobody knows.
    public var depth: DepthImage?

    /// Makes an eye's picture.
    public init(image: ImagePart, view: EyeView, depth: DepthImage? = nil) {
        (self.image, self.view, self.depth) = (image, view, depth)
    }
}

/// How far away is what an eye's picture shows, of that field of view and any size (`XrCompositionLayerDepthInfoKHR`).
public struct DepthImage {
    /// OpenGL's window depth: 0 at the near plane, 1 at the far one.
    public var image: ImagePart
    /// Where the near plane is, in metres of tracking space.
    public var near: Float
    /// Where the far plane is, in metres of tracking space.
    public var far: Float

    /// Makes a picture's depth.
    public init(image: ImagePart, near: Float, far: Float) {
        (self.image, self.near, self.far) = (image, near, far)
    }
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
