/// What a uniform of a pass is filled with, where its name alone does not tell.
///
/// Names that begin with `i` and are in `BuiltinUniform.table` need no binding.
public struct UniformBinding: Codable, Sendable, Hashable {
    /// The uniform's name as GL gives it, without `[0]`.
    public var name: String
    /// Where its value comes from.
    public var source: UniformSource
    /// What a sampler that we declare is for, where that is known for sure; nil for what the text tells.
    public var shape: PictureShape?

    /// Binds a name.
    public init(_ name: String, _ source: UniformSource, shape: PictureShape? = nil) {
        (self.name, self.source, self.shape) = (name, source, shape)
    }
}

/// By how many numbers a picture is read.
public enum PictureShape: String, Codable, Sendable, CaseIterable {
    /// By two.
    case flat
    /// By a direction.
    case cube
    /// By a place.
    case volume

    /// GLSL's type of a sampler for it.
    public var samplerType: String {
        switch self {
        case .flat: "sampler2D"
        case .cube: "samplerCube"
        case .volume: "sampler3D"
        }
    }
}

/// Where a uniform's value comes from.
public enum UniformSource: Codable, Sendable, Hashable {
    /// Something that every frame has.
    case builtin(BuiltinUniform)
    /// A picture, for a sampler.
    case sampler(PictureSource, Sampling)
    /// Width and height of a picture in pixels, then 1 where the uniform has a third component.
    case size(PictureSource)
    /// A tweakable value, by its name in `AssembledProgram.values`.
    case value(String)
    /// Always the same.
    case constant([Double])
}

/// A picture that a sampler reads.
public enum PictureSource: Codable, Sendable, Hashable {
    /// What a pass drew last: in this frame where it was drawn already, otherwise in the frame before.
    case pass(String)
    /// What a pass drew in the frame before.
    case previous(String)
    /// A picture that the sketch brings along, by its name in `AssembledProgram.textures`.
    case texture(String)
    /// What the image units of a program write, by its name in `AssembledProgram.images`.
    case image(String)
    /// Shadertoy's keyboard: 256 x 3, rows: held, pressed in this frame, toggled.
    case keyboard
    /// Sound as Shadertoy has it, 512 x 2: frequencies, then the wave. Silence.
    case audio
    /// The wave alone, a row of 512 about its middle, as ISF has it. Silence.
    case wave
    /// Frequencies alone, a row of 1,024, as Bonzomatic and ISF have them. Silence.
    case spectrum
    /// A picture for sources that want one which nobody gave: directions and scale can be told from it.
    case test
    /// Another one in other colours, for what goes from one picture to a second.
    case secondTest
    /// 256 x 256 grains.
    case noise
    /// One black texel.
    case black
}

/// How a sampler reads.
public struct Sampling: Codable, Sendable, Hashable {
    /// Between texels.
    public enum Filter: String, Codable, Sendable, CaseIterable { case nearest, linear, mipmap }
    /// Beyond the edge.
    public enum Wrap: String, Codable, Sendable, CaseIterable { case clamp, `repeat`, mirror }

    /// Between texels.
    public var filter: Filter
    /// Beyond the edge.
    public var wrap: Wrap
    /// Whether rows are taken from the top down.
    public var isFlipped: Bool

    /// A way to read; linear and clamped unless told otherwise.
    public init(_ filter: Filter = .linear, _ wrap: Wrap = .clamp, isFlipped: Bool = false) {
        (self.filter, self.wrap, self.isFlipped) = (filter, wrap, isFlipped)
    }
}
