/// Reads the object of a shader out of an export.
struct ShadertoyReader {
    let file: String
    var export = ShadertoyExport(
        parts: [:], plan: SketchPlan(), title: "", author: "")
    private(set) var errors: [JSONMistake] = []
    private(set) var notices: [JSONMistake] = []
    private(set) var passes: [Pass] = []

    init(file: String) { self.file = file }

    /// One of the export's passes.
    struct Pass {
        enum Kind { case image, buffer(Int), common, cube, sound }
        var kind: Kind
        var code: String
        /// What its outputs are called; others' inputs name them.
        var outputs: Set<String>
        var inputs: [JSONValue]
        var place: JSONPlace

        /// The name of its pass in the sketch; nil for a text that is none.
        var name: String? {
            switch kind {
            case .image: "image"
            case .buffer(let index): "buffer\(Self.letters[index])"
            case .cube: "cubeA"
            case .common, .sound: nil
            }
        }

        static let letters = ["A", "B", "C", "D"]
    }

    mutating func error(_ place: JSONPlace, _ message: String) {
        errors.append(JSONMistake(at: place, message))
    }

    mutating func notice(_ place: JSONPlace, _ message: String) {
        guard notices.count < JSONReader.mostMistakes else { return }
        notices.append(JSONMistake(at: place, message, isHarmless: true))
    }

    // MARK: Shader

    mutating func read(_ value: JSONValue) {
        guard let shader = shader(in: value, depth: 0) else { return }
        export.title = shader["info"]?["name"]?.string ?? ""
        export.author = shader["info"]?["username"]?.string ?? ""
        guard let list = shader["renderpass"] else {
            return error(
                shader.place, "this is no export of Shadertoy's: there is no \"renderpass\"")
        }
        guard let entries = list.values else {
            return error(list.place, "\"renderpass\" must be a list, not \(list.kindName)")
        }
        for entry in entries { readPass(entry) }
        guard
            passes.contains(where: {
                if case .image = $0.kind { true } else { false }
            })
        else {
            return error(
                list.place, "there is no pass of the type \"image\": nothing would be shown")
        }
        makePlan()
    }

    /// The object that has the passes.
    private mutating func shader(in value: JSONValue, depth: Int) -> JSONValue? {
        if value["renderpass"] != nil { return value }
        if depth < 3 {
            for key in ["Shader", "shader", "shaders", "Shaders"] {
                if let inner = value[key] { return shader(in: inner, depth: depth + 1) }
            }
            if let list = value.values, let first = list.first {
                if list.count > 1 {
                    notice(
                        list[1].place, "there are \(list.count) shaders: only the first is taken")
                }
                return shader(in: first, depth: depth + 1)
            }
        }
        if let message = value["Error"]?.string {
            error(value.place, "Shadertoy says: \(message.shortened)")
        } else {
            error(
                value.place,
                "this is no export of Shadertoy's: it must hold { \"ver\": …, \"info\": …, \"renderpass\": [ … ] }"
            )
        }
        return nil
    }

    // MARK: Passes

    private mutating func readPass(_ entry: JSONValue) {
        guard entry.members != nil else {
            return error(entry.place, "a pass must be an object, not \(entry.kindName)")
        }
        let name = entry["name"]?.string ?? ""
        guard let code = entry["code"] else {
            return error(entry.place, "the pass \"\(name.shortened)\" has no \"code\"")
        }
        guard let text = code.string else {
            return error(code.place, "a pass's code must be a text, not \(code.kindName)")
        }
        guard let kind = kind(of: entry, name: name) else { return }
        let outputs = (entry["outputs"]?.values ?? []).compactMap { Self.identifier($0["id"]) }
        let pass = Pass(
            kind: kind, code: text, outputs: Set(outputs), inputs: entry["inputs"]?.values ?? [],
            place: entry.place)
        let part: SketchPart
        switch kind {
        case .image: part = SketchPart(.fragment)
        case .common: part = .common
        case .sound:
            notice(
                entry.place, "there is no sound here: the pass \"Sound\" is kept, and not played")
            part = SketchPart(rawValue: "sound.glsl")
        case .cube:
            notice(
                entry.place, "cube maps cannot be drawn: what reads this one sees a test picture")
            part = SketchPart(rawValue: "cubeA.glsl")
        case .buffer: part = SketchPart(.fragment, pass: pass.name ?? "")
        }
        guard export.parts[part] == nil else {
            return notice(entry.place, "there is a second \"\(name.shortened)\": it is left out")
        }
        let named = part.rawValue == "frag" ? "image.frag" : part.rawValue
        export.parts[part] = StageText(
            text: text, file: part == .common ? "common.glsl" : named)
        passes.append(pass)
    }

