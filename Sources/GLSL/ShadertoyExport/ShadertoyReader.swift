/// Reads the object of a shader out of an export.
struct ShadertoyReader {
    let file: String
    private(set) var export = ShadertoyExport(
        parts: [:], plan: SketchPlan(), title: "", author: "")
    private(set) var errors: [JSONMistake] = []
    private(set) var notices: [JSONMistake] = []
    private var passes: [Pass] = []

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
    private static func identifier(_ value: JSONValue?) -> String? {
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
        export.plan.dialect = .shadertoy
    }

    /// Buffers first, the picture last.
    private static func place(_ pass: Pass) -> Int {
        switch pass.kind {
        case .buffer(let index): index
        case .cube: 4
        default: 5
        }
    }

    private mutating func binding(_ input: JSONValue, of pass: Pass) -> UniformBinding? {
        guard input.members != nil else {
            notice(input.place, "an input must be an object, not \(input.kindName): it is left out")
            return nil
        }
        guard let number = input["channel"]?.number, let channel = Int(exactly: number),
            (0..<4).contains(channel)
        else {
            notice(
                input["channel"]?.place ?? input.place,
                "an input needs a \"channel\" from 0 to 3: it is left out")
            return nil
        }
        let type = (input["ctype"] ?? input["type"])?.string?.lowercased() ?? ""
        guard let picture = picture(input, type: type, of: pass) else { return nil }
        return UniformBinding("iChannel\(channel)", .sampler(picture, sampling(input, type: type)))
    }

    private func sampling(_ input: JSONValue, type: String) -> Sampling {
        let sampler = input["sampler"]
        let filter: Sampling.Filter =
            switch sampler?["filter"]?.string {
            case "nearest": .nearest
            case "mipmap": .mipmap
            default: type == "keyboard" ? .nearest : .linear
            }
        let wrap: Sampling.Wrap =
            switch sampler?["wrap"]?.string {
            case "clamp": .clamp
            case "mirror": .mirror
            case "repeat": .repeat
            default: type == "texture" ? .repeat : .clamp
            }
        // `vflip` turns a file's rows, which come from the top down, the way that GL has them; so has the host.
        let flip = sampler?["vflip"]
        let isUpright = flip?.string.map { $0 != "false" } ?? flip?.bool ?? true
        return Sampling(
            filter, wrap, isFlipped: !isUpright && ["texture", "cubemap"].contains(type))
    }

    private mutating func picture(
        _ input: JSONValue, type: String, of pass: Pass
    ) -> PictureSource? {
        let place = (input["ctype"] ?? input["type"])?.place ?? input.place
        func standIn(_ what: String) -> String { "\(what): a stand-in is there in its place" }
        switch type {
        case "buffer":
            guard let name = buffer(input) else {
                notice(place, "this input reads a buffer that is not there: it is black")
                return .black
            }
            return name == pass.name ? .previous(name) : .pass(name)
        case "keyboard": return .keyboard
        case "texture": return texture(input, isCube: false)
        case "cubemap":
            if passes.contains(where: {
                if case .cube = $0.kind {
                    $0.outputs.contains(Self.identifier(input["id"]) ?? "")
                } else {
                    false
                }
            }) {
                return .test
            }
            return texture(input, isCube: true)
        case "volume":
            notice(place, standIn("there are no volumes here"))
            return .noise
        case "music", "musicstream", "mic", "microphone":
            notice(place, "there is no sound here: this input hears silence")
            return .audio
        case "video", "webcam":
            notice(place, standIn("there are no moving pictures here"))
            return .test
        default:
            notice(place, standIn("an input of the type \"\(type.shortened)\" is not known"))
            return .test
        }
    }

    // MARK: Inputs

    /// The buffer that an input reads: by its output's name, by the file that the site shows for it, or by its number.
    private func buffer(_ input: JSONValue) -> String? {
        let id = Self.identifier(input["id"])
        for pass in passes {
            if case .buffer = pass.kind, let id, pass.outputs.contains(id) { return pass.name }
        }
        let path = (input["src"] ?? input["filepath"])?.string ?? ""
        let digits = path.filter { $0.isASCII && $0.isNumber }
        let known = [
            "4dXGR8": 0, "XsXGR8": 1, "4sXGR8": 2, "XdfGR8": 3, "257": 0, "258": 1, "259": 2,
            "260": 3,
        ]
        guard
            let index = path.contains("buffer") ? Int(digits.suffix(2)) : id.flatMap({ known[$0] }),
            Pass.letters.indices.contains(index)
        else { return nil }
        let name = "buffer\(Pass.letters[index])"
        return passes.contains { $0.name == name } ? name : nil
    }

    /// The beginnings of the names of the site's own noises, of which ours is as good as any.
    private static let noises = [
        "f735bee5b64ef98879dc", "0a40562379b63dfb8922", "3083c722c0c738cad0f4",
        "cb49c003b454385aa997",
    ]

    private mutating func texture(_ input: JSONValue, isCube: Bool) -> PictureSource? {
        guard let value = input["src"] ?? input["filepath"], let path = value.string, !path.isEmpty
        else {
            notice(input.place, "an input without a file: a test picture is there in its place")
            return .test
        }
        let isOwn = path.hasPrefix("/media/") || path.hasPrefix("/presets/") || path.contains("://")
        let file = isOwn ? String(path.split(separator: "/").last ?? "") : path
        if Self.noises.contains(where: file.hasPrefix) || file == "tex16.png" { return .noise }
        let stem = file.split(separator: ".").first.map(String.init) ?? file
        var paths = [file]
        if isCube {
            // The site has the other five sides in files of their own.
            let dot = file.lastIndex(of: ".") ?? file.endIndex
            paths += (1...5).map { "\(file[..<dot])_\($0)\(file[dot...])" }
        }
        if let known = export.plan.textures.first(where: { $0.paths == paths }) {
            return .texture(known.name)
        }
        // The site's files are called by 64 digits, more than a plan takes as a name.
        let short =
            "texture_"
            + stem.prefix(20).map { $0.isASCII && ($0.isLetter || $0.isNumber) ? String($0) : "_" }
            .joined()
        var name = short
        var number = export.plan.textures.count
        while export.plan.textures.contains(where: { $0.name == name }) {
            number += 1
            name = "\(short)_\(number)"
        }
        export.plan.textures.append(
            TexturePlan(
                name: name, paths: paths,
                place: SourcePlace(file: self.file, line: value.place.line)))
        if isOwn {
            notice(
                value.place,
                "this picture is the site's own: put the file \(file.shortened) beside the sketch"
            )
        }
        return .texture(name)
    }
}

extension Double {
    /// What fits into a whole number.
    fileprivate var clamped: Double { isFinite ? Swift.max(-1e15, Swift.min(self, 1e15)) : 0 }
}
