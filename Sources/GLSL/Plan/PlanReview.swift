/// Holds what a plan says against the texts that it is about.
///
/// What cannot be drawn is an error on the plan's line, where a guest could only name the pass; a name that nothing in
/// the sketch has is worth a warning.
struct PlanReview {
    private let plan: SketchPlan
    private let program: AssembledProgram
    /// The sketch's texts by pass.
    private let texts: [String: [Stage: SourceOutline]]
    private let all: [SourceOutline]
    /// The names of all storage blocks.
    private let blocks: Set<String>
    private var found: [Diagnostic] = []

    /// The program with what is worth saying of its plan, or what keeps it from being one.
    static func reviewed(
        _ program: AssembledProgram, _ source: SketchSource
    ) -> Result<AssembledProgram, AssemblyError> {
        guard source.plan.hasNames else { return .success(program) }
        var review = PlanReview(program, source)
        for pass in source.plan.passes { review.look(at: pass) }
        review.lookAtResources()
        if review.found.contains(where: { $0.severity == .error }) {
            return .failure(AssemblyError(diagnostics: review.found))
        }
        var program = program
        program.notices += review.found
        return .success(program)
    }

    private init(_ program: AssembledProgram, _ source: SketchSource) {
        (self.program, plan) = (program, source.plan)
        texts = Dictionary(
            PassTexts.all(of: source).map { pass in
                (pass.name, pass.stages.mapValues { SourceOutline($0.text) })
            }, uniquingKeysWith: { first, _ in first })
        let common = source.parts[.common].map { [SourceOutline($0.text)] } ?? []
        all = texts.values.flatMap(\.values) + common
        blocks = Set(
            all.flatMap { $0.interface.blocks }.filter { $0.storage == "buffer" }.map(\.name))
    }

    private mutating func say(
        _ severity: Diagnostic.Severity, _ place: String, _ message: String, token: String? = nil
    ) {
        let place = plan.places[place]
        found.append(
            Diagnostic(
                severity, file: place?.file, line: place?.line, token: token, message: message))
    }

    // MARK: Passes

    private mutating func look(at pass: SketchPlan.Pass) {
        let at = "pass.\(pass.name)"
        guard let drawn = program.passes.first(where: { $0.name == pass.name }) else {
            let names = program.passes.map(\.name)
            return say(
                .warning, at,
                "there is no pass \(pass.name): a file \(pass.name).frag would be its text"
                    + Self.meant(pass.name, names))
        }
        let stages = Set(drawn.stages.map(\.stage))
        let drawing = pass.drawing
        let isTessellated =
            stages.contains(.tessellationControl) || stages.contains(.tessellationEvaluation)
        if case .patches? = drawing.geometry, !isTessellated {
            say(
                .error, at + ".geometry",
                "patches need a tessellation stage, and the pass \(pass.name) has none: add a .tese, or draw triangles"
            )
        }
        if case .feedback(let buffer, _)? = drawing.geometry,
            !program.passes.contains(where: { $0.draw?.capture?.buffer == buffer })
        {
            let captures = program.passes.compactMap { $0.draw?.capture?.buffer }
            say(
                .error, at + ".geometry",
                "no pass captures into \(buffer): one must have capture = { varyings = […], buffer = \"\(buffer)\" }"
                    + Self.meant(buffer, captures))
        }
        if let name = drawing.indirect { lookAtArguments(name, at + ".indirect") }
        if let dispatch = pass.dispatch {
            if case .indirect(let name) = dispatch { lookAtArguments(name, at + ".dispatch") }
            if !stages.contains(.compute) {
                say(
                    .warning, at + ".dispatch",
                    "the pass \(pass.name) has no compute stage: nothing is dispatched")
            }
        }
        lookAtCapture(pass, at)
        lookAtInputs(pass, at)
    }

    private mutating func lookAtCapture(_ pass: SketchPlan.Pass, _ at: String) {
        guard let capture = pass.drawing.capture else { return }
        let outlines = outlines(of: pass.name)
        for varying in capture.varyings where !varying.hasPrefix("gl_") {
            // A block's member is captured as `Block.member`, an element as `name[1]`.
            let word = varying.split(separator: ".").last.map { $0.prefix { $0 != "[" } } ?? ""
            if !outlines.contains(where: { $0.mentions(String(word)) }) {
                say(
                    .error, at + ".capture",
                    "no stage of the pass \(pass.name) has a varying \(varying): declare it as 'out' in the last stage before the fragments",
                    token: varying)
            }
        }
    }

