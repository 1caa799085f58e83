/// The texts of an ISF's stages as each pass gets them.
struct ISFTexts {
    let header: ISFHeader
    var fragment: ModernText
    var vertex: ModernText?
    /// Pictures whose size in pixels is that of the shown picture.
    let scaled: Set<String>
    /// Inputs that are called as a function of the language is which the code calls.
    private var functionNames: Set<String> = []
    /// What a vertex stage of the user's own reads of a corner, with the corner's value.
    var attributes: [(name: String, type: String, value: String)] = []

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
        takeVertexInputs()
        partFunctionNames()
        scalePictures()
    }

    static let standardNames = [
        "RENDERSIZE", "PASSINDEX", "TIME", "TIMEDELTA", "DATE", "FRAMEINDEX", "isf_FragNormCoord",
        "vv_FragNormCoord",
    ]

    private var declaredNames: [String] { header.names }

    /// The name by which the driver knows an input or a picture.
    func uniform(_ name: String) -> String {
        let other = name + "_"
        if functionNames.contains(name) { return other }
        return fragment.renamed[other] == name || vertex?.renamed[other] == name ? other : name
    }

    /// GLSL 1.10 keeps functions and variables apart, ours does not: `mix(a, b, mix)`.
    private mutating func partFunctionNames() {
        let names = declaredNames.filter { name in
            Words.kind(of: name) == .builtinFunction
                && (fragment.outline.calls(name) || vertex?.outline.calls(name) == true)
        }
        let isValue = { (outline: SourceOutline, items: [SourceOutline.Item], index: Int) in
            index + 1 >= items.count || !outline.item(items[index + 1], is: "(")
        }
        for name in names {
            fragment.replace(name, with: name + "_", where: isValue)
            vertex?.replace(name, with: name + "_", where: isValue)
            functionNames.insert(name)
        }
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
        ] where !declaredNames.contains(name) {
            declare(type, name)
        }
        // Functions before the inputs: one of these may be called as a function of the language is.
        result += "uniform vec2 phosphor_size;\n" + varying(text) + pictureFunctions(for: text)
        if text.stage == .vertex { result += vertexNames(text) }
        for input in header.inputs {
            switch input.kind {
            case .value where input.isShare:
                guard !text.declares(input.name) else { continue }
                let share = ISFInput.shareUniform(input.name)
                // A variable and no macro: functions may have parameters of the same name.
                result +=
                    "uniform vec2 \(share);\nvec2 \(uniform(input.name)) = \(share) * RENDERSIZE;\n"
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

    private func varying(_ text: ModernText) -> String {
        guard !text.declares("isf_FragNormCoord"), !text.declares("vv_FragNormCoord") else {
            return ""
        }
        return "\(text.stage == .vertex ? "out" : "in") vec2 isf_FragNormCoord;\n"
    }

    private var fragmentNames: String {
        var result = ""
        for name in ["isf_FragCoord", "isf_fragCoord"]
        where fragment.mentions(name) && !fragment.declares(name) {
            result += "#define \(name) gl_FragCoord.xy\n"
        }
        return result + output
    }

    /// What some hosts call `gl_FragColor`, as the text's own output where it has one.
    private var output: String {
        let name = "isf_FragColor"
        guard fragment.mentions(name), !fragment.declares(name) else { return "" }
        if fragment.mentions("gl_FragData") { return "#define \(name) phosphorOut[0]\n" }
        let own = fragment.globals.first { $0.qualifiers.contains("out") && $0.type == "vec4" }
        if let own { return "#define \(name) \(own.name)\n" }
        return fragment.mentions("gl_FragColor")
            ? "#define \(name) phosphor_out\n" : "layout(location = 0) out vec4 \(name);\n"
    }
}

extension SourceOutline {
    /// Whether the code or a directive has this name with a parenthesis behind it.
    fileprivate func calls(_ name: String) -> Bool {
        let wanted = Array(name.utf8)
        return ([items] + directives.map(\.items)).contains { items in
            items.indices.dropLast().contains {
                item(items[$0 + 1], is: "(") && bytes[items[$0].range].elementsEqual(wanted)
            }
        }
    }
}
