import CEpoxy
import GLSL
import Guest
import Headset
import Render

/// The sketch's picture in the headset: the newest one that guests have drawn, with the eyes that it was drawn for.
///
/// One texture holds both eyes side by side, as the guests' slots do, so that a picture goes up in one piece; at a scale
/// below the full it takes the lower left part. Without a newer picture the same texture is shown again.
final class HeadsetPicture {
    /// What the texture shows.
    enum Shown {
        case nothing
        /// A world, from these eyes; with depth where its near and far planes are known, in metres.
        case world(HeadViews, planes: ClosedRange<Float>? = nil)
        /// A picture for the screen.
        case screen
    }

    private let chain: any HeadsetSwapchain
    /// Where depth goes; nil where the headset takes none, or has refused it.
    private var depthChain: (any HeadsetSwapchain)?
    /// Why it was refused, until somebody has asked.
    private var depthProblem: HeadsetError?
    /// The part of it that belongs to the picture.
    private var depthSize = ImageSize(width: 0, height: 0)
    private(set) var shown = Shown.nothing
    private(set) var size = ImageSize(width: 1, height: 1)
    /// What was taken: the number of a picture, or the trial of a pinned one.
    private var sequence: UInt64 = 0
    private var pinned: Int?

    init(_ driver: any HeadsetDriver, eye: ImageSize) throws(HeadsetError) {
        chain = try driver.makeSwapchain(
            size: ImageSize(width: 2 * eye.width, height: eye.height), mipLevels: 1,
            isStatic: false)
        // As large as what comes with a picture of that size: half of each eye's sides, rounded up.
        let size = ImageSize(width: 2 * ((eye.width + 1) / 2), height: (eye.height + 1) / 2)
        // A picture without depth is better than none.
        do throws(HeadsetError) { depthChain = try driver.makeDepthSwapchain(size: size) } catch {
            depthProblem = error
        }
    }

    /// Whether depth is of any use.
    var takesDepth: Bool { depthChain != nil }

    /// Why there is no depth though the headset takes it, said once.
    func takeDepthProblem() -> HeadsetError? {
        defer { depthProblem = nil }
        return depthProblem
    }

    /// Takes what is to be seen now, where that is not in the texture yet.
    func update(_ workspace: Workspace) throws(HeadsetError) {
        if let pin = workspace.panicStill {
            guard pinned != pin.trial else { return }
            let wanted = ImageSize(width: pin.still.width, height: pin.still.height)
            guard fits(wanted) else {
                (pinned, sequence, shown) = (pin.trial, 0, .nothing)
                return
            }
            // Without an image all stays as it was, and the next frame tries again.
            guard let image = try chain.acquire() else { return }
            (pinned, sequence, size) = (pin.trial, 0, wanted)
            // While tracking space is being moved nobody knows where a world belongs; `forget` has it come again.
            shown =
                pin.still.views.map { workspace.room.mustRecentre ? .nothing : .world($0) }
                ?? .screen
            pin.still.bytes.withUnsafeBytes { upload($0.baseAddress, image.texture) }
            _ = consume image
            return
        }
        pinned = nil
        guard workspace.supervisor.pictureSequence != sequence,
            let newest = workspace.supervisor.picture
        else { return }
        defer { workspace.supervisor.releasePicture() }
        let wanted = ImageSize(width: newest.width, height: newest.height)
        guard fits(wanted) else {
            workspace.pictureArrived(newest)
            (sequence, shown) = (newest.sequence, .nothing)
            return
        }
        guard let image = try chain.acquire() else { return }
        workspace.pictureArrived(newest)
        (sequence, size) = (newest.sequence, wanted)
        if let shared = newest.texture {
            Texture.copy(shared, width: size.width, height: size.height, to: image.texture)
        } else {
            upload(newest.pixels, image.texture)
        }
        _ = consume image
        if newest.state.views.count == 2 {
            // From before tracking space was moved: nobody knows where it belongs.
            let hasDepth = takeDepth(newest)
            shown =
                workspace.room.asked[newest.state.tag].map {
                    .world($0.views, planes: hasDepth ? $0.planes : nil)
                } ?? .nothing
        } else {
            // A world drawn for the window, before the headset was there: its own picture is under way.
            shown = workspace.surroundings == .world ? .nothing : .screen
        }
    }

    /// Takes the depth that came with a picture; false where there is none, or no image for it at the moment.
    private func takeDepth(_ picture: Picture) -> Bool {
        guard let depth = picture.depth, let chain = depthChain, depth.width <= chain.size.width,
            depth.height <= chain.size.height
        else { return false }
        do throws(HeadsetError) {
            guard let image = try chain.acquire() else { return false }
            depthSize = ImageSize(width: depth.width, height: depth.height)
            Texture.fill(
                image.texture, width: depth.width, height: depth.height, depth: depth.places)
            _ = consume image
            return true
        } catch {
            (depthChain, depthProblem) = (nil, error)
            return false
        }
    }

    /// Shows nothing until a picture of the new tracking space comes; one for the screen stays, it has no place there.
    ///
    /// A pinned picture is taken again with the next frame, for its eyes in the new space.
    func forget() {
        pinned = nil
        if case .world = shown { shown = .nothing }
    }

    private func fits(_ size: ImageSize) -> Bool {
        size.width <= chain.size.width && size.height <= chain.size.height
    }

    /// Straight into the image, whose format takes the bytes for what they are: sRGB.
    private func upload(_ pixels: UnsafeRawPointer?, _ texture: UInt32) {
        guard let pixels else { return }
        glBindTexture(GLenum(GL_TEXTURE_2D), texture)
        glPixelStorei(GLenum(GL_UNPACK_ALIGNMENT), 1)
        glTexSubImage2D(
            GLenum(GL_TEXTURE_2D), 0, 0, 0, GLsizei(size.width), GLsizei(size.height),
            GLenum(GL_RGBA), GLenum(GL_UNSIGNED_BYTE), pixels)
    }

    /// The whole picture.
    var part: ImagePart { ImagePart(swapchain: chain, size: size) }

    /// An eye's half of its depth.
    func depth(eye: Int, _ planes: ClosedRange<Float>?) -> DepthImage? {
        guard let planes, let depthChain else { return nil }
        let half = depthSize.width / 2
        return DepthImage(
            image: ImagePart(
                swapchain: depthChain, x: eye * half,
                size: ImageSize(width: half, height: depthSize.height)),
            near: planes.lowerBound, far: planes.upperBound)
    }

    /// An eye's half of it.
    func part(eye: Int) -> ImagePart {
        let half = size.width / 2
        return ImagePart(
            swapchain: chain, x: eye * half, size: ImageSize(width: half, height: size.height))
    }
}
