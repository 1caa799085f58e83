/// Makes an ISF's passes out of its header and its texts.
struct ISFBuilder {
    let header: ISFHeader
    let fragment: StagePart
    let vertex: StagePart?
    let source: SketchSource
    /// What else is worth saying.
    private(set) var notices: [Diagnostic] = []

    init(
        header: ISFHeader, fragment: StagePart, vertex: StagePart?, source: SketchSource
    ) {
        (self.header, self.fragment, self.vertex) = (header, fragment, vertex)
        self.source = source
    }

    /// The sizes of these are those of what is shown: hosts draw a filter as large as its picture is.
    private static let filtered: Set<String> = ["inputImage", "startImage", "endImage"]

    // MARK: Program

    mutating func program() -> AssembledProgram {
        var texts = ISFTexts(
            header: header, fragment: fragment, vertex: vertex,
            scaled: Set(images.filter { isScaled($0) }))
        var passes: [AssembledPass] = []
        for index in header.passes.indices {
            guard let name = name(of: index) else {
                note(
                    header.passes[index].place,
                    "this pass has no TARGET, and a later one is shown: it is left out")
                continue
            }
            let pass = header.passes[index]
            var target = TargetPlan()
            if pass.target != nil {
                target = TargetPlan(
                    size: pass.size, format: pass.isFloat ? .rgba32f : .rgba8,
                    isPersistent: pass.isPersistent,
                    isDoubled: pass.isPersistent && isRead(pass.target))
            }
            passes.append(
                AssembledPass(
                    name: name, stages: texts.stages(pass: index), target: target,
                    // A vertex stage that moves corners or bends varyings wants the four of the picture.
                    draw: vertex == nil ? nil : DrawPlan(geometry: .vertices(4, .triangleStrip)),
                    bindings: bindings(of: index, name: name, texts: texts)))
        }
        if let last = passes.last, last.name != Self.shown {
            passes.append(Self.copy(of: last.name))
        }
        var program = AssembledProgram(
            dialect: .isf, passes: passes, startingPlace: StartingPlace(source))
        program.values = header.inputs.compactMap {
            if case .value(let plan, _) = $0.kind { plan.planned(by: source.plan) } else { nil }
        }
        program.textures =
            header.imports.map {
                TexturePlan(
                    name: $0.name, paths: $0.paths,
                    place: SourcePlace(file: fragment.file, line: $0.place.line))
            }
            + source.plan.textures.filter { plan in
                !header.imports.contains { $0.name == plan.name }
            }
        program.take(source.plan)
        if vertex == nil, let wanted = texts.wanted.first {
            notices.append(
                fragment.problem(
                    .warning, line: fragment.outline.line(of: wanted), token: wanted,
                    "\(wanted) comes from a vertex stage (.vs), and there is none: it is the place in the picture"
                ))
        }
        for input in header.inputs {
            switch input.kind {
            case .audio, .spectrum:
                note(input.place, "there is no sound here: \"\(input.name)\" hears silence")
            default: break
            }
        }
        return program
    }

    private mutating func note(_ place: JSONPlace, _ message: String) {
        notices.append(fragment.diagnostic(JSONMistake(at: place, message, isHarmless: true)))
    }

    private static let shown = "image"

    // MARK: Passes

    /// The name of a pass; nil for one whose picture nobody sees.
    ///
    /// Of several that draw into one target the last has its name, so that it has the one that the others read.
    private func name(of index: Int) -> String? {
        let pass = header.passes[index]
        let isLast = index == header.passes.count - 1
        guard let target = pass.target else { return isLast ? Self.shown : nil }
        if isLast, pass.isOrdinary { return Self.shown }
        let places = header.passes.indices.filter { header.passes[$0].target == target }
        let own = target == Self.shown ? "\(target).target" : target
        guard index != places.last, let number = places.firstIndex(of: index) else { return own }
        return "\(own).\(number + 1)"
    }

    private func isRead(_ target: String?) -> Bool {
        guard let target else { return false }
        return ([fragment] + (vertex.map { [$0] } ?? [])).contains {
            $0.outline.mentions(target)
        }
    }

