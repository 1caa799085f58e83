/// The texts of an ISF's stages as each pass gets them.
struct ISFTexts {
    private let header: ISFHeader
    private var fragment: ModernText
    private var vertex: ModernText?
    /// Pictures whose size in pixels is that of the shown picture.
    private let scaled: Set<String>

    init(
        header: ISFHeader, fragment: StagePart, vertex: StagePart?, scaled: Set<String>
    ) {
        (self.header, self.scaled) = (header, scaled)
        self.fragment = ModernText(fragment)
        self.vertex = vertex.map { ModernText($0) }
        for name in declaredNames {
            // A word that one stage must rename is renamed in both: their uniforms are the same ones.
            if uniform(name) != name || self.fragment.free(name) != name {
                _ = self.fragment.free(name)
                _ = self.vertex?.free(name)
            }
        }
        for name in declaredNames + Self.standardNames {
            self.fragment.removeDeclaration(of: name)
            self.vertex?.removeDeclaration(of: name)
        }
        scalePictures()
    }

    private static let standardNames = [
        "RENDERSIZE", "PASSINDEX", "TIME", "TIMEDELTA", "DATE", "FRAMEINDEX", "isf_FragNormCoord",
        "vv_FragNormCoord",
    ]

    private var declaredNames: [String] {
        header.inputs.map(\.name) + header.imports.map(\.name)
            + Set(header.passes.compactMap(\.target)).sorted() + header.unusedBuffers
    }

    /// The name by which the driver knows an input or a picture.
    func uniform(_ name: String) -> String {
        let other = name + "_"
        return fragment.renamed[other] == name || vertex?.renamed[other] == name ? other : name
    }

    /// The stages of one pass.
    mutating func stages(pass: Int) -> [AssembledStage] {
        let defines = "#define PASSINDEX \(pass)\n"
        let front = fragment.assembled(
            defines: defines, declarations: declarations(for: fragment) + fragmentNames)
        guard let vertex else { return [generatedVertex, front] }
        return [
            vertex.assembled(
                defines: defines, declarations: declarations(for: vertex)),
            front,
        ]
    }

    // MARK: Declarations

    /// What all stages get without declaring it.
    private func declarations(for text: ModernText) -> String {
        var result = ""
        func declare(_ type: String, _ name: String) {
            guard !text.declares(name) else { return }
            result += "uniform \(type) \(uniform(name));\n"
        }
        for (type, name) in [
            ("vec2", "RENDERSIZE"), ("float", "TIME"), ("float", "TIMEDELTA"), ("vec4", "DATE"),
            ("int", "FRAMEINDEX"),
        ] {
            declare(type, name)
        }
        // Functions before the inputs: one of these may be called as a function of the language is.
        result += "uniform vec2 phosphor_size;\n" + varying(text) + pictureFunctions(for: text)
        if text.stage == .vertex { result += vertexNames(text) }
        for input in header.inputs {
            switch input.kind {
            case .value(_, let type): declare(type, input.name)
            case .image, .audio, .spectrum: declare("sampler2D", input.name)
            case .cube: declare("samplerCube", input.name)
            }
        }
        for image in header.imports {
            declare(image.isCube ? "samplerCube" : "sampler2D", image.name)
        }
        for target in Set(header.passes.compactMap(\.target)).sorted() {
            declare("sampler2D", target)
        }
        for buffer in header.unusedBuffers { declare("sampler2D", buffer) }
        return result + pictureNames(for: text)
    }

    /// The functions for pictures that a text calls.
    private func pictureFunctions(for text: ModernText) -> String {
        var result = ""
        let isFragment = text.stage == .fragment
        func define(_ name: String, _ parameters: String, _ body: String, type: String = "vec4") {
            guard text.mentions(name), !text.outline.isDefined(name) else {
                return
            }
            result += "\(type) \(name)(sampler2D image\(parameters)) { return \(body); }\n"
        }
        let size = "vec2(textureSize(image, 0))"
        define("IMG_SIZE", "", size, type: "vec2")
        define("IMG_NORM_PIXEL", ", vec2 place", "texture(image, place)")
        define("IMG_PIXEL", ", vec2 place", "texture(image, place / \(size))")
        if isFragment {
            define("IMG_NORM_PIXEL", ", vec2 place, float bias", "texture(image, place, bias)")
            define("IMG_PIXEL", ", vec2 place, float bias", "texture(image, place / \(size), bias)")
        }
        // The same place in the picture, whatever the sizes: so passes that make pictures smaller are written.
        for name in ["IMG_THIS_PIXEL", "IMG_THIS_NORM_PIXEL", "IMG_NORM_THIS_PIXEL"] {
            define(name, "", "texture(image, isf_FragNormCoord)")
        }
        for (name, parameters, body, type) in [
            ("IMG_SIZE", "", "phosphor_size", "vec2"),
            ("IMG_PIXEL", ", vec2 place", "texture(image, place / phosphor_size)", "vec4"),
        ] where !scaled.isEmpty && text.mentions(name) {
            let own = Self.scaledName(name)
            result += "\(type) \(own)(sampler2D image\(parameters)) { return \(body); }\n"
            if isFragment, name == "IMG_PIXEL" {
                result +=
                    "vec4 \(own)(sampler2D image, vec2 place, float bias) { return texture(image, place / phosphor_size, bias); }\n"
            }
        }
        for (name, scale) in [("VVSAMPLER_2DBYNORM", ""), ("VVSAMPLER_2DBYPIXEL", " / size")]
        where text.mentions(name) {
            result +=
                "vec4 \(name)(sampler2D image, vec4 rect, vec2 size, bool flip, vec2 place) { return texture(image, place\(scale)); }\n"
        }
        return result
    }

