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
    public var values: [ValuePlan] = []
    /// Folders in which `#include` looks after the file's own, as the sketch names them.
    public var includePaths: [String] = []
    /// What is wrong with the file, by line; what could be read of it holds all the same.
    public var problems: [Diagnostic] = []

    /// A plan that says nothing.
    public init() {}

    /// What it says of one pass.
    public struct Pass: Codable, Sendable, Hashable {
        /// The name, as in its files' names.
        public var name: String
        /// What it draws into.
        public var target: TargetPlan
        /// What it draws; nil for what its texts say.
        public var draw: DrawPlan?
        /// How often its compute stage runs; nil for what its text says.
        public var dispatch: DispatchPlan?
        /// Samplers by name, with what each reads.
        public var inputs: [UniformBinding]

        /// A pass by its name.
        public init(
            name: String, target: TargetPlan = .init(), draw: DrawPlan? = nil,
            dispatch: DispatchPlan? = nil, inputs: [UniformBinding] = []
        ) {
            (self.name, self.target, self.draw) = (name, target, draw)
            (self.dispatch, self.inputs) = (dispatch, inputs)
        }
    }
}
