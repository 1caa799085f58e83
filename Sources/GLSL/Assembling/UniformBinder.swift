/// Finds out what the uniforms of a program's passes are filled with.
///
/// For a sampler the first of these that there is: what the plan says of the pass; a picture of the plan, a pass or an
/// image by the uniform's very name; the dialect's name; Shadertoy's channels; a test picture. For anything else: the
/// names that are filled by themselves (`BuiltinUniform`), the dialect's name, the size of a sampler whose name it has
/// with `Resolution` or `Size` behind it; otherwise it is a value that people tweak.
struct UniformBinder {
    /// The names of the dialect.
    var names: [KnownUniform]
    var plan: SketchPlan
    /// All passes, in the order in which they are drawn.
    var passes: [String]
    /// What Shadertoy's channels read; nil where a source has none.
    var channels: ShadertoyChannels?
    /// Least and most of single numbers that nobody fills.
    var range: ClosedRange<Double>?
    /// Whether a name that no list has is known by what it resembles.
    var guesses = false
    /// The images that stages of any pass declare: a sampler of such a name reads what is written there.
    var imageNames: Set<String> = []
    /// Where the stand-in stands in the pass that is bound; nil where what is drawn stands where it is.
    var standIn: StandIn?
    /// What comments say of values, by name.
    var noted: [String: ValuePlan] = [:]

    /// What people may tweak, in the order in which the texts declare it.
    private(set) var values: [ValuePlan] = []
    /// Pictures for image units that the texts declare and the plan does not know.
    private(set) var images: [ImagePlan] = []
    /// What is worth saying, by line.
    private(set) var notices: [Diagnostic] = []
    /// What begins at 0 because nobody fills it.
    private var unfilled = UnfilledNames()

    init(names: [KnownUniform], plan: SketchPlan, passes: [String]) {
        (self.names, self.plan, self.passes) = (names, plan, passes)
    }

    /// The bindings of a pass whose stages are these; `kinds` are those of its fragment stage's channels.
    mutating func bindings(
        of pass: PassPlace, _ parts: [StagePart], inputs: [UniformBinding], _ kinds: ChannelTypes?
    ) -> [UniformBinding] {
        var found: [String: UniformSource] = [:]
        var order: [String] = []
        func take(_ name: String, _ source: UniformSource) {
            if found.updateValue(source, forKey: name) == nil { order.append(name) }
        }
        for input in inputs { take(input.name, input.source) }
        var open: [(StagePart, InterfaceVariable)] = []
        for part in parts {
            let wants = ChannelDirective.wants(in: part.outline)
            let kinds = part.stage == .fragment ? kinds : nil
            let (keyboards, levelled) = (kinds?.keyboards ?? [], kinds?.levelled ?? [])
            for uniform in uniforms(of: part) {
                // An image may be a sampler in another stage.
                guard found[uniform.name] == nil || uniform.type.contains("image") else { continue }
                if uniform.type.contains("sampler") {
                    if let source = sampler(
                        uniform, pass: pass, wants: wants, keyboards: keyboards,
                        levelled: levelled)
                    {
                        take(uniform.name, source)
                        say(uniform, part)
                    }
                } else if uniform.type.contains("image") {
                    image(uniform, part)
                } else {
                    open.append((part, uniform))
                }
            }
        }
        for (part, uniform) in open where found[uniform.name] == nil {
            if let known = known(uniform) {
                let source = known.source(in: pass)
                if case .builtin(let meaning) = source, let standIn {
                    take(uniform.name, standIn.source(meaning))
                } else {
                    take(uniform.name, source)
                }
                say(uniform, part)
            } else if BuiltinUniform.named(uniform.name) != nil {
                continue
            } else if let picture = sized(uniform, found) {
                take(uniform.name, .size(picture))
            } else if let value = value(uniform, part) {
                take(uniform.name, .value(value.name))
            } else if uniform.initial == nil, let identity = GuessedName.identity(uniform.type) {
                take(uniform.name, .constant(identity))
                sayOnce(
                    part.problem(
                        .note, line: uniform.line, token: uniform.name,
                        "nobody fills \(uniform.name): it is the identity"))
            } else {
                unfilled.add(uniform, part)
            }
        }
        return order.compactMap { name in found[name].map { UniformBinding(name, $0) } }
    }

    /// What a stage declares, and what it uses of the dialect's names without declaring it.
    private func uniforms(of part: StagePart) -> [InterfaceVariable] {
        var all = part.interface.uniforms
        guard part.outline.version == nil || channels != nil else { return all }
        func add(_ name: String, _ type: String) {
            guard part.outline.mentions(name), !all.contains(where: { $0.name == name }) else {
                return
            }
            all.append(
                InterfaceVariable(
                    storage: "uniform", qualifiers: [], type: type, name: name, line: 1,
                    items: 0..<0))
        }
        for name in names { add(name.name, name.types[0]) }
        for channel in Words.channels + ChannelDirective.more(in: part.outline) {
            add(channel, "sampler2D")
        }
        return all
    }

    private func known(_ uniform: InterfaceVariable) -> KnownUniform? {
        names.first { $0.name == uniform.name && $0.types.contains(uniform.type) }
            ?? (guesses ? GuessedName.known(uniform, sees: standIn != nil) : nil)
    }

