/// What the passes of an export read.
extension ShadertoyReader {
    mutating func binding(_ input: JSONValue, of pass: Pass) -> UniformBinding? {
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
        guard let picture = picture(input, type: type, of: pass, channel) else { return nil }
        let shapes: [String: PictureShape] = ["cubemap": .cube, "volume": .volume]
        return UniformBinding(
            "iChannel\(channel)", .sampler(picture, sampling(input, type: type)),
            shape: shapes[type])
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
        _ input: JSONValue, type: String, of pass: Pass, _ channel: Int
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
        case "texture": return texture(input, isCube: false, of: pass, channel)
        case "cubemap":
            if readsCubePass(input) {
                notice(place, standIn("cube maps cannot be drawn, and this input reads one"))
                return .test
            }
            return texture(input, isCube: true, of: pass, channel)
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

    /// Whether an input reads a cube that a pass draws: by its output's name, or by the file that the site shows for it.
    private func readsCubePass(_ input: JSONValue) -> Bool {
        let path = (input["src"] ?? input["filepath"])?.string ?? ""
        return path.contains("/previz/cubemap")
            || passes.contains {
                guard case .cube = $0.kind else { return false }
                return $0.outputs.contains(Self.identifier(input["id"]) ?? "")
            }
    }

    /// The beginnings of the names of the site's own noises, of which ours is as good as any: RGBA, medium and small,
    /// grey, medium and small, and the blue one; then as they were called at first.
    private static let noises = [
        "f735bee5b64ef98879dc", "3083c722c0c738cad0f4", "0c7bf5fe9462d5bffbd1",
        "0a40562379b63dfb8922", "cb49c003b454385aa997", "tex16.png", "tex11.png", "tex12.png",
        "tex10.png",
    ]

    private mutating func texture(
        _ input: JSONValue, isCube: Bool, of pass: Pass, _ channel: Int
    ) -> PictureSource? {
        guard let value = input["src"] ?? input["filepath"], let path = value.string, !path.isEmpty
        else {
            notice(input.place, "an input without a file: a test picture is there in its place")
            return .test
        }
        let isOwn = path.hasPrefix("/media/") || path.hasPrefix("/presets/") || path.contains("://")
        let file = isOwn ? String(path.split(separator: "/").last ?? "") : path
        if Self.noises.contains(where: file.hasPrefix) { return .noise }
        // A picture that nobody has and that is read by the texel is most likely grains, too.
        if isOwn, !isCube,
            ChannelTypes(SourceOutline(pass.code)).isReadByTexels("iChannel\(channel)")
        {
            return .noise
        }
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
                "iChannel\(channel) of the pass \(pass.name ?? "image") reads a picture of the site's own: put the file "
                    + "\(file.prefix(128)) beside the sketch; until then a checker stands in for it"
            )
        }
        return .texture(name)
    }
}
