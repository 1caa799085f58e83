/// What Shadertoy's inputs read in each pass.
struct ShadertoyChannels {
    /// The sketch's buffers in the order of their letters, by the names of their passes.
    private let buffers: [Int: String]
    private let passes: [String]
    /// Textures that the sketch brings along by the names of channels, as RiftRay's comments do.
    var textures: [String: String] = [:]

    init(passes: [String]) {
        self.passes = passes
        buffers = Dictionary(
            passes.compactMap { name in PassTexts.buffer(name).map { ($0, name) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// What a channel of a pass reads; nil for the pictures that stand in where nothing is said.
    ///
    /// First what the text says in a line of its own (`#iChannel0 "self"`); then a comment's texture, and the keyboard
    /// where it is read by keys. Otherwise, in a sketch with buffers, Buffer A
    /// is iChannel0, Buffer B iChannel1 and so on, in every pass; in a buffer's own pass it is what it drew in the frame
    /// before.
    ///
    /// A buffer whose smaller copies the text reads (`isLevelled`) has some: on Shadertoy that is said outside of it.
    func source(
        of channel: String, pass: String,
        wants: [String: ChannelDirective.Said], isKeyboard: Bool = false, isLevelled: Bool = false
    ) -> UniformSource? {
        var source = picture(of: channel, pass: pass, wants[channel]?.want, isKeyboard: isKeyboard)
        if isLevelled, case .sampler(.pass(let name), let sampling)? = source {
            source = .sampler(.pass(name), Sampling(.mipmap, sampling.wrap))
        }
        return source.map { wants[channel]?.applied(to: $0) ?? $0 }
    }

    private func picture(
        of channel: String, pass: String, _ want: ChannelDirective.Want?, isKeyboard: Bool
    ) -> UniformSource? {
        switch want {
        case .own: return read(pass)
        case .keyboard: return .sampler(.keyboard, Sampling(.nearest))
        case .pass(let name, _):
            let found = passes.first { PassTexts.key($0) == PassTexts.key(name) }
            return found.map(read) ?? .sampler(.test, Self.textureSampling)
        case .picture(let name, _): return .sampler(.texture(name), Self.textureSampling)
        case .other: return .sampler(.test, Self.textureSampling)
        case nil: break
        }
        if let texture = textures[channel] {
            return .sampler(.texture(texture), Self.textureSampling)
        }
        if isKeyboard { return .sampler(.keyboard, Sampling(.nearest)) }
        let number = Words.channels.firstIndex(of: channel)
        return number.flatMap { buffers[$0] }.map(read)
    }

    /// A pass is read as it is now, or as it was in the frame before where it is not drawn yet: its own picture, too.
    private func read(_ pass: String) -> UniformSource {
        .sampler(.pass(pass), Sampling(.linear, .clamp))
    }

    /// How Shadertoy reads pictures unless told otherwise.
    static let textureSampling = Sampling(.mipmap, .repeat)

    // MARK: Sizes

    /// The pictures whose sizes `iChannelResolution` has in a stage; nil where they are those of the stand-ins, or where
    /// the text declares that name itself.
    ///
    /// GL has one value for the whole array, while each channel has a source of its own. So the name becomes a macro
    /// over a uniform a channel.
    func sizes(
        in part: StagePart, pass: String, inputs: [UniformBinding], keyboards: Set<String>
    ) -> [PictureSource]? {
        let name = Self.sizeArray
        guard part.outline.mentions(name), part.interface.uniform(name) == nil,
            !part.outline.isDefined(name)
        else { return nil }
        let wants = ChannelDirective.wants(in: part.outline)
        var isTold = false
        let pictures = Words.channels.enumerated().map { index, channel in
            let said =
                inputs.first { $0.name == channel }?.source
                ?? source(
                    of: channel, pass: pass, wants: wants,
                    isKeyboard: keyboards.contains(channel))
            guard case .sampler(let picture, _)? = said else { return Self.standIns[index] }
            isTold = true
            return picture
        }
        return isTold ? pictures : nil
    }

    /// The macro, and what it is made of.
    static let sizeMacro = """
        uniform vec3 phosphor_size0, phosphor_size1, phosphor_size2, phosphor_size3;
        #define \(sizeArray) vec3[4](phosphor_size0, phosphor_size1, phosphor_size2, phosphor_size3)

        """

    private static let sizeArray = "iChannelResolution"

    /// What channels read of which nobody says anything.
    private static let standIns: [PictureSource] = [.test, .noise, .test, .noise]
}