    /// What a pass sees under a target's name.
    private func picture(_ target: String, in index: Int) -> PictureSource {
        let places = header.passes.indices.filter { header.passes[$0].target == target }
        if let earlier = places.last(where: { $0 < index }), let name = name(of: earlier) {
            return .pass(name)
        }
        // What does not persist is gone when the frame is done.
        guard let last = places.last, header.passes[last].isPersistent, let name = name(of: last)
        else { return .black }
        return last == index ? .previous(name) : .pass(name)
    }

    /// A pass that shows another one's picture, however large and of whatever kind it is.
    private static func copy(of name: String) -> AssembledPass {
        let fragment = """
            #version 450 core
            uniform sampler2D phosphor_picture;
            uniform vec2 phosphor_size;
            layout(location = 0) out vec4 phosphor_color;
            void main() {
                phosphor_color = texture(phosphor_picture, gl_FragCoord.xy / phosphor_size);
            }

            """
        let vertex = """
            #version 450 core
            void main() {
                vec2 corner = vec2((gl_VertexID << 1) & 2, gl_VertexID & 2);
                gl_Position = vec4(2.0 * corner - 1.0, 0.0, 1.0);
            }

            """
        return AssembledPass(
            name: shown,
            stages: [
                AssembledStage(
                    stage: .vertex, text: vertex, lineMap: .generated, isGenerated: true),
                AssembledStage(
                    stage: .fragment, text: fragment, lineMap: .generated, isGenerated: true),
            ],
            bindings: [
                UniformBinding("phosphor_picture", .sampler(.pass(name), Sampling())),
                UniformBinding("phosphor_size", .builtin(.resolution)),
            ])
    }

    // MARK: Pictures

    /// All that the code can call a picture from outside.
    private var images: [String] {
        header.inputs.compactMap {
            if case .image = $0.kind { $0.name } else { nil }
        }
    }

    private func texture(_ name: String) -> PictureSource? {
        source.plan.texture(name).map { .texture($0.name) }
    }

    /// Whether a picture counts as large as the shown one, whatever it has: also what stands in for a missing one.
    private func isScaled(_ name: String) -> Bool {
        Self.filtered.contains(name) || texture(name) == nil
    }

    private func bindings(
        of index: Int, name: String, texts: ISFTexts
    ) -> [UniformBinding] {
        let pass = header.passes[index]
        let isWhole = pass.target == nil || pass.size == SizePlan()
        var bindings = [
            UniformBinding(
                "RENDERSIZE", isWhole ? .builtin(.resolution) : .size(.pass(name))),
            UniformBinding("TIME", .builtin(.time)),
            UniformBinding("TIMEDELTA", .builtin(.timeDelta)),
            UniformBinding("DATE", .builtin(.dateFromOne)),
            UniformBinding("FRAMEINDEX", .builtin(.frame)),
            UniformBinding("phosphor_size", .builtin(.resolution)),
        ]
        func bind(_ uniform: String, _ picture: PictureSource, _ sampling: Sampling? = nil) {
            bindings.append(
                UniformBinding(
                    texts.uniform(uniform), .sampler(picture, sampling ?? Sampling())))
        }
        for input in header.inputs {
            switch input.kind {
            case .value(let plan, _):
                bindings.append(UniformBinding(texts.uniform(input.name), .value(plan.name)))
            case .image, .cube:
                bind(
                    input.name, texture(input.name) ?? .test,
                    source.plan.texture(input.name)?.sampling)
            case .audio: bind(input.name, .audio)
            case .spectrum: bind(input.name, .spectrum)
            }
        }
        for image in header.imports { bind(image.name, .texture(image.name)) }
        for target in Set(header.passes.compactMap(\.target)).sorted() {
            bind(target, picture(target, in: index))
        }
        for buffer in header.unusedBuffers { bind(buffer, .black) }
        let wanted = source.plan.passes.first { $0.name == name }?.inputs ?? []
        bindings.removeAll { binding in wanted.contains { $0.name == binding.name } }
        return bindings + wanted
    }
}
