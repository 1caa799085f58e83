extension ProgramAssembly {
    /// The program of passes in which everything is there.
    func assembled(_ passes: [Pass], _ notices: [Diagnostic]) -> AssembledProgram {
        let order = passes.map(\.texts.name)
        var binder = UniformBinder(names: names, plan: source.plan, passes: order)
        binder.range = range
        binder.guesses = dialect == .plain || dialect == .glslSandbox
        var channels = ShadertoyChannels(passes: order)
        var textures: [TexturePlan] = []
        for part in passes.flatMap(\.written) {
            binder.imageNames.formUnion(
                part.interface.variables("uniform").filter { $0.type == "image2D" }.map(\.name))
            binder.noted.merge(noted(part)) { first, _ in first }
            for (channel, texture) in self.textures(part).sorted(by: { $0.key < $1.key })
            where channels.textures[channel] == nil {
                channels.textures[channel] = texture.name
                textures.append(texture)
            }
            for texture in ChannelDirective.textures(of: part)
            where !textures.contains(where: { $0.name == texture.name }) {
                textures.append(texture)
            }
        }
        binder.channels = channels

        var result = AssembledProgram(
            dialect: dialect, passes: [], startingPlace: StartingPlace(source))
        let isNamed = passes.flatMap(\.written).contains { ChannelDirective.isIn($0.outline) }
        for (index, pass) in passes.enumerated() {
            let place = PassPlace(
                name: order[index], before: index > 0 ? order[index - 1] : nil,
                hasOneSampler: Self.hasOneSampler(pass))
            result.passes.append(self.pass(pass, at: place, isNamed: isNamed, &binder))
            if surrounds(pass) { result.surroundings = .world }
        }
        doubleWhatIsReadLater(&result.passes)
        mipWhatIsReadSo(&result.passes)
        let plan = source.plan
        result.values = binder.values
        result.textures =
            plan.textures
            + textures.filter { own in !plan.textures.contains { $0.name == own.name } }
        result.meshes = plan.meshes
        result.buffers = plan.buffers
        result.images = plan.images + binder.images
        result.notices = notices + binder.allNotices
        return result
    }

    private func surrounds(_ pass: Pass) -> Bool {
        pass.fragment?.entries(in: pass.dialect)?.ray != nil
            || pass.drawn.contains(where: \.usesViews)
    }

    private static func hasOneSampler(_ pass: Pass) -> Bool {
        // KodeLife's templates declare more than they use.
        let samplers = pass.written.flatMap { part in
            part.interface.variables("uniform").filter {
                $0.type.contains("sampler") && part.outline.count(of: $0.name) > 1
            }
        }
        return Set(samplers.map(\.name)).count == 1
    }

    // MARK: One pass

    private func pass(
        _ pass: Pass, at place: PassPlace, isNamed: Bool, _ binder: inout UniformBinder
    ) -> AssembledPass {
        if let copied = pass.copied { return Self.copy(of: copied) }
        let drawn = pass.drawn
        let shared = SharedUniforms(drawn, macro: macro)
        let inputs = pass.texts.plan?.inputs ?? []
        let drawing = pass.texts.plan?.drawing
        var draw = drawing.flatMap { $0 == .init() ? nil : $0.draw(over: ownDraw($0, drawn)) }
        var sizes: [PictureSource]?
        // Read once for all who ask: it is the longest look at a text that there is here.
        let kinds = pass.fragment.map { ChannelTypes($0.outline) }
        var stages = drawn.map { part in
            var rules = rules(for: part, pass, inputs, kinds)
            if rules.isToy, let channels = binder.channels {
                sizes = channels.sizes(
                    in: part, pass: place.name, inputs: inputs, keyboards: kinds?.keyboards ?? [])
                if sizes != nil { rules.replaced.text += ShadertoyChannels.sizeMacro }
            }
            return part.assembled(shared, rules)
        }
        if let fragment = pass.fragment, !drawn.contains(where: { $0.stage == .vertex }) {
            var version = fragment.compiledVersion(entries: fragment.entries(in: pass.dialect))
            if stages.contains(where: { $0.stage == .fragment && $0.isOfOurVersion }) {
                version = StagePart.ourVersion
            }
            let next = drawn.first ?? fragment
            stages.append(
                Assembler.generatedVertex(
                    for: next.outline, version: version, isArrayed: next.stage != .fragment,
                    input: vertexInput))
            // ES 1.00 has no `gl_VertexID`: its corners come with the square's own attribute.
            if version.number == 100, draw == nil {
                draw = DrawPlan(geometry: .grid(columns: 1, rows: 1))
            }
        } else if pass.fragment == nil, let last = drawn.last {
            stages.append(
                Assembler.generatedFragment(
                    for: last.outline, version: last.compiledVersion(entries: nil)))
        }
        let shownImage = drawn.isEmpty ? pass.shownImage : nil
        if shownImage != nil {
            stages += Self.showingImage
        } else if drawn.isEmpty, place.name == Assembler.shownPass {
            stages += Self.showingNothing
        }
        // A program of its own beside the drawing one, which runs before it.
        let computing = pass.written.filter { $0.stage == .compute }
        stages += computing.map {
            $0.assembled(SharedUniforms([$0], macro: macro), rules(for: $0, pass, inputs))
        }
        stages.sort { $0.stage < $1.stage }
        let standsIn =
            drawing?.geometry == nil && StartingPlace(source).eyePosition == nil
            && isFed(drawn)
        binder.standIn = standsIn ? StandIn(drawn, fixed: FixedPipeline.matrices(of: drawn)) : nil
        drawn.compactMap(FixedPipeline.notice).forEach { binder.sayOnce($0) }
        binder.sayOfAttributes(drawn, draw ?? defaultDraw(drawn))
        var bindings = binder.bindings(of: place, pass.written, inputs: inputs, kinds)
        bindings += FixedPipeline.bindings(of: drawn, binder.standIn)
        if let shownImage {
            bindings += [
                UniformBinding("phosphor_shown", .sampler(.image(shownImage), Sampling(.nearest))),
                UniformBinding("phosphor_extent", .builtin(.resolution)),
            ]
        }
        for (index, picture) in (sizes ?? []).enumerated() {
            bindings.append(UniformBinding("phosphor_size\(index)", .size(picture)))
        }
        if drawn.contains(where: { KeyboardDirective.isIn($0.outline) }) {
            bindings.append(
                UniformBinding(
                    KeyboardDirective.sampler, .sampler(.keyboard, Sampling(.nearest))))
        }
        return AssembledPass(
            name: place.name, stages: stages, target: target(of: pass, isNamed: isNamed),
            draw: draw ?? defaultDraw(drawn), dispatch: pass.texts.plan?.dispatch,
            bindings: bindings)
    }

    private func rules(
        for part: StagePart, _ pass: Pass, _ inputs: [UniformBinding], _ kinds: ChannelTypes? = nil
    ) -> StageRules {
        var rules = StageRules(names: names)
        rules.macro = macro
        guard part.stage == .fragment else { return rules }
        rules.replaced = replaced(part)
        rules.entries = part.entries(in: pass.dialect)
        rules.isToy = rules.entries != nil
        if rules.isToy || ChannelDirective.isIn(part.outline) {
            rules.replaced.text += KeyboardDirective.preamble(for: part)
        }
        if rules.isToy { rules.replaced.text += TerminalNames.preamble(for: part) }
        rules.keepsAlpha =
            pass.texts.name != Assembler.shownPass || pass.written.contains(where: \.readsItself)
        rules.channelTypes = kinds?.special ?? [:]
        for input in inputs {
            if case .sampler(.texture(let name), _) = input.source,
                source.plan.textures.contains(where: { $0.name == name && $0.paths.count == 6 })
            {
                rules.channelTypes[input.name] = "samplerCube"
            }
            if let shape = input.shape { rules.channelTypes[input.name] = shape.samplerType }
        }
        return rules
    }

    /// What a pass draws into: as the plan says; numbers with all their digits where Shadertoy's buffers have them.
    ///
    /// So have those of an editor whose lines name what a text reads, whatever they are written as; and the picture that
    /// is shown, where a line says that it is read.
    private func target(of pass: Pass, isNamed: Bool) -> TargetPlan {
        let isBuffer = pass.texts.name != Assembler.shownPass
        let isFull =
            isBuffer
            ? pass.dialect.isToy || isNamed : pass.written.contains(where: \.readsItself)
        let own = TargetPlan(format: isFull ? .rgba32f : .rgba8)
        return pass.texts.plan?.target(over: own) ?? own
    }

    /// What a pass whose plan says something of how it is drawn draws by its texts.
    private func ownDraw(_ drawing: SketchPlan.Drawing, _ parts: [StagePart]) -> DrawPlan {
        guard drawing.geometry == nil else { return DrawPlan() }
        let vertex = parts.first { $0.stage == .vertex }
        let noted = vertex.flatMap {
            VertexPlan(text: String(decoding: $0.outline.bytes, as: UTF8.self))
        }
        return noted?.plan ?? defaultDraw(parts) ?? DrawPlan()
    }

    /// How many points, or corners of a line, there are: those of a square where attributes are read or the vertex stage
    /// is ours; many where each has a number, else one.
    private func defaultCount(_ vertex: StagePart?, isFed: Bool) -> Int {
        guard let vertex, !isFed else { return Geometry.corners }
        return vertex.outline.mentions("gl_VertexID") ? 100 : 2
    }

    /// A square for a vertex stage that reads attributes; what a geometry stage takes that takes no triangles; and a patch for one that is followed by tessellation, where
    /// nobody says what is drawn; nil where a comment does.
    private func defaultDraw(_ parts: [StagePart]) -> DrawPlan? {
        let vertex = parts.first { $0.stage == .vertex }
        if let vertex, FrameBudget.contains(vertex.outline.bytes, Array("@vertices".utf8)) {
            return nil
        }
        let control = parts.first { $0.stage == .tessellationControl }
        if control != nil || parts.contains(where: { $0.stage == .tessellationEvaluation }) {
            let count = control?.patchVertices ?? 4
            return DrawPlan(geometry: .patches(1, vertices: count), hasDepth: true)
        }
        if let taken = parts.first(where: { $0.stage == .geometry })?.takenPrimitive {
            let count = defaultCount(vertex, isFed: isFed(parts))
            if taken == .points { return DrawPlan(geometry: .points(count)) }
            if taken == .lines { return DrawPlan(geometry: .vertices(count, .lineStrip)) }
        }
        guard isFed(parts) else { return nil }
        return DrawPlan(geometry: .grid(columns: 1, rows: 1))
    }

    /// Whether a vertex stage reads attributes, and no comment of it says how many vertices there are.
    private func isFed(_ parts: [StagePart]) -> Bool {
        guard let vertex = parts.first(where: { $0.stage == .vertex }),
            !FrameBudget.contains(vertex.outline.bytes, Array("@vertices".utf8))
        else { return false }
        return !vertex.interface.variables("in", "attribute").isEmpty
            || FixedPipeline.readsAttributes(vertex)
    }

    /// Two pictures in turn for each pass that is read as it was in the frame before.
    private func doubleWhatIsReadLater(_ passes: inout [AssembledPass]) {
        for (reader, pass) in passes.enumerated() {
            for binding in pass.bindings {
                guard case .sampler(let picture, _) = binding.source else { continue }
                let read: Int? =
                    switch picture {
                    case .previous(let name): passes.firstIndex { $0.name == name }
                    case .pass(let name):
                        passes.firstIndex { $0.name == name }.flatMap { $0 >= reader ? $0 : nil }
                    default: nil
                    }
                if let read { passes[read].target.isDoubled = true }
            }
        }
    }

    /// Smaller copies of each pass of which one of Shadertoy's channels reads them, where the plan does not say.
    private func mipWhatIsReadSo(_ passes: inout [AssembledPass]) {
        for binding in passes.flatMap(\.bindings)
        where ChannelDirective.channel(binding.name) != nil {
            guard case .sampler(.pass(let name), let sampling) = binding.source,
                sampling.filter == .mipmap,
                source.plan.passes.first(where: { $0.name == name })?.hasMipmaps == nil,
                let read = passes.firstIndex(where: { $0.name == name })
            else { continue }
            passes[read].target.hasMipmaps = true
        }
    }

    /// Stages that show an image that a compute stage writes.
    private static let showingImage = showing(
        """
        #version 450 core
        uniform sampler2D phosphor_shown;
        uniform vec2 phosphor_extent;
        layout(location = 0) out vec4 phosphor_color;
        void main() {
            phosphor_color = vec4(texture(phosphor_shown, gl_FragCoord.xy / phosphor_extent).rgb, 1.0);
        }

        """)

    /// Stages for a picture in which there is nothing to see.
    private static let showingNothing = showing(
        """
        #version 450 core
        layout(location = 0) out vec4 phosphor_color;
        void main() { phosphor_color = vec4(0.0, 0.0, 0.0, 1.0); }

        """)

    /// A fragment stage of ours with what it needs.
    private static func showing(_ fragment: String) -> [AssembledStage] {
        [
            AssembledStage(
                stage: .vertex,
                text: Assembler.vertexText(
                    version: StagePart.ourVersion, declarations: "", assignments: ""),
                lineMap: .generated, isGenerated: true),
            AssembledStage(
                stage: .fragment, text: fragment, lineMap: .generated, isGenerated: true),
        ]
    }

    /// A pass that shows what another drew.
    private static func copy(of pass: String) -> AssembledPass {
        let text = """
            #version 450 core
            uniform sampler2D phosphor_copied;
            layout(location = 0) out vec4 phosphor_color;
            void main() {
                ivec2 place = ivec2(gl_FragCoord.xy);
                phosphor_color = vec4(texelFetch(phosphor_copied, place, 0).rgb, 1.0);
            }

            """
        let vertex = AssembledStage(
            stage: .vertex,
            text: Assembler.vertexText(
                version: StagePart.ourVersion, declarations: "", assignments: ""),
            lineMap: .generated, isGenerated: true)
        let fragment = AssembledStage(
            stage: .fragment, text: text, lineMap: .generated, isGenerated: true)
        return AssembledPass(
            name: Assembler.shownPass, stages: [vertex, fragment],
            bindings: [
                UniformBinding("phosphor_copied", .sampler(.pass(pass), Sampling(.nearest)))
            ])
    }
}

