import CEpoxy
import GLSL
import Render

/// What one frame draws into and nobody needs after it: passes' pictures, depth, samples.
final class FramePictures {
    private var pictures: [String: [KeptPicture]] = [:]
    private var depths: [Size: DepthBuffer] = [:]
    private var targets: [Size: SampledTarget] = [:]
    private let mostSamples: Int
    /// For whose frames of which sizes all is there.
    private weak var preparedProgram: LoadedProgram?
    private var preparedSizes: FrameSizes?

    private struct Size: Hashable {
        let width: Int
        let height: Int
        let samples: Int
        var format: PixelFormat?
    }

    /// The most bytes of all that one frame draws into.
    static let limit = 512 << 20

    init() {
        var most: GLint = 1
        glGetIntegerv(GLenum(GL_MAX_SAMPLES), &most)
        mostSamples = max(1, Int(most))
    }

    func picture(_ pass: String, eye: Int) -> KeptPicture? {
        let eyes = pictures[pass] ?? []
        return eye < eyes.count ? eyes[eye] : nil
    }

    /// Makes what a program's frame of these sizes draws into; what is there already stays.
    ///
    /// - Throws: `GuestError` where that is too much.
    func prepare(_ program: LoadedProgram, _ sizes: FrameSizes) throws(GuestError) {
        guard preparedProgram !== program || preparedSizes != sizes else { return }
        preparedProgram = nil
        try make(program, sizes)
        (preparedProgram, preparedSizes) = (program, sizes)
    }

    private func make(_ program: LoadedProgram, _ sizes: FrameSizes) throws(GuestError) {
        var forms: [(pass: String, form: KeptPicture.Form)] = []
        var bytes = 0
        var samples: [Size] = []
        for (index, plan) in program.pictures.enumerated() where plan.isDrawn {
            let size = sizes.passes[index]
            let form = plan.form(size)
            let count = self.samples(program.passes[index])
            if count > 1 {
                let size = Size(
                    width: size.width, height: size.height, samples: count,
                    format: plan.target.format)
                if !samples.contains(size) {
                    samples.append(size)
                    bytes += count * form.bytes
                }
            }
            guard !plan.isKept, !plan.isDirect else { continue }
            forms.append((plan.pass, form))
            bytes += sizes.layout.eyes * form.allBytes
        }
        guard bytes <= Self.limit else {
            throw GuestError(
                "The program draws into \(bytes >> 20) MB of pictures; \(Self.limit >> 20) MB are allowed: "
                    + "make its passes smaller, or of less samples.")
        }
        let wanted = Set(forms.map(\.pass))
        if pictures.contains(where: { !wanted.contains($0.key) }) {
            pictures = pictures.filter { wanted.contains($0.key) }
        }
        for (pass, form) in forms {
            let known = pictures[pass] ?? []
            if known.count == sizes.layout.eyes, known.allSatisfy({ $0.form == form }) { continue }
            pictures[pass] = nil
            for _ in 0..<sizes.layout.eyes {
                pictures[pass, default: []].append(try KeptPicture(form))
            }
        }
        for size in samples where targets[size] == nil {
            if targets.count >= 8 { targets = [:] }
            targets[size] = try SampledTarget(
                width: size.width, height: size.height,
                format: size.format?.internalFormat ?? GLenum(GL_RGBA8), samples: size.samples)
        }
    }

    /// How many samples a pass gets: as many as it wants, and the driver has.
    func samples(_ pass: LoadedPass) -> Int {
        pass.target.format.scalar == .float && !pass.isReplaying
            ? min(pass.plan.samples, mostSamples) : 1
    }

    /// Where a pass's samples are drawn; nil where it has one a pixel.
    func sampled(_ pass: LoadedPass, _ size: FrameSizes.Size) -> SampledTarget? {
        let count = samples(pass)
        guard count > 1 else { return nil }
        return targets[
            Size(
                width: size.width, height: size.height, samples: count,
                format: pass.target.format)]
    }

    /// A depth buffer of this size.
    func depth(_ size: FrameSizes.Size, samples: Int) -> DepthBuffer {
        let key = Size(width: size.width, height: size.height, samples: samples)
        if let depth = depths[key] { return depth }
        if depths.count >= 16 { depths = [:] }
        let depth = DepthBuffer(width: size.width, height: size.height, samples: samples)
        depths[key] = depth
        return depth
    }

    /// Lets go of all.
    func forget() {
        (pictures, depths, targets) = ([:], [:], [:])
        preparedProgram = nil
    }
}
