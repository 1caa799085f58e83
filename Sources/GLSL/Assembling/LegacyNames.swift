/// What older versions of the language called things, in the words of the version that is compiled.
///
/// Section numbers are those of The OpenGL Shading Language 1.20 and GLSL ES 1.00 (both 8.7), of
/// GL_EXT_shader_texture_lod and of GL_EXT_frag_depth.
enum LegacyNames {
    /// Functions and variables by their names of today.
    static let renamed: [(old: String, new: String)] = [
        ("texture1D", "texture"), ("texture1DProj", "textureProj"), ("texture1DLod", "textureLod"),
        ("texture1DProjLod", "textureProjLod"),
        ("texture2D", "texture"), ("texture2DProj", "textureProj"), ("texture2DLod", "textureLod"),
        ("texture2DProjLod", "textureProjLod"), ("texture2DOffset", "textureOffset"),
        ("texture2DRect", "texture"), ("texture2DRectProj", "textureProj"),
        ("texture3D", "texture"), ("texture3DProj", "textureProj"), ("texture3DLod", "textureLod"),
        ("texture3DProjLod", "textureProjLod"),
        ("textureCube", "texture"), ("textureCubeLod", "textureLod"),
        ("texture2DLodEXT", "textureLod"), ("texture2DProjLodEXT", "textureProjLod"),
        ("textureCubeLodEXT", "textureLod"), ("texture2DGradEXT", "textureGrad"),
        ("texture2DProjGradEXT", "textureProjGrad"), ("textureCubeGradEXT", "textureGrad"),
        ("texture2DGrad", "textureGrad"), ("texture2DGradARB", "textureGrad"),
        ("textureCubeGradARB", "textureGrad"), ("gl_FragDepthEXT", "gl_FragDepth"),
    ]

    /// Words that later versions keep for themselves, where a source for an older one may have them as names.
    static let keywords = [
        "buffer", "shared", "precise", "sample", "patch", "smooth", "subroutine", "common",
        "partition", "active", "filter", "resource", "coherent", "restrict", "readonly",
        "writeonly", "noperspective", "centroid", "flat", "layout", "input", "output", "half",
        "fixed", "template", "this", "packed",
    ]

    /// What the fixed pipeline handed to fragment stages, with names of the same lengths, and what is handed on now.
    static let fixedInputs: [(old: String, new: String, array: String, value: String)] = [
        ("gl_TexCoord", "phosphor_uv", "[8]", "vec4(corner, 0.0, 1.0)"),
        ("gl_Color", "phos_col", "", "vec4(1.0)"),
    ]

    /// Extensions whose contents later versions simply have: asking for them would be refused.
    static func isObsolete(_ extensionName: String) -> Bool {
        obsolete.contains(extensionName) || extensionName.hasPrefix("GL_OES_")
            || extensionName.hasPrefix("GL_WEBGL_") || extensionName.hasPrefix("GL_ANGLE_")
    }

    private static let obsolete: Set<String> = [
        "GL_EXT_shader_texture_lod", "GL_EXT_frag_depth", "GL_EXT_draw_buffers",
        "GL_ARB_shader_texture_lod", "GL_EXT_gpu_shader4", "GL_ARB_texture_rectangle",
        "GL_ARB_draw_buffers",
    ]
}

extension StagePart {
    /// Macros by which old names work, but for those that the text defines itself.
    func legacyNames(_ version: LanguageVersion) -> String {
        var text = ""
        if outline.mentions("varying") {
            text += "#define varying \(stage == .vertex ? "out" : "in")\n"
        }
        if stage == .vertex, outline.mentions("attribute") { text += "#define attribute in\n" }
        let isHidden = version.number >= 140 && hidesTexture
        for (old, new) in LegacyNames.renamed
        where outline.mentions(old) && !outline.isDefined(old) {
            if isHidden, new == "texture" {
                text += textureFunctions(old)
            } else {
                text += "#define \(old) \(new)\n"
            }
        }
        if isHidden { text += "#define texture texture_\n" }
        return text
    }

