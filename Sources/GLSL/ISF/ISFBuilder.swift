/// Makes an ISF's passes out of its header and its texts.
struct ISFBuilder {
    private(set) var header: ISFHeader
    let fragment: StagePart
    let vertex: StagePart?
    let source: SketchSource
    /// What else is worth saying.
    private(set) var notices: [Diagnostic] = []
    /// Pictures that are drawn as large as what is shown before all passes.
    private var drawn: [String] = []
    /// Pictures that count as large as what is shown.
    private var scaled: Set<String> = []
    /// What the texts declare besides the header.
    private var declared: (bindings: [UniformBinding], values: [ValuePlan]) = ([], [])

    init(
        header: ISFHeader, fragment: StagePart, vertex: StagePart?, source: SketchSource
    ) {
        let texts = [fragment.outline] + (vertex.map { [$0.outline] } ?? [])
        var header = header
        let forgotten = Self.forgotten(in: texts, header: header)
        if let forgotten { header.inputs.append(forgotten) }
        (self.header, self.fragment, self.vertex) = (header, fragment, vertex)
        self.source = source
        if let forgotten {
            notices.append(
                fragment.problem(
                    .warning, line: fragment.outline.line(of: forgotten.name),
                    token: forgotten.name,
                    "\(forgotten.name) is not among the INPUTS: it is a picture, as some hosts have it"
                ))
        }
        for index in header.inputs.indices {
            self.header.inputs[index].findShare(in: texts, plan: source.plan)
        }
        scaled = Set(images.filter { isScaled($0) })
        let names = Set(header.names)
        var wanted: Set<String> = []
        for text in texts { wanted.formUnion(text.pictures(byPixels: scaled, among: names)) }
        drawn = Array(images.filter(wanted.contains).prefix(Self.mostDrawn))
        declared = declaredUniforms()
    }

    /// A guest takes only so many passes.
    private static let mostDrawn = 16

    // MARK: Program

    mutating func program() -> AssembledProgram {
        var texts = ISFTexts(
            header: header, fragment: fragment, vertex: vertex,
            scaled: scaled)
        var passes = drawn.map { name in
            let (picture, sampling) = image(name)
            return Self.copy(of: picture, sampling: sampling, as: Self.copyName(name))
        }
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
            passes.append(
                Self.copy(of: .pass(last.name), sampling: Sampling(), as: Self.shown))
        }
        var program = AssembledProgram(
            dialect: .isf, passes: passes, startingPlace: StartingPlace(source))
        program.values =
            header.inputs.compactMap {
                if case .value(let plan, _) = $0.kind { plan.planned(by: source.plan) } else { nil }
            } + declared.values
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

    static let shown = "image"

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

    // MARK: Uniforms

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
        ].filter { !header.names.contains($0.name) }
        func bind(_ uniform: String, _ picture: PictureSource, _ sampling: Sampling? = nil) {
            bindings.append(
                UniformBinding(
                    texts.uniform(uniform), .sampler(picture, sampling ?? Sampling())))
        }
        for input in header.inputs {
            switch input.kind {
            case .value(let plan, _):
                let uniform =
                    input.isShare
                    ? ISFInput.shareUniform(input.name) : texts.uniform(input.name)
                bindings.append(UniformBinding(uniform, .value(plan.name)))
            case .image where drawn.contains(input.name):
                let wrap = image(input.name).1.wrap
                bind(input.name, .pass(Self.copyName(input.name)), Sampling(.linear, wrap))
            case .image, .cube:
                let (picture, sampling) = image(input.name)
                bind(input.name, picture, sampling)
            // Shadertoy's picture has frequencies in the row that sources read here.
            case .audio: bind(input.name, .wave)
            case .spectrum: bind(input.name, .spectrum)
            }
        }
        for image in header.imports { bind(image.name, .texture(image.name)) }
        for target in Set(header.passes.compactMap(\.target)).sorted() {
            bind(target, picture(target, in: index))
        }
        for buffer in header.unusedBuffers { bind(buffer, .black) }
        for declared in declared.bindings {
            bindings.append(UniformBinding(texts.uniform(declared.name), declared.source))
        }
        let wanted = source.plan.passes.first { $0.name == name }?.inputs ?? []
        bindings.removeAll { binding in wanted.contains { $0.name == binding.name } }
        return bindings + wanted
    }
}
