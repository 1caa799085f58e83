/// Makes a glslViewer source's passes: buffers, double buffers, pyramids, what is shown, what is done to it after.
struct ViewerBuilder {
    let source: ViewerSource
    let uniforms: ViewerUniforms
    private let geometry: Geometry?
    private var texts: ViewerTexts
    private(set) var notices: [Diagnostic] = []
    private(set) var passes: [AssembledPass] = []
    /// The macro with which each pass is compiled.
    private var macros: [String: String] = [:]

    /// The most passes of one kind.
    static let mostOfKind = 16

    init(_ source: ViewerSource) {
        self.source = source
        geometry = source.geometry
        uniforms = ViewerUniforms(source: source, hasCamera: geometry != nil)
        texts = ViewerTexts(source)
    }

    mutating func program() -> AssembledProgram {
        let buffers = numbers(of: .buffer)
        let doubles = numbers(of: .doubleBuffer)
        // Sources of one age call pyramids by one name.
        let pyramidKind =
            source.numbers(of: .pyramid).isEmpty ? ViewerKind.oldPyramid : ViewerKind.pyramid
        for number in buffers { addBuffer(.buffer, number) }
        for number in doubles { addBuffer(.doubleBuffer, number) }
        for number in numbers(of: pyramidKind) { addPyramid(pyramidKind, number) }
        if geometry == nil {
            add(
                name: source.hasPostprocessing ? "scene" : "image", define: "",
                vertex: source.vertex,
                target: .init(), draw: source.vertex == nil ? nil : flatDraw)
        } else {
            addScene()
        }
        if source.hasPostprocessing {
            add(name: "image", define: "POSTPROCESSING", vertex: nil, target: .init(), draw: nil)
        }
        return finished()
    }

    private func numbers(of kind: ViewerKind) -> [Int] {
        Array(source.numbers(of: kind).prefix(Self.mostOfKind))
    }

    private mutating func finished() -> AssembledProgram {
        for index in passes.indices { bind(&passes[index], at: index) }
        doubleWhatIsReadLater()
        note()
        var program = AssembledProgram(
            dialect: .glslViewer, passes: passes, surroundings: geometry == nil ? .flat : .world)
        program.values = uniforms.values { isFilled($0) }
        program.take(source.plan)
        program.notices = notices
        return program
    }

    private mutating func note() {
        func say(_ message: String) {
            notices.append(
                Diagnostic(
                    .warning, stage: .fragment, file: source.fragment.file, line: 1,
                    message: message))
        }
        if geometry != nil, !source.hasPlannedGeometry {
            say(
                "this source draws a thing, and none is given: a ball stands in; sketch.toml can name one"
            )
        }
        if source.conditions.contains("FLOOR") { say("glslViewer's FLOOR is not drawn here") }
        if source.conditions.contains(where: { $0.hasPrefix("FLOOD_") }) {
            say("glslViewer's FLOOD passes are not drawn here")
        }
        if source.conditions.contains(where: { $0.hasPrefix("DEVLOOK_") }) {
            say("glslViewer's DEVLOOK spheres and billboards are not drawn here")
        }
        if source.has("u_lightShadowMap") {
            say("there are no shadow maps here: LIGHT_SHADOWMAP is not defined")
        }
        for kind in ViewerKind.allCases where source.numbers(of: kind).count > Self.mostOfKind {
            say("more than \(Self.mostOfKind) passes \(kind.rawValue)_n: the others are left out")
        }
    }

    // MARK: Passes

    /// Adds a pass; which macro it is compiled with is what tells it from the others.
    private mutating func add(
        name: String, define: String, vertex: StagePart?, target: TargetPlan, draw: DrawPlan?,
        isModel: Bool = false
    ) {
        macros[name] = define
        passes.append(
            AssembledPass(
                name: name,
                stages: texts.stages(define: define, withVertex: vertex != nil, isModel: isModel),
                target: target, draw: draw))
    }

    /// The picture as a thing with corners, for a vertex stage of the user's own.
    private var flatDraw: DrawPlan {
        let corners = DrawPlan(geometry: .grid(columns: 1, rows: 1))
        let planned = source.plan.passes.first { $0.name == "image" }
        return planned?.drawing.draw(over: corners) ?? corners
    }

    private mutating func addBuffer(_ kind: ViewerKind, _ number: Int) {
        let uniform = "\(kind.uniform)\(number)"
        let target = TargetPlan(
            size: source.sizes[uniform] ?? .init(), format: .rgba32f)
        add(
            name: "\(kind.pass)\(number)", define: "\(kind.rawValue)_\(number)", vertex: nil,
            target: target, draw: nil)
    }