    private func varying(_ text: ModernText) -> String {
        guard !text.declares("isf_FragNormCoord"), !text.declares("vv_FragNormCoord") else {
            return ""
        }
        return "\(text.stage == .vertex ? "out" : "in") vec2 isf_FragNormCoord;\n"
    }

    /// What hosts declare for each picture besides, where a text knows of it.
    private func pictureNames(for text: ModernText) -> String {
        var result = ""
        for name in declaredNames {
            let size =
                scaled.contains(name)
                ? "phosphor_size" : "vec2(textureSize(\(uniform(name)), 0))"
            for (word, value) in [
                ("_\(name)_imgRect", "vec4(0.0, 0.0, 1.0, 1.0)"), ("_\(name)_imgSize", size),
                ("_\(name)_flip", "false"), ("_\(name)_normTexCoord", "isf_FragNormCoord"),
                ("_\(name)_texCoord", "isf_FragNormCoord"),
            ] where text.mentions(word) {
                result += "#define \(word) \(value)\n"
            }
        }
        if text.mentions("vv_FragNormCoord") {
            result += "#define vv_FragNormCoord isf_FragNormCoord\n"
        }
        return result
    }

    private var fragmentNames: String {
        var result = ""
        for name in ["isf_FragCoord", "isf_fragCoord"]
        where fragment.mentions(name) && !fragment.declares(name) {
            result += "#define \(name) gl_FragCoord.xy\n"
        }
        return result
    }

    /// What a vertex stage of the user's own calls first: it puts the four corners in their places.
    private func vertexNames(_ vertex: ModernText) -> String {
        var result = """
            vec2 isf_fragCoord;
            void isf_vertShaderInit() {
                vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
                gl_Position = vec4(2.0 * corner - 1.0, 0.0, 1.0);
                isf_FragNormCoord = corner;
                isf_fragCoord = floor(corner * RENDERSIZE);
            }

            """
        if vertex.mentions("vv_vertShaderInit") {
            result += "#define vv_vertShaderInit isf_vertShaderInit\n"
        }
        return result
    }

    /// The varyings that the fragment stage wants from a vertex stage of the user's own.
    var wanted: [String] {
        fragment.globals.filter {
            ($0.qualifiers.contains("in") || $0.qualifiers.contains("varying"))
                && !["isf_FragNormCoord", "vv_FragNormCoord"].contains($0.name)
        }.map(\.name)
    }

    /// The vertex stage of an ISF that has none; what the fragment stage wants from one gets the place in the picture.
    private var generatedVertex: AssembledStage {
        var text = "\(fragment.versionLine)out vec2 isf_FragNormCoord;\n"
        var body = ""
        var seen: Set<String> = ["isf_FragNormCoord", "vv_FragNormCoord"]
        for input in fragment.globals
        where (input.qualifiers.contains("in") || input.qualifiers.contains("varying"))
            && ["float", "vec2", "vec3", "vec4", "mat2", "mat3", "mat4"].contains(input.type)
            && seen.insert(input.name).inserted
        {
            let name = uniform(input.name)
            let length = input.isArray ? fragment.arrayLength(of: input.name) : nil
            guard !input.isArray || length != nil else { continue }
            text += "out \(input.type) \(name)\(length.map { "[\($0)]" } ?? "");\n"
            let value =
                switch input.type {
                case "vec2": "corner"
                case "vec3": "vec3(corner, 0.0)"
                case "vec4": "vec4(corner, 0.0, 1.0)"
                case "mat2", "mat3", "mat4": "\(input.type)(1.0)"
                default: "0.0"
                }
            body +=
                length.map { "    for (int i = 0; i < \($0); i++) \(name)[i] = \(value);\n" }
                ?? "    \(name) = \(value);\n"
        }
        text += """
            void main() {
                vec2 corner = vec2((gl_VertexID << 1) & 2, gl_VertexID & 2);
                isf_FragNormCoord = corner;
            \(body)    gl_Position = vec4(2.0 * corner - 1.0, 0.0, 1.0);
            }

            """
        return AssembledStage(
            stage: .vertex, text: text, lineMap: .generated, isGenerated: true)
    }

    // MARK: Scaled pictures

    /// As long as the name in whose place it stands, so that columns stay.
    private static func scaledName(_ name: String) -> String {
        guard let mark = name.lastIndex(of: "_") else { return name }
        return String(name[...mark]) + name[name.index(after: mark)...].lowercased()
    }

    /// Has what asks for pixels of a scaled picture ask in the shown picture's pixels.
    private mutating func scalePictures() {
        guard !scaled.isEmpty else { return }
        for name in ["IMG_SIZE", "IMG_PIXEL"] {
            let isScaled = {
                [scaled] (outline: SourceOutline, items: [SourceOutline.Item], index: Int) in
                guard index + 2 < items.count, outline.item(items[index + 1], is: "(") else {
                    return false
                }
                return scaled.contains(outline.text(items[index + 2]))
            }
            fragment.replace(name, with: Self.scaledName(name), where: isScaled)
            vertex?.replace(name, with: Self.scaledName(name), where: isScaled)
        }
    }
}
