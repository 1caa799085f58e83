import CEpoxy
import Render

/// Textures of a simulated headset: three, or one that is static, taken in turns.
final class SimulatedSwapchain: HeadsetSwapchain {
    let size: ImageSize
    let mipLevels: Int
    private let images: [Texture]
    private let isStatic: Bool
    let isDepth: Bool
    private let order: CallOrder
    private let isReady: () -> Bool
    private var taken = 0
    private var acquired: Int?
    private var released: Int?

    init(
        size: ImageSize, mipLevels: Int, isStatic: Bool, isDepth: Bool = false, order: CallOrder,
        isReady: @escaping () -> Bool
    ) {
        (self.size, self.mipLevels, self.isStatic) = (size, mipLevels, isStatic)
        (self.isDepth, self.order, self.isReady) = (isDepth, order, isReady)
        images = (0..<(isStatic ? 1 : 3)).map { _ in
            Texture(
                width: size.width, height: size.height,
                format: GLenum(isDepth ? GL_DEPTH_COMPONENT16 : GL_SRGB8_ALPHA8),
                levels: mipLevels)
        }
    }

    func acquire() throws(HeadsetError) -> HeadsetImage? {
        order.requireThread()
        order.require(acquired == nil, "an image is acquired while another one of its swapchain is")
        order.require(!(isStatic && taken > 0), "a static swapchain's image is acquired again")
        guard isReady() else { return nil }
        let index = taken % images.count
        taken += 1
        acquired = index
        return HeadsetImage(texture: images[index].name, of: self)
    }

    func releaseImage() {
        order.require(acquired != nil, "an image is released that was not acquired")
        released = acquired ?? released
        acquired = nil
    }

    /// The image that a frame shows which ends now; nil, with a word about it, where there is none.
    func submitted() -> Texture? {
        order.require(acquired == nil, "a frame ends while an image of it is still being drawn")
        guard let released else {
            order.note("a layer shows a swapchain that nothing was drawn into")
            return nil
        }
        return images[released]
    }
}
