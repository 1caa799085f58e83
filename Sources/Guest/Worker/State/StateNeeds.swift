import CEpoxy
import GLSL

/// What a program keeps from frame to frame, by what its linked passes say.
struct StateNeeds {
    /// One storage buffer.
    struct Buffer {
        let key: StateKey
        /// By which plans ask for it, and messages name it.
        let names: Set<String>
        /// Where stages look for it; nil for what only captures and draws use.
        let binding: Int?
        var life = BufferPlan.Life.kept
        var isCaptured = false
    }

    /// Passes whose pictures the next frame needs, with their places among all.
    private(set) var pictures: [(index: Int, plan: PicturePlan)] = []
    private(set) var buffers: [Buffer] = []
    /// Pictures for image units.
    private(set) var images: [ImagePlan] = []

    /// The most that one program may keep, in bytes.
    static let limit = 256 << 20

    var isEmpty: Bool { pictures.isEmpty && buffers.isEmpty && images.isEmpty }

    init() {}

    init(_ plans: [PicturePlan], _ buffers: [Buffer], _ images: [ImagePlan]) {
        pictures = plans.enumerated().filter { $1.isKept && $1.isDrawn }.map { ($0, $1) }
        (self.buffers, self.images) = (buffers, images)
    }

    /// Bytes that live on, with each eye's pictures; the second of each pair left out, for it is drawn anew.
    func bytes(_ sizes: FrameSizes) -> Int {
        bytes(sizes, all: false)
    }

    /// Bytes that live on, or all that are held for that.
    func bytes(_ sizes: FrameSizes, all: Bool) -> Int {
        var sum = 0
        for (index, plan) in pictures {
            let form = plan.form(sizes.passes[index])
            sum += sizes.layout.eyes * (all ? form.allBytes : form.bytes)
        }
        for buffer in buffers where all || buffer.life == .kept {
            sum += buffer.key.bytes * (all && buffer.isCaptured ? 2 : 1)
        }
        for (image, size) in zip(images, sizes.images) where all || image.life == .kept {
            sum += size.width * size.height * image.format.bytes
        }
        return sum
    }
}
