/// What older versions of the language called things, in the words of the version that is compiled.
///
/// Functions are those of `LegacyFunctions`.
enum LegacyNames {
    /// Words that later versions keep for themselves, where a source for an older one may have them as names.
    static let keywords = [
        "buffer", "shared", "precise", "sample", "patch", "smooth", "subroutine", "common",
        "partition", "active", "filter", "resource", "coherent", "restrict", "readonly",
        "writeonly", "noperspective", "centroid", "flat", "layout", "input", "output", "half",
        "fixed", "template", "this", "packed", "case", "row_major",
    ]

    /// Types that later versions have, as which older sources may not mean them.
    static let types: Set<String> = {
        let old: Set<String> = [
            "void", "bool", "int", "float", "vec2", "vec3", "vec4", "ivec2", "ivec3", "ivec4",
            "bvec2", "bvec3", "bvec4", "mat2", "mat3", "mat4", "sampler1D", "sampler2D",
            "sampler3D", "samplerCube", "sampler1DShadow", "sampler2DShadow",
        ]
        let all = Words.types.split { $0 == " " || $0 == "\n" }.map(String.init)
        return Set(all).subtracting(old)
    }()

    /// What the fixed pipeline handed to fragment stages, with names of the same lengths, and what is handed on now.
    static let fixedInputs: [FixedInput] = [
        FixedInput("gl_TexCoord", "phosphor_uv", array: "[8]", "vec4(corner, 0.0, 1.0)"),
        FixedInput("gl_Color", "phos_col", "vec4(1.0)"),
        FixedInput("gl_SecondaryColor", "phos_secondarycol", "vec4(0.0, 0.0, 0.0, 1.0)"),
        FixedInput("gl_FogFragCoord", "phos_fogfragpos", type: "float", "0.0"),
    ]

    /// Something that the fixed pipeline handed to fragment stages.
    struct FixedInput: Sendable {
        /// Its name, and that of what takes its place.
        var old, new: String
        var type: String
        /// How many there are, in brackets; empty where it is no array.
        var array: String
        /// What a vertex stage of ours writes, over `corner`.
        var value: String

        init(
            _ old: String, _ new: String, type: String = "vec4", array: String = "", _ value: String
        ) {
            (self.old, self.new, self.type, self.array, self.value) = (old, new, type, array, value)
        }
    }

    /// Extensions whose contents later versions simply have: asking for them would be refused.
    static func isObsolete(_ extensionName: String) -> Bool {
        obsolete.contains(extensionName) || extensionName.hasPrefix("GL_OES_")
            || extensionName.hasPrefix("GL_WEBGL_") || extensionName.hasPrefix("GL_ANGLE_")
    }

    private static let obsolete: Set<String> = [
        "GL_EXT_shader_texture_lod", "GL_EXT_frag_depth", "GL_EXT_draw_buffers",
        "GL_ARB_shader_texture_lod", "GL_EXT_gpu_shader4", "GL_ARB_texture_rectangle",
        "GL_ARB_draw_buffers", "GL_EXT_texture_array", "GL_EXT_shadow_samplers",
        "GL_NV_shadow_samplers_cube",
    ]
}

extension StagePart {
    /// What old names work by, but for those that the text defines itself.
    func legacyNames() -> String {
        var text = ""
        if outline.mentions("varying") {
            text += "#define varying \(stage == .vertex ? "out" : "in")\n"
        }
        if stage == .vertex, outline.mentions("attribute") { text += "#define attribute in\n" }
        if outline.mentions("gl_FragDepthEXT") { text += "#define gl_FragDepthEXT gl_FragDepth\n" }
        return text + LegacyFunctions(outline, stage).text
    }

    /// Frees words that the text uses as names but that are keywords in the version that is compiled.
    ///
    /// A word counts as a name where a type stands before it, or a comma and nothing of a declaration behind it; as a
    /// keyword it never does.
    func renameKeywords(_ words: [String], _ renamed: inout [String: String]) -> String {
        var text = ""
        for word in words.filter(isName) + outline.typesAsNames {
            renamed[word + "_"] = word
            text += "#define \(word) \(word)_\n"
        }
        return text
    }