    private mutating func lookAtInputs(_ pass: SketchPlan.Pass, _ at: String) {
        let outlines = outlines(of: pass.name)
        let names = program.passes.map(\.name)
        for input in pass.inputs {
            let place = "\(at).inputs.\(input.name)"
            // Shadertoy's export names channels whether they are read or not.
            if !Words.channels.contains(input.name),
                !outlines.contains(where: { $0.mentions(input.name) })
            {
                say(
                    .warning, place,
                    "the pass \(pass.name) has no sampler \(input.name)", token: input.name)
            }
            guard case .sampler(let picture, _) = input.source else { continue }
            switch picture {
            case .pass(let name), .previous(let name):
                guard !names.contains(name) else { continue }
                let others = names + plan.textures.map(\.name) + plan.images.map(\.name)
                say(
                    .warning, place,
                    "there is no pass, texture or image \(name): \(input.name) reads black"
                        + Self.meant(name, others), token: name)
            default: continue
            }
        }
    }

    private mutating func lookAtArguments(_ name: String, _ place: String) {
        let isKnown =
            program.buffers.contains { $0.name == name } || blocks.contains(name)
            || program.passes.contains { $0.draw?.capture?.buffer == name }
        guard !isKnown else { return }
        say(
            .error, place,
            "there is no buffer \(name): a stage must have a block 'buffer \(name) { … }' that says how much is drawn"
                + Self.meant(name, blocks.sorted()), token: name)
    }

    // MARK: Resources

    private mutating func lookAtResources() {
        let captured = program.passes.compactMap { $0.draw?.capture?.buffer }
        for buffer in plan.buffers where !blocks.contains(buffer.name) {
            if captured.contains(buffer.name) {
                if buffer.bytes == 0 {
                    say(
                        .error, "buffer.\(buffer.name)",
                        "a pass captures into the buffer \(buffer.name): say how large it is, bytes = 65536"
                    )
                }
                continue
            }
            say(
                .warning, "buffer.\(buffer.name)",
                "nothing uses the buffer \(buffer.name): no stage has a block of this name, and no pass captures into it"
                    + Self.meant(buffer.name, blocks.sorted()))
        }
        let uniforms = all.flatMap { $0.interface.variables("uniform") }
        let images = uniforms.filter { $0.type.contains("image") }.map(\.name)
        let read = program.passes.flatMap(\.bindings).compactMap { binding -> PictureSource? in
            if case .sampler(let picture, _) = binding.source { picture } else { nil }
        }
        for image in plan.images
        where !images.contains(image.name) && !read.contains(.image(image.name)) {
            say(
                .warning, "image.\(image.name)",
                "nothing uses the image \(image.name): no stage has a uniform image2D of this name"
                    + Self.meant(image.name, images))
        }
        for texture in plan.textures where !read.contains(.texture(texture.name)) {
            say(
                .warning, "texture.\(texture.name)",
                "nothing reads the texture \(texture.name): a sampler of this name would, or an input of a pass"
            )
        }
        for note in plan.values {
            guard let value = program.values.first(where: { $0.name == note.name }) else {
                let names = program.values.map(\.name)
                say(
                    .warning, "value.\(note.name)",
                    "there is no value \(note.name): a uniform of this name that nothing else fills would be one"
                        + Self.meant(note.name, names))
                continue
            }
            if let problem = note.applied(to: value).problem {
                say(.warning, "value.\(note.name)", problem)
            }
        }
    }

    private func outlines(of pass: String) -> [SourceOutline] {
        // Dialects with passes of their own have one text for all of them.
        guard let own = texts[pass], !own.isEmpty else { return all }
        return Array(own.values) + all.suffix(all.count - texts.values.reduce(0) { $0 + $1.count })
    }

    private static func meant(_ name: String, _ names: [String]) -> String {
        Nearest.match(name, among: names).map { "; did you mean '\($0)'?" } ?? ""
    }
}

extension SketchPlan {
    /// Whether it speaks of anything by name.
    fileprivate var hasNames: Bool {
        !passes.isEmpty || !textures.isEmpty || !buffers.isEmpty || !images.isEmpty
            || !values.isEmpty
    }
}