    /// Adds what is drawn of a thing, with what stands behind it.
    private mutating func addScene() {
        guard let geometry else { return }
        let last = source.hasPostprocessing ? "scene" : "image"
        let planned = source.plan.passes.first { $0.name == "image" || $0.name == "scene" }
        func draw(clear: SIMD4<Float>) -> DrawPlan {
            var draw = DrawPlan(geometry: geometry, hasDepth: true)
            draw = planned?.drawing.draw(over: draw) ?? draw
            draw.geometry = geometry
            draw.clear = draw.clear ?? clear
            return draw
        }
        for number in numbers(of: .sceneBuffer) {
            add(
                name: "sceneBuffer\(number)", define: "SCENE_BUFFER_\(number)",
                vertex: source.vertex,
                target: TargetPlan(format: .rgba32f), draw: draw(clear: SIMD4()), isModel: true)
        }
        if source.hasBackground || source.has("u_sceneDepth") || source.has(Self.oldDepth) {
            addOwn("sceneDepth", .depth, draw(clear: SIMD4(repeating: 1)))
        }
        if source.has("u_sceneNormal") { addOwn("sceneNormal", .normal, draw(clear: SIMD4())) }
        if source.has("u_scenePosition") {
            addOwn("scenePosition", .position, draw(clear: SIMD4()))
        }
        guard source.hasBackground else {
            return add(
                name: last, define: "", vertex: source.vertex, target: .init(),
                draw: draw(clear: SIMD4(0, 0, 0, last == "image" ? 1 : 0)), isModel: true)
        }
        add(name: "background", define: "BACKGROUND", vertex: nil, target: .init(), draw: nil)
        add(
            name: "model", define: "", vertex: source.vertex, target: .init(),
            draw: draw(clear: SIMD4()), isModel: true)
        passes.append(
            AssembledPass(
                name: last, stages: [ViewerTexts.flatVertex, ViewerTexts.overBackground],
                bindings: ["background", "model", "sceneDepth"].map {
                    UniformBinding("phosphor_\($0)", .sampler(.pass($0), Sampling()))
                } + [UniformBinding("phosphor_size", .builtin(.resolution))]))
    }

    /// Adds a pass that draws the thing with a fragment stage of ours.
    private mutating func addOwn(_ name: String, _ what: ViewerTexts.Measure, _ draw: DrawPlan) {
        passes.append(
            AssembledPass(
                name: name, stages: texts.measuring(what), target: TargetPlan(format: .rgba32f),
                draw: draw,
                bindings: [UniformBinding("phosphor_transform", .builtin(.modelViewProjection))]))
    }

    // MARK: Pyramids

    /// How often a pyramid's picture is halved: as glslViewer does it for some 700 rows.
    private static let levels = 8

    /// Adds the passes of a convolution pyramid: what goes in, down by halves, and up again.
    private mutating func addPyramid(_ kind: ViewerKind, _ number: Int) {
        let base = source.sizes["\(kind.uniform)\(number)"] ?? SizePlan()
        let numbered = "\(kind.rawValue)_\(number)"
        let isNumbered = number > 0 || source.conditions.contains(numbered)
        let name = "\(kind.pass)\(number)"
        add(
            name: "\(name).input",
            define: isNumbered || kind != .oldPyramid ? numbered : kind.rawValue, vertex: nil,
            target: TargetPlan(size: base, format: .rgba32f), draw: nil)
        var downs: [String] = []
        for level in 0..<Self.levels {
            let own = "\(name).down\(level)"
            step(
                own, kind, halved: level + 1, base, depth: level,
                from: downs.last ?? "\(name).input", and: nil)
            downs.append(own)
        }
        var up = downs[Self.levels - 1]
        for level in (0..<Self.levels).reversed() {
            let own = level == 0 ? name : "\(name).up\(level)"
            step(
                own, kind, halved: level, base, depth: level,
                from: level == 0 ? "\(name).input" : downs[level - 1], and: up)
            up = own
        }
    }

    private mutating func step(
        _ name: String, _ kind: ViewerKind, halved: Int, _ base: SizePlan, depth: Int,
        from first: String, and second: String?
    ) {
        let macro = "\(kind.rawValue)_ALGORITHM"
        let hasOwn = source.conditions.contains(macro)
        let scale = 1 / Double(1 << halved)
        add(
            name: name, define: hasOwn ? macro : "", vertex: nil,
            target: TargetPlan(size: halved == 0 ? base : base.scaled(by: scale), format: .rgba32f),
            draw: nil)
        let sampling = Sampling(.nearest)
        let own = passes.count - 1
        if !hasOwn { passes[own].stages = [ViewerTexts.flatVertex, ViewerTexts.pyramid] }
        let prefix = hasOwn ? kind.uniform : "u_pyramid"
        passes[own].bindings = [
            UniformBinding("\(prefix)Depth", .constant([Double(depth)])),
            UniformBinding("\(prefix)TotalDepth", .constant([Double(Self.levels)])),
            UniformBinding("\(prefix)Upscaling", .constant([second == nil ? 0 : 1])),
            UniformBinding("\(prefix)Tex0", .sampler(.pass(first), sampling)),
            UniformBinding(
                "\(prefix)Tex1", .sampler(second.map { .pass($0) } ?? .black, sampling)),
            UniformBinding("u_resolution", .size(.pass(name))),
            UniformBinding("u_pixel", .size(.pass(name))),
        ]
    }

