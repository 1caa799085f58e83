/// What a sketch says of itself that GLSL cannot say: its `sketch.toml`.
///
/// A name that nothing in the sketch has is a notice, not an error. What a pass does not say is as its texts have it.
public struct SketchPlan: Codable, Sendable, Hashable {
    /// The dialect to follow; nil to recognise it.
    public var dialect: Dialect?
    /// Passes in the order in which they are drawn.
    ///
    /// The one that is shown is `image`, and is drawn last where it is not named. Passes of the sketch's texts that are not named are drawn before those that are.
    public var passes: [Pass] = []
    /// Pictures that it brings along.
    public var textures: [TexturePlan] = []
    /// Meshes that it brings along.
    public var meshes: [MeshPlan] = []
    /// Storage buffers whose size or life it says.
    public var buffers: [BufferPlan] = []
    /// Images whose size, format or life it says.
    public var images: [ImagePlan] = []
    /// Values by their uniforms' names: what they begin with and where they end.
    public var values: [ValueNote] = []
    /// Folders in which `#include` looks after the file's own, as the sketch names them.
    public var includePaths: [String] = []
    /// What is wrong with the file, by line; what could be read of it holds all the same.
    public var problems: [Diagnostic] = []
    /// Where it says what, for messages: by names with dots between, as `pass.blur.geometry` or `buffer.flow`.
    public var places: [String: SourcePlace] = [:]

    /// A plan that says nothing.
    public init() {}

    /// The picture of a name; nil for none.
    public func texture(_ name: String) -> TexturePlan? { textures.first { $0.name == name } }
}