    /// Keywords that are told from names by their declarations alone.
    var declaredKeywords: [String] { ["layout", "case", "row_major"].filter(isName) }

    private func isName(_ word: String) -> Bool {
        let wanted = Array(word.utf8)
        // Where a text means the keyword as well, no macro can tell the one from the other.
        let hasLayouts =
            ["layout", "shared", "packed"].contains(word)
            && outline.items.indices.contains {
                outline.item($0, is: "layout") && outline.item($0 + 1, is: "(")
            }
        if word == "layout", hasLayouts { return false }
        if word == "case", outline.mentions("switch") { return false }
        // `layout(std430, shared)`: of the words in such lists these two alone are among ours.
        let isInLayouts = hasLayouts && word != "layout"
        return outline.items.indices.dropFirst().contains { index in
            guard outline.bytes[outline.items[index].range].elementsEqual(wanted) else {
                return false
            }
            let next =
                outline.items.indices.contains(index + 1)
                ? outline.items[index + 1].kind : TokenKind.punctuation
            switch outline.items[index - 1].kind {
            // `vec4 sample;`, `float filter(`, `in vec3 buffer)`.
            case .type: return ![.type, .identifier, .keyword].contains(next)
            // `float a, sample;`
            case .punctuation where outline.item(index - 1, is: ","):
                return !isInLayouts && (next == .punctuation || next == .operator)
            default: return false
            }
        }
    }

    /// Makes `gl_FragColor` and `gl_FragData` work where the source declares no output.
    ///
    /// The names that take their place have their lengths, so that columns stay.
    func renameFragmentOutputs(
        _ version: LanguageVersion, _ patches: inout TextPatches, _ renamed: inout [String: String]
    ) -> String {
        // ES 1.00 has those names itself.
        guard stage == .fragment, version.number != 100, interface.variables("out").isEmpty else {
            return ""
        }
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

    /// Makes the names of the fixed pipeline work; in a fragment stage `gl_TexCoord`, `gl_Color` and their like, which
    /// the vertex stage writes under the names of their stand-ins.
    func renameFixedInputs(
        _ patches: inout TextPatches, _ renamed: inout [String: String]
    ) -> String {
        // `varying vec4 gl_TexCoord[2];` says of what is there how much of it is used: ours has all.
        for variable in interface.variables
        where LegacyNames.fixedInputs.contains(where: { $0.old == variable.name })
            || variable.name == "gl_FrontColor" || variable.name == "gl_BackColor"
        {
            for index in variable.items { patches.blank(outline.items[index].range) }
        }
        guard stage == .fragment else { return FixedPipeline.restore(self, &patches, &renamed) }
        var text = FixedPipeline.restore(self, &patches, &renamed)
        for input in LegacyNames.fixedInputs where outline.mentions(input.old) {
            let all = outline.items + outline.directives.flatMap(\.items)
            for item in all where outline.text(item) == input.old {
                patches.replace(item.range, with: input.new)
            }
            renamed[input.new] = input.old
            text += "in \(input.type) \(input.new)\(input.array);\n"
        }
        return text
    }

    /// Whether a stage uses anything of the fixed pipeline.
    var usesFixedPipeline: Bool {
        !FixedPipeline.names(in: outline).isEmpty
    }
}

extension SourceOutline {
    /// Types of today that the text has as names of its own, and never as types, in order.
    var typesAsNames: [String] {
        var names: Set<String> = []
        var types: Set<String> = []
        for index in items.indices.dropFirst() where items[index].kind == .type {
            let isName =
                switch items[index - 1].kind {
                // `float uint = 1.0;`
                case .type: true
                // `float a, uint = 1.0;`
                case .punctuation where item(index - 1, is: ","):
                    item(index + 1, is: "=") || item(index + 1, is: ";")
                default: false
                }
            if isName {
                names.insert(text(items[index]))
            } else if items.indices.contains(index + 1), items[index + 1].kind == .identifier {
                types.insert(text(items[index]))
            }
        }
        if let first = items.first, first.kind == .type { types.insert(text(first)) }
        return names.intersection(LegacyNames.types).subtracting(types).sorted()
    }
}
