/// A uniform that a dialect fills, by the name that it has there.
struct KnownUniform: Sendable {
    /// What it means.
    enum Meaning: Sendable, Equatable {
        case builtin(BuiltinUniform)
        /// The picture that is shown, as it was in the frame before.
        case previousPicture
        /// What the pass before this one drew; of the first pass, its own picture of the frame
        /// before, or a test picture where it reads no other.
        case previousPass
        case picture(PictureSource)
        case constant([Double])
    }

    let name: String
    /// The types by which it may be declared; the first is ours.
    let types: [String]
    let meaning: Meaning
    let sampling: Sampling
    /// What a user should know of it; nil for nothing.
    let note: String?

    init(
        _ name: String, _ types: [String], _ meaning: Meaning, _ sampling: Sampling = Sampling(),
        note: String? = nil
    ) {
        (self.name, self.types, self.meaning) = (name, types, meaning)
        (self.sampling, self.note) = (sampling, note)
    }

    /// Several names for one thing.
    static func all(
        _ names: String, _ types: [String], _ meaning: Meaning, _ sampling: Sampling = Sampling(),
        note: String? = nil
    ) -> [KnownUniform] {
        names.split(separator: " ").map {
            KnownUniform(String($0), types, meaning, sampling, note: note)
        }
    }

    /// What a uniform is filled with in a pass.
    func source(in pass: PassPlace) -> UniformSource {
        switch meaning {
        case .builtin(let uniform): .builtin(uniform)
        case .constant(let numbers): .constant(numbers)
        case .previousPicture: .sampler(.previous(Assembler.shownPass), sampling)
        case .previousPass:
            // What only filters a picture that nobody drew gets one.
            if pass.before == nil, pass.hasOneSampler {
                .sampler(.test, Sampling(.linear, .repeat))
            } else {
                .sampler(pass.before.map { .pass($0) } ?? .previous(pass.name), sampling)
            }
        case .picture(let picture): .sampler(picture, sampling)
        }
    }

    static let silence = "there is no sound yet: this reads silence"
    static let time = ["float"]
    static let size = ["vec2", "vec3", "vec4", "ivec2", "ivec3"]
    static let place = ["vec2", "vec3", "vec4"]
    static let flat = ["sampler2D"]
}

/// Where a pass stands among the others.
struct PassPlace {
    var name: String
    /// The pass before it; nil for the first.
    var before: String?
    /// Whether its stages read one picture alone.
    var hasOneSampler = false
}

extension Assembler {
    /// The pass that is shown.
    static let shownPass = "image"
}
