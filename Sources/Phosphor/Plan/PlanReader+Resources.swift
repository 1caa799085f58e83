import GLSL

/// The tables of what a sketch brings along: textures, meshes, buffers, images, values.
extension PlanReader {
    /// The entries of a table of named things; none where it is no table, or of more than there may be.
    private mutating func things(_ node: PlanNode, _ table: String, _ example: String)
        -> [PlanNode.Entry]
    {
        guard let entries = node.entries else {
            error(node, "\(table) is a table of names: \(example)")
            return []
        }
        if entries.count > Limits.parts {
            error(
                entries[Limits.parts].node,
                "more than \(Limits.parts) of [\(table)]: those from here on are left out")
        }
        return entries.prefix(Limits.parts).filter { entry in
            guard entry.key.isEmpty || entry.key.utf8.count > Limits.name else { return true }
            error(entry.node, "a name in [\(table)] has from 1 to \(Limits.name) bytes")
            return false
        }
    }

    // MARK: Textures

    mutating func readTextures(_ node: PlanNode) {
        for entry in things(node, "texture", "[texture], then wall = \"wall.png\"") {
            note("texture.\(entry.key)", entry.node)
            guard let (paths, sampling) = texture(entry.node) else { continue }
            let place = place(entry.node)
            change {
                $0.textures.append(
                    TexturePlan(
                        name: entry.key, paths: paths, place: place, sampling: sampling))
            }
        }
    }

    private mutating func texture(_ node: PlanNode) -> ([String], Sampling)? {
        let own = Sampling(.mipmap, .repeat)
        guard let entries = node.entries else { return files(node).map { ($0, own) } }
        let keys = ["file", "filter", "wrap", "flip"]
        for entry in entries where !keys.contains(entry.key) {
            unknown(entry, keys, in: "a texture")
        }
        guard let file = entries.first(where: { $0.key == "file" }) else {
            error(node, "a texture needs a file: { file = \"rock.jpg\", filter = \"mipmap\" }")
            return nil
        }
        let paths = files(file.node)
        let sampling = sampling(entries, over: own)
        return paths.map { ($0, sampling) }
    }

    private mutating func files(_ node: PlanNode) -> [String]? {
        let wanted = "the path of a PNG or a JPEG, in quotes"
        guard let items = node.items else {
            return path(node, "a texture", wanted).map { [$0] }
        }
        guard items.count == 6 else {
            error(
                node,
                "a cube map has six files, +x -x +y -y +z -z; here \(items.count == 1 ? "is 1" : "are \(items.count)")"
            )
            return nil
        }
        let paths = items.compactMap { path($0, "a cube map's side", wanted) }
        return paths.count == 6 ? paths : nil
    }

    /// How a picture is read, as keys `filter`, `wrap` and `flip` of a table say.
    mutating func sampling(_ entries: [PlanNode.Entry], over base: Sampling) -> Sampling {
        var sampling = base
        for entry in entries {
            switch entry.key {
            case "filter":
                sampling.filter =
                    choice(entry.node, "filter", Sampling.Filter.self) ?? sampling.filter
            case "wrap":
                sampling.wrap = choice(entry.node, "wrap", Sampling.Wrap.self) ?? sampling.wrap
            case "flip": sampling.isFlipped = flag(entry.node, "flip") ?? sampling.isFlipped
            default: break
            }
        }
        return sampling
    }

    // MARK: Meshes

    mutating func readMeshes(_ node: PlanNode) {
        for entry in things(node, "mesh", "[mesh], then rock = \"rock.obj\"") {
            note("mesh.\(entry.key)", entry.node)
            let wanted = "the path of a Wavefront OBJ file, in quotes"
            guard let path = path(entry.node, "a mesh", wanted) else { continue }
            let place = place(entry.node)
            change { $0.meshes.append(MeshPlan(name: entry.key, path: path, place: place)) }
        }
    }

    // MARK: Buffers and images

