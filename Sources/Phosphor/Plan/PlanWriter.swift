import GLSL

/// Writes a plan as the text of a `sketch.toml` that says the same.
///
/// What a plan does not say is not written, so that a sketch that came from elsewhere can be read by people.
struct PlanWriter {
    private var lines: [String] = []

    /// The text of a plan; its problems and places are no part of it.
    static func text(_ plan: SketchPlan, comment: [String] = []) -> String {
        var writer = PlanWriter()
        writer.lines = comment.map { $0.isEmpty ? "#" : "# \($0.oneLine)" }
        writer.write(plan)
        while writer.lines.first?.isEmpty == true { writer.lines.removeFirst() }
        return writer.lines.isEmpty ? "" : writer.lines.joined(separator: "\n") + "\n"
    }

    private mutating func write(_ plan: SketchPlan) {
        if plan.dialect != nil || !plan.includePaths.isEmpty { lines.append("") }
        if let dialect = plan.dialect { set("dialect", quoted(dialect.rawValue)) }
        if !plan.includePaths.isEmpty { set("include", list(plan.includePaths.map(quoted))) }
        for pass in plan.passes { write(pass, plan) }
        if !plan.textures.isEmpty { lines += ["", "[texture]"] }
        for texture in plan.textures { write(texture) }
        if !plan.meshes.isEmpty { lines += ["", "[mesh]"] }
        for mesh in plan.meshes { set(key(mesh.name), quoted(mesh.path)) }
        for buffer in plan.buffers {
            lines += ["", "[buffer.\(key(buffer.name))]"]
            if buffer.bytes > 0 { set("bytes", "\(buffer.bytes)") }
            if buffer.life != .kept { set("life", quoted(buffer.life.rawValue)) }
        }
        for image in plan.images {
            lines += ["", "[image.\(key(image.name))]"]
            if image.size != SizePlan() { set("size", size(image.size)) }
            if image.format != .rgba8 { set("format", quoted(image.format.rawValue)) }
            if image.life != .kept { set("life", quoted(image.life.rawValue)) }
        }
        for value in plan.values { write(value) }
    }

    // MARK: Passes

    private mutating func write(_ pass: SketchPlan.Pass, _ plan: SketchPlan) {
        lines += ["", "[[pass]]"]
        set("name", quoted(pass.name))
        if let given = pass.size { set("size", size(given)) }
        if let format = pass.format { set("format", quoted(format.rawValue)) }
        if let flag = pass.isPersistent { set("persistent", "\(flag)") }
        if let flag = pass.isDoubled { set("doubled", "\(flag)") }
        if let flag = pass.hasMipmaps { set("mipmaps", "\(flag)") }
        let drawing = pass.drawing
        if let geometry = drawing.geometry { set("geometry", text(geometry)) }
        if let instances = drawing.instances { set("instances", "\(instances)") }
        if let flag = drawing.hasDepth { set("depth", "\(flag)") }
        if let blend = drawing.blend { set("blend", quoted(blend.rawValue)) }
        if let cull = drawing.cull { set("cull", quoted(cull.rawValue)) }
        if let samples = drawing.samples { set("samples", "\(samples)") }
        if let clear = drawing.clear {
            set("clear", list((0..<4).map { number(Double(clear[$0])) }))
        }
        if let indirect = drawing.indirect { set("indirect", quoted(indirect)) }
        if let capture = drawing.capture {
            let rest = capture.drawsNothing ? ", draw = false" : ""
            set(
                "capture",
                "{ varyings = \(list(capture.varyings.map(quoted))), buffer = \(quoted(capture.buffer))\(rest) }"
            )
        }
        switch pass.dispatch {
        case .cover?: set("dispatch", "\"cover\"")
        case .groups(let x, let y, let z)?: set("dispatch", "[\(x), \(y), \(z)]")
        case .indirect(let buffer)?: set("dispatch", "{ indirect = \(quoted(buffer)) }")
        case nil: break
        }
        write(inputs: pass.inputs, plan)
    }

    private func text(_ geometry: Geometry) -> String {
        switch geometry {
        case .picture: "\"picture\""
        case .cube: "\"cube\""
        case .grid(let columns, let rows): "{ grid = [\(columns), \(rows)] }"
        case .sphere(let segments): "{ sphere = \(segments) }"
        case .points(let count): "{ points = \(count) }"
        case .patches(let count, let vertices): "{ patches = [\(count), \(vertices)] }"
        case .vertices(let count, let kind):
            "{ vertices = \(count), as = \(quoted(kind.rawValue)) }"
        case .mesh(let name): "{ mesh = \(quoted(name)) }"
        case .feedback(let buffer, let kind):
            "{ feedback = \(quoted(buffer)), as = \(quoted(kind.rawValue)) }"
        }
    }

    private mutating func write(inputs: [UniformBinding], _ plan: SketchPlan) {
        // One a line, in a table of its own, where there are several: the line is what mistakes are told on.
        let written = inputs.compactMap { input in
            self.input(input, plan).map { (key(input.name), $0) }
        }
        if written.count == 1 {
            set("inputs", "{ \(written[0].0) = \(written[0].1) }")
        } else if !written.isEmpty {
            lines.append("[pass.inputs]")
            for (name, text) in written { set(name, text) }
        }
    }