extension AssembledStage {
    /// Whether it is compiled as what we compile texts of no version as.
    fileprivate var isOfOurVersion: Bool {
        text.hasPrefix("#version \(StagePart.ourVersion.number) \(StagePart.ourVersion.profile)\n")
    }
}

extension StagePart {
    /// Whether a line names the text's own picture: `#iChannel0 "self"`.
    fileprivate var readsItself: Bool {
        ChannelDirective.wants(in: outline).values.contains { said in
            if case .own? = said.want { true } else { false }
        }
    }

    /// What a geometry stage takes: `layout(points) in`; nil where it does not say, or takes more than points and lines.
    fileprivate var takenPrimitive: Geometry.Primitive? {
        for index in outline.items.indices where outline.item(index, is: "layout") {
            guard let close = outline.closing(index + 1), outline.item(close + 1, is: "in") else {
                continue
            }
            for inner in index + 2..<close {
                if outline.item(inner, is: "points") { return .points }
                if outline.item(inner, is: "lines") { return .lines }
                if outline.item(inner, is: "triangles") { return .triangles }
            }
        }
        return nil
    }

    /// How many vertices a patch has for a control stage: `layout(vertices = 4) out`.
    fileprivate var patchVertices: Int? {
        outline.items.indices.first {
            outline.item($0, is: "vertices") && outline.item($0 + 1, is: "=")
        }.flatMap {
            outline.items.indices.contains($0 + 2)
                ? Int(outline.text(outline.items[$0 + 2])) : nil
        }.flatMap { (1...32).contains($0) ? $0 : nil }
    }
}