    mutating func readBuffers(_ node: PlanNode) {
        for entry in things(node, "buffer", "[buffer.flow], then bytes = 65536") {
            note("buffer.\(entry.key)", entry.node)
            guard let entries = entry.node.entries else {
                error(
                    entry.node,
                    "a buffer is a table: [buffer.\(entry.key.shown)], then bytes = 65536")
                continue
            }
            var buffer = BufferPlan(name: entry.key, bytes: 0)
            for entry in entries {
                switch entry.key {
                case "bytes":
                    buffer.bytes =
                        whole(
                            entry.node, "bytes", "the buffer's size in bytes",
                            4...BufferPlan.limit) ?? 0
                case "life":
                    buffer.life =
                        choice(entry.node, "life", BufferPlan.Life.self) ?? buffer.life
                default: unknown(entry, ["bytes", "life"], in: "a buffer")
                }
            }
            change { $0.buffers.append(buffer) }
        }
    }

    mutating func readImages(_ node: PlanNode) {
        let keys = ["size", "format", "life"]
        for entry in things(node, "image", "[image.paint], then format = \"rgba16f\"") {
            note("image.\(entry.key)", entry.node)
            guard let entries = entry.node.entries else {
                error(
                    entry.node,
                    "an image is a table: [image.\(entry.key.shown)], then size = [512, 512]")
                continue
            }
            var image = ImagePlan(name: entry.key)
            for entry in entries {
                switch entry.key {
                case "size": image.size = size(entry.node) ?? image.size
                case "format":
                    image.format = choice(entry.node, "format", PixelFormat.self) ?? image.format
                case "life":
                    image.life = choice(entry.node, "life", BufferPlan.Life.self) ?? image.life
                default: unknown(entry, keys, in: "an image")
                }
            }
            change { $0.images.append(image) }
        }
    }

    // MARK: Values

    mutating func readValues(_ node: PlanNode) {
        for entry in things(node, "value", "[value.speed], then begin = 1.0") {
            note("value.\(entry.key)", entry.node)
            var value = ValueNote(name: entry.key)
            if let entries = entry.node.entries {
                for entry in entries { readValue(entry, &value) }
            } else {
                value.begin = numbers(entry.node, "a value", 1...4) ?? []
            }
            for (least, most) in zip(value.least, value.most) where least > most {
                error(
                    entry.node,
                    "the least of \(entry.key.shown), \(least.plain), is more than its most, \(most.plain)"
                )
                (value.least, value.most) = ([], [])
                break
            }
            change { $0.values.append(value) }
        }
    }

    private mutating func readValue(_ entry: PlanNode.Entry, _ value: inout ValueNote) {
        let keys = ["begin", "least", "most", "label", "kind", "choices"]
        switch entry.key {
        case "begin": value.begin = numbers(entry.node, "begin", 1...4) ?? []
        case "least": value.least = numbers(entry.node, "least", 1...4) ?? []
        case "most": value.most = numbers(entry.node, "most", 1...4) ?? []
        case "label": value.label = text(entry.node, "label", "what people read, in quotes")
        case "kind": value.kind = choice(entry.node, "kind", ValuePlan.Kind.self)
        case "choices": value.choices = choices(entry.node)
        default: unknown(entry, keys, in: "a value")
        }
    }

    /// What may be chosen: names for 0, 1, 2 and so on, or names with numbers of their own.
    private mutating func choices(_ node: PlanNode) -> [ValuePlan.Choice] {
        var found: [ValuePlan.Choice]?
        if let items = node.items {
            let names = items.compactMap(\.text)
            if names.count == items.count {
                found = names.enumerated().map { .init(value: $0, label: $1) }
            }
        } else if let entries = node.entries {
            let range = -1_000_000...1_000_000
            let known = entries.compactMap { entry -> ValuePlan.Choice? in
                guard let number = entry.node.whole, range.contains(number) else { return nil }
                return .init(value: number, label: entry.key)
            }
            if known.count == entries.count { found = known }
        }
        if let found, (1...Limits.parts).contains(found.count) { return found }
        error(
            node,
            "choices is a list of names, [\"slow\", \"fast\"], or a table of names and whole numbers, { slow = 1, fast = 4 }"
        )
        return []
    }
}
