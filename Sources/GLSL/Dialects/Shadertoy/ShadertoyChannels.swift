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
    /// First what the text says in a line of its own (`#iChannel0 "self"`). Otherwise, in a sketch with buffers, Buffer A
    /// is iChannel0, Buffer B iChannel1 and so on, in every pass; in a buffer's own pass it is what it drew in the frame
    /// before.
    func source(
        of channel: String, pass: String, wants: [String: (want: ChannelDirective.Want, line: Int)]
    ) -> UniformSource? {
        switch wants[channel]?.want {
        case .own: return read(pass)
        case .keyboard: return .sampler(.keyboard, Sampling(.nearest))
        case .pass(let name):
            let found = passes.first { PassTexts.key($0) == PassTexts.key(name) }
            return found.map(read) ?? .sampler(.test, Self.textureSampling)
        case .other: return .sampler(.test, Self.textureSampling)
        case nil: break
        }
        if let texture = textures[channel] {
            return .sampler(.texture(texture), Self.textureSampling)
        }
        let number = Words.channels.firstIndex(of: channel)
        return number.flatMap { buffers[$0] }.map(read)
    }

    /// A pass is read as it is now, or as it was in the frame before where it is not drawn yet: its own picture, too.
    private func read(_ pass: String) -> UniformSource {
        .sampler(.pass(pass), Sampling(.linear, .clamp))
    }

    /// How Shadertoy reads pictures unless told otherwise.
    static let textureSampling = Sampling(.mipmap, .repeat)
}