    /// Whether the text has a variable called `texture`, which hides the function that took that name later.
    var hidesTexture: Bool {
        outline.items.indices.dropFirst().contains { index in
            outline.items[index - 1].kind == .type && !outline.item(index + 1, is: "(")
                && outline.item(index, is: "texture")
        }
    }

    /// Functions that stand in place of a macro where a variable hides what it would call.
    private func textureFunctions(_ old: String) -> String {
        let (sampler, place) =
            switch old {
            case "textureCube": ("samplerCube", "vec3")
            case "texture3D": ("sampler3D", "vec3")
            case "texture1D": ("sampler1D", "float")
            case "texture2DRect": ("sampler2DRect", "vec2")
            default: ("sampler2D", "vec2")
            }
        let name = "phosphor_" + old
        var text = "vec4 \(name)(\(sampler) s, \(place) p) { return texture(s, p); }\n"
        if stage == .fragment, old != "texture2DRect" {
            text += "vec4 \(name)(\(sampler) s, \(place) p, float b) { return texture(s, p, b); }\n"
        }
        return text + "#define \(old) \(name)\n"
    }

    /// Frees words that the text uses as names but that are keywords in the version that is compiled.
    ///
    /// A word counts as a name where a type stands before it; as a keyword it never does.
    func renameKeywords(_ words: [String], _ renamed: inout [String: String]) -> String {
        var text = ""
        for word in words where isName(word) {
            renamed[word + "_"] = word
            text += "#define \(word) \(word)_\n"
        }
        return text
    }

    private func isName(_ word: String) -> Bool {
        let wanted = Array(word.utf8)
        return outline.items.indices.dropFirst().contains { index in
            guard outline.items[index - 1].kind == .type,
                outline.bytes[outline.items[index].range].elementsEqual(wanted)
            else { return false }
            // `vec4 sample;`, `float filter(`, `in vec3 buffer)`.
            guard outline.items.indices.contains(index + 1) else { return true }
            return ![.type, .identifier, .keyword].contains(outline.items[index + 1].kind)
        }
    }

    /// Makes `gl_FragColor` and `gl_FragData` work where the source declares no output.
    ///
    /// The names that take their place have their lengths, so that columns stay.
    func renameFragmentOutputs(
        _ version: LanguageVersion, _ patches: inout TextPatches, _ renamed: inout [String: String]
    ) -> String {
        guard stage == .fragment, interface.variables("out").isEmpty else { return "" }
        for (old, new, count) in [
            ("gl_FragData", "phosphorOut", "[8]"), ("gl_FragColor", "phosphor_out", ""),
        ] where outline.mentions(old) {
            let all = outline.items + outline.directives.flatMap(\.items)
            for item in all where outline.text(item) == old {
                patches.replace(item.range, with: new)
            }
            renamed[new] = old
            let layout = version.number >= 330 ? "layout(location = 0) " : ""
            return "\(layout)out vec4 \(new)\(count);\n"
        }
        return ""
    }

    /// Makes `gl_TexCoord` and `gl_Color` work in a fragment stage: a generated vertex stage writes their stand-ins.
    func renameFixedInputs(
        _ patches: inout TextPatches, _ renamed: inout [String: String]
    ) -> String {
        guard stage == .fragment else { return "" }
        var text = ""
        for input in LegacyNames.fixedInputs where outline.mentions(input.old) {
            let all = outline.items + outline.directives.flatMap(\.items)
            for item in all where outline.text(item) == input.old {
                patches.replace(item.range, with: input.new)
            }
            renamed[input.new] = input.old
            text += "in vec4 \(input.new)\(input.array);\n"
        }
        return text
    }

    /// Whether a fragment stage reads what the fixed pipeline once handed on.
    var readsFixedInputs: Bool {
        stage == .fragment && LegacyNames.fixedInputs.contains { outline.mentions($0.old) }
    }
}
