/// What goes to the driver: every pass, with its stages' final texts.
public struct AssembledProgram: Codable, Sendable, Equatable {
    /// The dialect that was followed.
    public var dialect: Dialect
    /// The passes in the order in which they are drawn; at least one.
    public var passes: [AssembledPass]
    /// How many views a frame has: 1, or 2 in a headset.
    public var views: Int
    /// Whether it is a picture or a world around its viewer.
    public var surroundings: Surroundings
    /// Where its viewer begins, as its comments say.
    public var startingPlace: StartingPlace
    /// What people may tweak while it runs.
    public var values: [ValuePlan] = []
    /// Pictures that it brings along.
    public var textures: [TexturePlan] = []
    /// Meshes that it brings along.
    public var meshes: [MeshPlan] = []
    /// Storage buffers whose size its texts do not say, or which something besides its texts uses.
    public var buffers: [BufferPlan] = []
    /// Pictures for image units.
    public var images: [ImagePlan] = []
    /// What is worth saying although the program runs, by line.
    public var notices: [Diagnostic] = []

    /// Makes a program.
    public init(
        dialect: Dialect, passes: [AssembledPass], views: Int = 1,
        surroundings: Surroundings = .flat, startingPlace: StartingPlace = .init()
    ) {
        self.dialect = dialect
        self.passes = passes
        self.views = views
        self.surroundings = surroundings
        self.startingPlace = startingPlace
    }
}

extension AssembledProgram {
    /// Why loops of any stage run without counting; empty where none does.
    public var unguarded: [Diagnostic] { passes.flatMap(\.stages).flatMap(\.unguarded) }
}

/// One pass: the stages that make one GL program.
public struct AssembledPass: Codable, Sendable, Equatable {
    /// The pass's name; the one that is shown is called "image".
    public var name: String
    /// The stages, in the pipeline's order.
    public var stages: [AssembledStage]
    /// What it draws into.
    public var target: TargetPlan
    /// What it draws; nil for what a comment of its vertex stage says (`// @vertices`), or one triangle.
    public var draw: DrawPlan?
    /// How often its compute stage runs; nil for what a comment of it says (`// @groups`), or once a pixel.
    public var dispatch: DispatchPlan?
    /// What its uniforms are filled with, where their names alone do not tell.
    public var bindings: [UniformBinding] = []

    /// Makes a pass.
    public init(
        name: String, stages: [AssembledStage], target: TargetPlan = .init(), draw: DrawPlan? = nil,
        dispatch: DispatchPlan? = nil, bindings: [UniformBinding] = []
    ) {
        (self.name, self.stages, self.target) = (name, stages, target)
        (self.draw, self.dispatch, self.bindings) = (draw, dispatch, bindings)
    }
}

/// One stage as the driver gets it.
public struct AssembledStage: Codable, Sendable, Equatable {
    /// Which stage it is.
    public var stage: Stage
    /// The whole text, `#version` and all; never contains NUL.
    public var text: String
    /// The way back from the driver's places to the user's.
    public var lineMap: LineMap
    /// Whether it is a pass-through that the user did not write.
    public var isGenerated: Bool
    /// What the loop guard did to the text; nil where nothing counts.
    public var loopGuard: GuardReport?
    /// Why loops of it run without counting, each on its line; empty where none does.
    public var unguarded: [Diagnostic]

    /// Makes a stage.
    public init(
        stage: Stage, text: String, lineMap: LineMap, isGenerated: Bool = false,
        loopGuard: GuardReport? = nil, unguarded: [Diagnostic] = []
    ) {
        self.stage = stage
        self.text = text
        self.lineMap = lineMap
        self.isGenerated = isGenerated
        self.loopGuard = loopGuard
        self.unguarded = unguarded
    }
}

/// Why a source could not be assembled; says where and what to do.
public struct AssemblyError: Error, Sendable, Equatable {
    /// What is wrong, by line; never empty.
    public var diagnostics: [Diagnostic]

    /// Makes an error.
    public init(diagnostics: [Diagnostic]) {
        self.diagnostics = diagnostics
    }
}