    /// What an input reads; nil for what is no picture.
    private func input(_ binding: UniformBinding, _ plan: SketchPlan) -> String? {
        guard case .sampler(let picture, let sampling) = binding.source else { return nil }
        let (kind, name): (String, String)
        var own = Sampling()
        switch picture {
        case .pass(let pass): (kind, name) = ("pass", pass)
        case .previous(let pass): (kind, name) = ("previous", pass)
        case .image(let image): (kind, name) = ("image", image)
        case .texture(let texture):
            (kind, name) = ("texture", texture)
            own = plan.texture(texture)?.sampling ?? Sampling(.mipmap, .repeat)
        default:
            guard let known = PlanReader.ownPictures.first(where: { $0.picture == picture }) else {
                return nil
            }
            (kind, name) = ("own", known.name)
            if picture == .test || picture == .noise { own = Sampling(.mipmap, .repeat) }
            if picture == .keyboard { own = Sampling(.nearest) }
        }
        let shape = binding.shape.map { ", as = \(quoted($0.rawValue))" } ?? ""
        return "{ \(kind) = \(quoted(name))\(text(sampling, over: own))\(shape) }"
    }

    /// What differs from another way to read, behind a comma.
    private func text(_ sampling: Sampling, over own: Sampling) -> String {
        var text = ""
        if sampling.filter != own.filter {
            text += ", filter = \(quoted(sampling.filter.rawValue))"
        }
        if sampling.wrap != own.wrap { text += ", wrap = \(quoted(sampling.wrap.rawValue))" }
        if sampling.isFlipped != own.isFlipped { text += ", flip = \(sampling.isFlipped)" }
        return text
    }

    // MARK: What it brings along

    private mutating func write(_ texture: TexturePlan) {
        let own = Sampling(.mipmap, .repeat)
        let file =
            texture.paths.count == 1
            ? quoted(texture.paths[0]) : list(texture.paths.map(quoted))
        let rest = text(texture.sampling, over: own)
        set(key(texture.name), rest.isEmpty ? file : "{ file = \(file)\(rest) }")
    }

    private mutating func write(_ value: ValueNote) {
        lines += ["", "[value.\(key(value.name))]"]
        if let kind = value.kind { set("kind", quoted(kind.rawValue)) }
        for (name, numbers) in [
            ("begin", value.begin), ("least", value.least), ("most", value.most),
        ]
        where !numbers.isEmpty {
            let words = numbers.map(number)
            set(name, words.count == 1 ? words[0] : list(words))
        }
        if let label = value.label { set("label", quoted(label)) }
        if !value.choices.isEmpty {
            let pairs = value.choices.map { "\(quoted($0.label)) = \($0.value)" }
            set("choices", "{ \(pairs.joined(separator: ", ")) }")
        }
    }

    // MARK: Words

    private mutating func set(_ key: String, _ value: String) { lines.append("\(key) = \(value)") }

    private func list(_ items: [String]) -> String { "[\(items.joined(separator: ", "))]" }

    private func key(_ name: String) -> String {
        let isBare =
            !name.isEmpty
            && name.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
        return isBare ? name : quoted(name)
    }

    private func number(_ number: Double) -> String {
        // TOML wants digits on both sides of a point, and Swift writes them so; `1e+20` it takes as well.
        number.plain
    }

    private func size(_ size: SizePlan) -> String { list([side(size.width), side(size.height)]) }

    private func side(_ expression: SizeExpression) -> String {
        if case .number(let number) = expression, number >= 1, number <= Double(SizePlan.limit) {
            return self.number(number)
        }
        return quoted(expression.text)
    }

    private func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            case _ where scalar.value < 32 || scalar.value == 127:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

extension String {
    /// Without what would end a comment, or is none of TOML's characters.
    fileprivate var oneLine: String {
        String(
            String.UnicodeScalarView(unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }))
    }
}

extension SizeExpression {
    /// The text of which `parse` makes this.
    var text: String {
        switch self {
        case .number(let number):
            return number < 0 ? "(0 - \((-number).plain))" : number.plain
        case .pictureWidth: return "$WIDTH"
        case .pictureHeight: return "$HEIGHT"
        case .value(let name): return "$\(name)"
        case .negated(let inner): return "(-\(inner.text))"
        case .operation(let operation, let left, let right):
            let (a, b) = (left.text, right.text)
            switch operation {
            case .add: return "(\(a) + \(b))"
            case .subtract: return "(\(a) - \(b))"
            case .multiply: return "(\(a) * \(b))"
            case .divide: return "(\(a) / \(b))"
            case .remainder: return "mod(\(a), \(b))"
            case .power: return "pow(\(a), \(b))"
            case .min: return "min(\(a), \(b))"
            case .max: return "max(\(a), \(b))"
            }
        case .function(let function, let inner): return "\(function.rawValue)(\(inner.text))"
        }
    }
}