    // MARK: Bindings

    /// Two pictures in turn for each pass that is read as it was in the frame before.
    private mutating func doubleWhatIsReadLater() {
        for (reader, pass) in passes.enumerated() {
            for binding in pass.bindings {
                guard case .sampler(let picture, _) = binding.source else { continue }
                switch picture {
                case .pass(let name), .previous(let name):
                    if let read = passes.firstIndex(where: { $0.name == name }), read >= reader {
                        passes[read].target.isDoubled = true
                    }
                default: break
                }
            }
        }
    }

    private func isFilled(_ uniform: SourceOutline.Variable) -> Bool {
        source(of: uniform, in: nil) != nil
    }

    /// Fills what the user's uniforms of a pass are, beside what is bound already.
    private func bind(_ pass: inout AssembledPass, at index: Int) {
        let planned = source.plan.passes.first { $0.name == pass.name }?.inputs ?? []
        var known = Set(pass.bindings.map(\.name)).union(planned.map(\.name))
        let isOurs = pass.stages.allSatisfy(\.isGenerated)
        if !isOurs {
            let isWhole = pass.stages.contains { $0.stage == .fragment && !$0.isGenerated }
            let used = source.used(with: [macros[pass.name] ?? ""])
            for uniform in source.uniforms
            where used.contains(uniform.name)
                && (isWhole || source.vertex?.outline.mentions(uniform.name) == true)
                && known.insert(uniform.name).inserted
            {
                if let source = source(of: uniform, in: index) {
                    pass.bindings.append(UniformBinding(texts.name(uniform.name), source))
                }
            }
            for value in uniforms.values(except: { isFilled($0) })
            where used.contains(value.name) && !planned.contains(where: { $0.name == value.name }) {
                pass.bindings.append(UniformBinding(texts.name(value.name), .value(value.name)))
            }
            if pass.stages.contains(where: { $0.text.contains("phosphor_transform") }) {
                pass.bindings.append(
                    UniformBinding("phosphor_transform", .builtin(.modelViewProjection)))
            }
        }
        pass.bindings.removeAll { binding in planned.contains { $0.name == binding.name } }
        pass.bindings += planned
    }

    /// Where a uniform's value comes from; nil where it is for people to tweak, or nobody knows it.
    private func source(
        of uniform: SourceOutline.Variable, in index: Int?
    ) -> UniformSource? {
        let name = uniform.name
        if uniform.type.hasPrefix("sampler") {
            let picture = picture(name, in: index)
            if case .texture(let texture) = picture, let plan = self.source.plan.texture(texture) {
                return .sampler(picture, plan.sampling)
            }
            return .sampler(picture, Sampling(.linear, isDrawn(name) ? .clamp : .repeat))
        }
        if name == "u_resolution", let index, passes[index].target.size != SizePlan() {
            return .size(.pass(passes[index].name))
        }
        if let known = uniforms.builtin(name, type: uniform.type) { return known }
        if name == "u_pixel" { return .builtin(.resolution) }
        if name.hasSuffix("Resolution"), source.has(String(name.dropLast("Resolution".count))) {
            return .size(picture(String(name.dropLast("Resolution".count)), in: index))
        }
        return uniforms.streamValue(name)
    }

    private func isDrawn(_ name: String) -> Bool {
        // Buffers and the scene repeat in glslViewer, as its textures do; what a pyramid reads does not.
        name.hasPrefix("u_pyramid") || name.hasPrefix("u_convolutionPyramid")
    }

    /// What a sampler reads in the pass at an index; nil for the index where only its kind is asked for.
    private func picture(_ name: String, in index: Int?) -> PictureSource {
        for kind in ViewerKind.allCases {
            guard let number = kind.number(ofUniform: name) else { continue }
            let pass = "\(kind.pass)\(number)"
            guard let place = passes.firstIndex(where: { $0.name == pass }) else { return .black }
            return place == index ? .previous(pass) : .pass(pass)
        }
        for wanted in ["scene", "sceneDepth", "sceneNormal", "scenePosition"]
        where name == "u_\(wanted)" || (name == Self.oldDepth && wanted == "sceneDepth") {
            // Only what comes after the scene can see it.
            guard let place = passes.firstIndex(where: { $0.name == wanted }), place != index else {
                return .black
            }
            return .pass(wanted)
        }
        return uniforms.texture(name)
    }

    /// What the scene's depth was called at first.
    private static let oldDepth = "u_scene_depth"
}
