import CEpoxy
import GLSL
import Render

/// What a program reads and writes in one frame, by its plans' names; and how far the frame is.
final class FrameScene {
    let program: LoadedProgram
    let sizes: FrameSizes
    private let state: ProgramState?
    private let pictures: FramePictures
    private let common: CommonThings
    /// The pass and the eye that are at it.
    var pass = 0
    var eye = 0
    private var units = 0

    init(
        _ program: LoadedProgram, _ sizes: FrameSizes, _ state: ProgramState?,
        _ pictures: FramePictures, _ common: CommonThings
    ) {
        (self.program, self.sizes, self.state) = (program, sizes, state)
        (self.pictures, self.common) = (pictures, common)
    }

    /// What people have made of a value, or what it begins with.
    func value(_ name: String) -> [Double] { common.value(name, of: program) }

    /// The storage buffer of this name.
    func buffer(_ name: String) -> KeptBuffer? { state?.buffer(name) }

    /// How captured varyings lie in the buffer of this name.
    func capture(_ buffer: String) -> CaptureLayout? {
        program.passes.lazy.compactMap(\.capture).first { $0.plan.buffer == buffer }
    }

    func shape(_ geometry: Geometry) -> MeshBuffers? { common.shape(geometry) }

    func mesh(_ name: String) -> MeshBuffers? {
        guard let part = program.payload?.meshes.first(where: { $0.name == name }) else {
            return nil
        }
        return common.resources.mesh(part.resource)
    }

    // MARK: Pictures

    /// What a pass draws into for an eye; nil for the picture that is shown itself.
    func picture(_ pass: Int, eye: Int) -> KeptPicture? {
        let plan = program.pictures[pass]
        guard plan.isDrawn, !plan.isDirect else { return nil }
        if plan.isKept {
            let eyes = state?.pictures[plan.pass]
            return eye < eyes?.count ?? 0 ? eyes?[eye] : nil
        }
        return pictures.picture(plan.pass, eye: eye)
    }

    /// Width and height of a picture.
    func size(of source: PictureSource) -> (width: Int, height: Int) {
        switch source {
        case .pass(let name), .previous(let name):
            guard let index = program.passIndices[name] else { return (1, 1) }
            return (sizes.passes[index].width, sizes.passes[index].height)
        default:
            let texture = texture(source, isFlipped: false, .plain)
            return texture.map { ($0.width, $0.height) } ?? (1, 1)
        }
    }

    private func texture(
        _ source: PictureSource, isFlipped: Bool, _ kind: SamplerKind
    ) -> SampledTexture? {
        switch source {
        case .pass(let name): return drawn(name, isPrevious: false)
        case .previous(let name): return drawn(name, isPrevious: true)
        case .image(let name): return (state?.images[name]).map { sampled($0, $0.previous) }
        case .texture(let name):
            let part = program.payload?.textures.first { $0.name == name }
            return part.flatMap { common.resources.texture($0.resource, isFlipped: isFlipped) }
                ?? common.channels.missing
        default: return common.channels.texture(source, kind)
        }
    }

    /// What a pass drew last, or in the frame before.
    private func drawn(_ name: String, isPrevious: Bool) -> SampledTexture? {
        guard let index = program.passIndices[name], let picture = picture(index, eye: eye) else {
            return nil
        }
        // Of a pass that was drawn in this frame already, the other one of its pair is that of the frame before.
        let isDone = index < pass
        return sampled(picture, isPrevious && isDone ? picture.next : picture.previous)
    }

    private func sampled(_ picture: KeptPicture, _ buffer: Framebuffer) -> SampledTexture {
        SampledTexture(
            name: buffer.color.name,
            kind: SamplerKind(GL_TEXTURE_2D, picture.form.format.scalar),
            width: picture.width, height: picture.height)
    }

    // MARK: Binding

    /// Binds what samplers read to their units; where nothing is of their kind, something stands in.
    func bind(_ samplers: [SamplerUse]) {
        // All of them before the first is bound: one that is uploaded now takes the unit that is active.
        let textures = samplers.map { texture(of: $0) }
        for (use, texture) in zip(samplers, textures) {
            glActiveTexture(GLenum(GL_TEXTURE0) + GLenum(use.unit))
            glBindTexture(use.kind.target, texture.name)
            glBindSampler(
                GLuint(use.unit),
                use.sampling.map { common.samplers.name($0, use.kind.scalar) } ?? 0)
            units = max(units, use.unit + 1)
        }
    }

    private func texture(of use: SamplerUse) -> SampledTexture {
        let found: SampledTexture? =
            switch use.picture {
            case .channel(let index): common.channels.channel(index)
            case .own: picture(pass, eye: eye).map { sampled($0, $0.previous) }
            case .nothing: nil
            case .bound(let source):
                texture(source, isFlipped: use.sampling?.isFlipped ?? false, use.kind)
            }
        return found.flatMap { $0.kind == use.kind ? $0 : nil } ?? common.channels.standIn(use.kind)
    }

    /// Binds what image units read and write.
    func bind(_ images: [ImageUse]) {
        for use in images {
            guard let picture = state?.images[use.name] else { continue }
            glBindImageTexture(
                GLuint(use.unit), picture.previous.color.name, 0, GLboolean(GL_FALSE), 0,
                GLenum(GL_READ_WRITE), picture.form.format.internalFormat)
        }
    }

    /// Leaves the texture units as others expect them.
    func release() {
        for unit in 0..<units { glBindSampler(GLuint(unit), 0) }
        glActiveTexture(GLenum(GL_TEXTURE0))
    }
}

/// What all programs of a guest share.
final class CommonThings {
    let channels = ChannelTextures()
    let samplers = SamplerObjects()
    let resources = ResourceStore()
    /// What people have made of values, by name.
    var values: [String: [Double]] = [:] { didSet { valuesVersion += 1 } }
    /// Another number after each change of them.
    private(set) var valuesVersion = 0
    private var shapes: [Geometry: MeshBuffers] = [:]

    /// What people have made of a value, or what it begins with in a program.
    func value(_ name: String, of program: LoadedProgram) -> [Double] {
        values[name] ?? program.payload?.values.first { $0.name == name }?.initial ?? []
    }

    /// A mesh that needs no file; nil for what has none.
    func shape(_ geometry: Geometry) -> MeshBuffers? {
        if let shape = shapes[geometry] { return shape }
        guard let mesh = PlainMesh(geometry) else { return nil }
        // Whoever types a number makes a new one with each digit.
        if shapes.count >= 16 { shapes = [:] }
        let shape = MeshBuffers(mesh)
        shapes[geometry] = shape
        return shape
    }
}