    private mutating func kind(of entry: JSONValue, name: String) -> Pass.Kind? {
        let type = entry["type"]?.string?.lowercased() ?? ""
        switch type {
        case "image", "": return .image
        case "common": return .common
        case "sound": return .sound
        case "cubemap", "cube": return .cube
        case "buffer":
            // "Buffer A", "Buf A"; what says nothing is the first that is free.
            if let letter = name.last.map({ String($0).uppercased() }),
                let index = Pass.letters.firstIndex(of: letter)
            {
                return .buffer(index)
            }
            let taken = passes.compactMap { pass -> Int? in
                if case .buffer(let index) = pass.kind { index } else { nil }
            }
            if let free = (0..<4).first(where: { !taken.contains($0) }) { return .buffer(free) }
            notice(entry.place, "more than four buffers: \"\(name.shortened)\" is left out")
            return nil
        default:
            notice(
                entry["type"]?.place ?? entry.place,
                "a pass of the type \"\(type.shortened)\" is not known: it is left out")
            return nil
        }
    }

    /// A name that is a text in one form, and a number in the other.
    static func identifier(_ value: JSONValue?) -> String? {
        if let text = value?.string { return text }
        return value?.number.map { "\(Int($0.clamped))" }
    }

    // MARK: Plan

    private mutating func makePlan() {
        let order = passes.filter { $0.name != nil }.sorted { Self.place($0) < Self.place($1) }
        for pass in order {
            guard let name = pass.name else { continue }
            if case .cube = pass.kind { continue }
            var plan = SketchPlan.Pass(name: name)
            if name != "image" { plan.format = .rgba32f }
            for input in pass.inputs {
                guard let binding = binding(input, of: pass) else { continue }
                plan.inputs.removeAll { $0.name == binding.name }
                plan.inputs.append(binding)
                if case .sampler(.previous(name), _) = binding.source {
                    plan.isDoubled = true
                }
            }
            export.plan.passes.append(plan)
        }
        mipWhatIsReadSo()
        export.plan.dialect = .shadertoy
    }

    /// On the site it is the reader who asks for a buffer's smaller copies; here it is the pass that makes them.
    private mutating func mipWhatIsReadSo() {
        for input in export.plan.passes.flatMap(\.inputs) {
            guard case .sampler(.pass(let name), let sampling) = input.source.readNow,
                sampling.filter == .mipmap,
                let index = export.plan.passes.firstIndex(where: { $0.name == name })
            else { continue }
            export.plan.passes[index].hasMipmaps = true
        }
    }

    /// Buffers first, the picture last.
    private static func place(_ pass: Pass) -> Int {
        switch pass.kind {
        case .buffer(let index): index
        case .cube: 4
        default: 5
        }
    }
}

extension UniformSource {
    /// The same without regard to when a pass is read.
    fileprivate var readNow: UniformSource {
        if case .sampler(.previous(let name), let sampling) = self {
            .sampler(.pass(name), sampling)
        } else {
            self
        }
    }
}

extension Double {
    /// What fits into a whole number.
    fileprivate var clamped: Double { isFinite ? Swift.max(-1e15, Swift.min(self, 1e15)) : 0 }
}