    // MARK: Samplers

    private func sampler(
        _ uniform: InterfaceVariable, pass: PassPlace,
        wants: [String: ChannelDirective.Said], keyboards: Set<String>, levelled: Set<String>
    ) -> UniformSource? {
        let name = uniform.name
        if let texture = plan.texture(name) {
            return .sampler(.texture(name), texture.sampling)
        }
        if imageNames.contains(name) || plan.images.contains(where: { $0.name == name }) {
            return .sampler(.image(name), Sampling())
        }
        if name != Assembler.shownPass, passes.contains(name) {
            return .sampler(name == pass.name ? .previous(name) : .pass(name), Sampling())
        }
        if let known = known(uniform) { return known.source(in: pass) }
        if ChannelDirective.channel(name) != nil {
            let said = channels?.source(
                of: name, pass: pass.name, wants: wants, isKeyboard: keyboards.contains(name),
                isLevelled: levelled.contains(name))
            // Of the channels beyond Shadertoy's own only lines tell.
            if said != nil || Words.channels.contains(name) { return said }
        }
        guard uniform.array == nil else { return nil }
        let lower = name.lowercased()
        func says(_ words: String...) -> Bool { words.contains { lower.contains($0) } }
        if says("fft", "spectrum") { return .sampler(.spectrum, Sampling()) }
        guard uniform.type == "sampler2D" else { return nil }
        if says("audio", "sound", "music") { return .sampler(.audio, Sampling()) }
        let isNoise = says("noise", "random", "grain")
        return .sampler(isNoise ? .noise : .test, Sampling(.mipmap, .repeat))
    }

    /// The picture whose size a uniform asks for by its name: `backbufferResolution`, `tex0Size`.
    private func sized(
        _ uniform: InterfaceVariable, _ found: [String: UniformSource]
    ) -> PictureSource? {
        guard ["vec2", "vec3", "ivec2"].contains(uniform.type) else { return nil }
        for ending in ["Resolution", "_resolution", "Size", "_size"]
        where uniform.name.hasSuffix(ending) {
            let name = String(uniform.name.dropLast(ending.count))
            if case .sampler(let picture, _)? = found[name] { return picture }
            // RetroArch's: `InputSize` is the part of `Texture` that holds something, which is all of it.
            if name.hasSuffix("Input"),
                case .sampler(let picture, _)? = found[String(name.dropLast(5)) + "Texture"]
            {
                return picture
            }
        }
        return nil
    }

    // MARK: Values

    private mutating func value(_ uniform: InterfaceVariable, _ part: StagePart) -> ValuePlan? {
        let name = uniform.name
        if let known = values.first(where: { $0.name == name }) { return known }
        guard values.count < ValuePlan.limit,
            let declared = ValuePlan.declared(uniform, in: part.outline, range: range)
        else { return nil }
        var value = declared
        // A comment or the plan says more of it, as long as it speaks of as many numbers.
        if let other = noted[name], Self.fits(other, uniform.type) { value = other }
        value = value.planned(by: plan)
        values.append(value)
        return value
    }

    private static func fits(_ value: ValuePlan, _ type: String) -> Bool {
        switch type {
        case "float", "int", "uint", "bool": value.kind.count == 1
        case "vec2": value.kind.count == 2
        case "vec3": value.kind.count >= 3
        case "vec4": value.kind.count == 4
        default: false
        }
    }

    // MARK: Notices

    /// All that is worth saying.
    var allNotices: [Diagnostic] { notices + unfilled.notices }

    /// Says something that was not said yet.
    mutating func sayOnce(_ notice: Diagnostic) {
        if !notices.contains(where: { $0.message == notice.message }) { notices.append(notice) }
    }

    private mutating func say(_ uniform: InterfaceVariable, _ part: StagePart) {
        guard !uniform.items.isEmpty, let note = known(uniform)?.note,
            !notices.contains(where: { $0.message == note })
        else { return }
        notices.append(part.problem(.note, line: uniform.line, token: uniform.name, note))
    }

    /// Has a picture for an image that nobody said anything of: as large as the program's, in the format of its layout.
    private mutating func image(_ uniform: InterfaceVariable, _ part: StagePart) {
        let name = uniform.name
        guard !(plan.images + images).contains(where: { $0.name == name }) else { return }
        let words = (uniform.layout ?? "").split { !$0.isLetter && !$0.isNumber }
        let isFlat = ["image2D", "iimage2D", "uimage2D"].contains(uniform.type)
        let format =
            words.lazy.compactMap { PixelFormat(rawValue: String($0)) }.first
            ?? (uniform.type == "image2D" ? .rgba8 : uniform.type == "iimage2D" ? .r32i : .r32ui)
        guard isFlat, uniform.array == nil else {
            notices.append(
                part.problem(
                    .warning, line: uniform.line, token: name,
                    isFlat
                        ? "\(name) is one image here, not several, and keeps nothing from frame to frame"
                        : "there are no images of this kind: \(name) reads as zeros"))
            if isFlat { images.append(ImagePlan(name: name, format: format, life: .frame)) }
            return
        }
        images.append(ImagePlan(name: name, format: format))
    }
}
