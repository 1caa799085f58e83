extension SketchPlan {
    /// What it says of one pass; nil for what the pass's texts and its dialect say.
    public struct Pass: Codable, Sendable, Hashable {
        /// The name, as in its files' names.
        public var name: String
        /// What it draws into: its size.
        public var size: SizePlan?
        /// What its pixels are.
        public var format: PixelFormat?
        /// Whether what was drawn in the frame before is still there when it begins to draw.
        public var isPersistent: Bool?
        /// Whether it has two pictures in turn.
        public var isDoubled: Bool?
        /// Whether smaller copies are made of it.
        public var hasMipmaps: Bool?
        /// What it draws, and how.
        public var drawing = Drawing()
        /// How often its compute stage runs.
        public var dispatch: DispatchPlan?
        /// Samplers by name, with what each reads.
        public var inputs: [UniformBinding]

        /// A pass by its name, with a whole target and draw where they are given.
        public init(
            name: String, target: TargetPlan? = nil, draw: DrawPlan? = nil,
            dispatch: DispatchPlan? = nil, inputs: [UniformBinding] = []
        ) {
            (self.name, self.dispatch, self.inputs) = (name, dispatch, inputs)
            if let target {
                (size, format, isPersistent) = (target.size, target.format, target.isPersistent)
                (isDoubled, hasMipmaps) = (target.isDoubled, target.hasMipmaps)
            }
            if let draw { drawing = Drawing(draw) }
        }

        /// What it draws into, where its texts alone would have it draw into `base`.
        public func target(over base: TargetPlan = .init()) -> TargetPlan {
            TargetPlan(
                size: size ?? base.size, format: format ?? base.format,
                isPersistent: isPersistent ?? base.isPersistent,
                isDoubled: isDoubled ?? base.isDoubled, hasMipmaps: hasMipmaps ?? base.hasMipmaps)
        }

        /// What it draws into by itself.
        public var target: TargetPlan { target() }
        /// What it draws by itself; nil where it says nothing of that.
        public var draw: DrawPlan? { drawing == Drawing() ? nil : drawing.draw(over: DrawPlan()) }
    }

    /// What a plan says of what a pass draws; nil, in each, for what the pass's texts say.
    public struct Drawing: Codable, Sendable, Hashable {
        /// What vertices there are.
        public var geometry: Geometry?
        /// How often it is drawn.
        public var instances: Int?
        /// Whether nearer things hide farther ones.
        public var hasDepth: Bool?
        /// How a colour is mixed with what lies under it.
        public var blend: DrawPlan.Blend?
        /// Which sides of triangles are left out.
        public var cull: DrawPlan.Cull?
        /// Samples a pixel.
        public var samples: Int?
        /// The colour that the target begins with.
        public var clear: SIMD4<Float>?
        /// The buffer whose bytes say how much is drawn.
        public var indirect: String?
        /// Varyings that are kept in a buffer.
        public var capture: CapturePlan?

        /// Says nothing.
        public init() {}

        /// Says all that a draw does.
        public init(_ draw: DrawPlan) {
            (geometry, instances, hasDepth) = (draw.geometry, draw.instances, draw.hasDepth)
            (blend, cull, samples, clear) = (draw.blend, draw.cull, draw.samples, draw.clear)
            (indirect, capture) = (draw.indirect, draw.capture)
        }

        /// What is drawn, where the texts alone would have `base` drawn.
        public func draw(over base: DrawPlan) -> DrawPlan {
            DrawPlan(
                geometry: geometry ?? base.geometry, instances: instances ?? base.instances,
                hasDepth: hasDepth ?? base.hasDepth, blend: blend ?? base.blend,
                cull: cull ?? base.cull, samples: samples ?? base.samples,
                clear: clear ?? base.clear, indirect: indirect ?? base.indirect,
                capture: capture ?? base.capture)
        }
    }
}
