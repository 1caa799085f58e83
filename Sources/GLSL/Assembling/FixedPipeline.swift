/// What versions before 1.40 knew of the fixed pipeline, for stages before the fragments, and what takes its place.
///
/// Each name that takes another's place in the text has its length, so that columns stay. What the fixed pipeline handed
/// to fragment stages is in `LegacyNames.fixedInputs`.
///
/// Section numbers are those of The OpenGL Shading Language 1.20: 7.3 (attributes), 7.5 (state), 7.6 (varyings).
/// Limitations: nothing is clipped at planes of the user's, and fog, points, planes and texture environments are
/// constants, in `FixedPipeline+State.swift`.
enum FixedPipeline {
    /// The names of it that a text has.
    static func names(in outline: SourceOutline) -> Set<String> {
        var found: Set<String> = []
        for items in [outline.items] + outline.directives.map(\.items) {
            for item in items {
                // Most words are none of these: that is seen by three letters, without a text for each.
                let bytes = outline.bytes[item.range]
                guard bytes.count >= 6, bytes.starts(with: glPrefix) || bytes.starts(with: ftPrefix)
                else { continue }
                let word = outline.text(item)
                if stateTypes[word] != nil || attributes[word] != nil || varyings[word] != nil
                    || lights[word] != nil || states[word] != nil || types[word] != nil
                    || word == ftransform
                {
                    found.insert(word)
                }
            }
        }
        return found
    }

    private static let glPrefix = Array("gl_".utf8)
    private static let ftPrefix = Array("ftr".utf8)
    private static let ftransform = "ftransform"

    // MARK: Names

    private static let attributes: [String: (new: String, type: String)] = {
        var all = [
            "gl_Vertex": ("phos_vert", "vec4"), "gl_Normal": ("phos_norm", "vec3"),
            "gl_Color": ("ph_color", "vec4"), "gl_SecondaryColor": ("phos_secondaryhue", "vec4"),
            "gl_FogCoord": ("phos_fogpos", "float"),
        ]
        // One mesh has one set of places.
        for index in 0..<8 { all["gl_MultiTexCoord\(index)"] = ("phosphor_texcoord", "vec4") }
        return all
    }()

    /// What a vertex stage hands on; those that nothing takes are variables.
    private static let varyings: [String: (new: String, declaration: String)] = [
        "gl_FrontColor": ("phos_frontcol", "out vec4 phos_col;\n#define phos_frontcol phos_col\n"),
        "gl_BackColor": ("phos_backcol", "vec4 phos_backcol;\n"),
        "gl_FrontSecondaryColor": (
            "phos_frontsecondarycol",
            "out vec4 phos_secondarycol;\n#define phos_frontsecondarycol phos_secondarycol\n"
        ),
        "gl_BackSecondaryColor": ("phos_backsecondarycol", "vec4 phos_backsecondarycol;\n"),
        "gl_FogFragCoord": ("phos_fogfragpos", "out float phos_fogfragpos;\n"),
        "gl_TexCoord": ("phosphor_uv", "out vec4 phosphor_uv[8];\n"),
        "gl_ClipVertex": ("phos_clipvert", "vec4 phos_clipvert;\n"),
    ]

    /// Matrices by their names, with their types.
    private static let stateTypes: [String: String] = {
        var all = ["gl_NormalMatrix": "mat3"]
        for name in ["ModelViewProjection", "ModelView", "Projection", "Texture"] {
            for ending in ["", "Inverse", "Transpose", "InverseTranspose"] {
                all["gl_\(name)Matrix\(ending)"] = "mat4"
            }
        }
        return all
    }()

    /// Our name of a matrix: `phosphor_modelViewInverse` for `gl_ModelViewMatrixInverse`.
    private static func state(_ name: String) -> String {
        let bare = name.dropFirst(3).replacing("Matrix", with: "")
        return "phosphor_" + bare.prefix(1).lowercased() + bare.dropFirst()
    }

    private static let meanings: [String: BuiltinUniform] = [
        "phosphor_modelViewProjection": .modelViewProjection, "phosphor_modelView": .modelView,
        "phosphor_projection": .projection, "phosphor_normal": .normalMatrix,
    ]

    /// Lights and surfaces, of which we have one of each: what is declared for them, each text once.
    private static let lights: [String: (new: String, texts: [String])] = {
        let light = [
            """
            struct phosphor_Light { vec4 ambient, diffuse, specular, position, halfVector; \
            vec3 spotDirection; float spotExponent, spotCutoff, spotCosCutoff, constantAttenuation, \
            linearAttenuation, quadraticAttenuation; };

            """,
            """
            const phosphor_Light phosphor_dark = phosphor_Light(vec4(0), vec4(0), vec4(0), \
            vec4(0, 0, 1, 0), vec4(0, 0, 1, 0), vec3(0, 0, -1), 0.0, 180.0, -1.0, 1.0, 0.0, 0.0);
            const phosphor_Light phosphor_light[8] = phosphor_Light[8](phosphor_Light(vec4(0, 0, 0, 1), \
            vec4(1), vec4(1), vec4(0.5, 0.7, 1, 0), vec4(0.21, 0.29, 0.93, 0), vec3(0, 0, -1), \
            0.0, 180.0, -1.0, 1.0, 0.0, 0.0), phosphor_dark, phosphor_dark, phosphor_dark, \
            phosphor_dark, phosphor_dark, phosphor_dark, phosphor_dark);

            """,
        ]
        func one(_ name: String, _ type: String, _ members: String, _ values: String) -> [String] {
            [
                "struct \(type) { \(members) };\n",
                "const \(type) \(name) = \(type)(\(values));\n",
            ]
        }
        func surface(_ name: String) -> [String] {
            one(
                name, "Type_phosphor_surface",
                "vec4 emission, ambient, diffuse, specular; float shininess;",
                "vec4(0, 0, 0, 1), vec4(0.2, 0.2, 0.2, 1), vec4(0.8, 0.8, 0.8, 1), vec4(0.3, 0.3, 0.3, 1), 32.0"
            )
        }
        func product(_ name: String) -> [String] {
            let type = "Type_phosphor_lightprodct"
            let dark = "\(type)(vec4(0), vec4(0), vec4(0))"
            return [
                "struct \(type) { vec4 ambient, diffuse, specular; };\n",
                """
                const \(type) \(name)[8] = \(type)[8](\(type)(vec4(0, 0, 0, 1), \
                vec4(0.8, 0.8, 0.8, 1), vec4(0.3, 0.3, 0.3, 1)), \
                \([String](repeating: dark, count: 7).joined(separator: ", ")));

                """,
            ]
        }
        func scene(_ name: String) -> [String] {
            one(
                name, "Type_phosphor_lightmodelproduc", "vec4 sceneColor;",
                "vec4(0.04, 0.04, 0.04, 1)")
        }
        return [
            "gl_LightSource": ("phosphor_light", light),
            "gl_FrontMaterial": ("phosphor_surface", surface("phosphor_surface")),
            "gl_BackMaterial": ("phosphor_behind_", surface("phosphor_behind_")),
            "gl_FrontLightProduct": ("phosphor_lightprodct", product("phosphor_lightprodct")),
            "gl_BackLightProduct": ("phosphor_backprodct", product("phosphor_backprodct")),
            "gl_LightModel": (
                "phos_lightmod",
                one(
                    "phos_lightmod", "Type_phos_lightmod", "vec4 ambient;", "vec4(0.2, 0.2, 0.2, 1)"
                )
            ),
            "gl_FrontLightModelProduct": (
                "phosphor_lightmodelproduc", scene("phosphor_lightmodelproduc")
            ),
            "gl_BackLightModelProduct": (
                "phosphor_backmodelproduc", scene("phosphor_backmodelproduc")
            ),
        ]
    }()

    // MARK: What passes need of it

    /// Whether a vertex stage reads attributes of the fixed pipeline.
    static func readsAttributes(_ part: StagePart) -> Bool {
        guard part.stage == .vertex else { return false }
        return names(in: part.outline).contains { attributes[$0] != nil || $0 == ftransform }
    }

    /// Our uniforms that a stage's text needs.
    private static func uniforms(_ names: Set<String>) -> Set<String> {
        var found: Set<String> = []
        for name in names where stateTypes[name] != nil {
            let own = state(name)
            if let base = meanings.keys.filter({ own.hasPrefix($0) }).max(by: {
                $0.count < $1.count
            }) {
                found.insert(base)
            }
        }
        if names.contains(ftransform) { found.insert("phosphor_modelViewProjection") }
        return found
    }

    /// What the matrices mean that the stages before the fragments use.
    static func matrices(of parts: [StagePart]) -> Set<BuiltinUniform> {
        let found = parts.filter { $0.stage != .fragment }.map { names(in: $0.outline) }
        return Set(found.flatMap(uniforms).compactMap { meanings[$0] })
    }

    /// What fills our uniforms.
    static func bindings(of parts: [StagePart], _ standIn: StandIn?) -> [UniformBinding] {
        Set(parts.flatMap { uniforms(names(in: $0.outline)) }).sorted().compactMap { name in
            meanings[name].map {
                UniformBinding(name, standIn?.source($0) ?? .builtin($0))
            }
        }
    }

    /// What is worth saying of a stage: its lights are not those of its author.
    static func notice(_ part: StagePart) -> Diagnostic? {
        let found = names(in: part.outline)
        let item = part.outline.items.first { item in
            let word = part.outline.text(item)
            return lights[word] != nil && found.contains(word)
        }
        return item.map {
            part.problem(
                .note, line: $0.line, token: part.outline.text($0),
                "there are no lights and surfaces of the fixed pipeline: here is one white light on something light grey"
            )
        }
    }

    /// Makes its names work in a stage: gives the declarations, and renames what the text has.
    static func restore(
        _ part: StagePart, _ patches: inout TextPatches, _ renamed: inout [String: String]
    ) -> String {
        let found = names(in: part.outline)
        guard !found.isEmpty else { return "" }
        var text: [String] = []
        var new: [String: String] = [:]
        for name in uniforms(found).sorted() {
            text.append("uniform \(name == "phosphor_normal" ? "mat3" : "mat4") \(name);\n")
        }
        for name in found.sorted() {
            if stateTypes[name] != nil {
                new[name] = state(name)
                text.append(derived(name))
            } else if let constant = lights[name] ?? states[name] {
                new[name] = constant.new
                text += constant.texts
            } else if let type = types[name], let constant = lights[type.of] ?? states[type.of] {
                let own = "ph_" + name.dropFirst(3).lowercased()
                new[name] = own
                text += constant.texts + ["#define \(own) \(type.own)\n"]
            } else if part.stage == .vertex, let attribute = attributes[name] {
                new[name] = attribute.new
                text.append("in \(attribute.type) \(attribute.new);\n")
            } else if part.stage == .vertex, let varying = varyings[name] {
                new[name] = varying.new
                text.append(varying.declaration)
            }
        }
        if part.stage == .vertex, found.contains(ftransform) {
            text.append("in vec4 phos_vert;\n")
            text.append("vec4 ftransform() { return phosphor_modelViewProjection * phos_vert; }\n")
        }
        for item in part.outline.items + part.outline.directives.flatMap(\.items) {
            guard item.range.count >= 6, let name = new[part.outline.text(item)] else { continue }
            patches.replace(item.range, with: name)
        }
        for (old, name) in new { renamed[name] = old }
        if part.stage == .vertex {
            renamed["phos_col"] = "gl_FrontColor"
            renamed["phos_secondarycol"] = "gl_FrontSecondaryColor"
        }
        var said: Set<String> = []
        return text.filter { said.insert($0).inserted }.joined()
    }

    /// What is no uniform of its own: matrices turned over, and those of textures.
    private static func derived(_ name: String) -> String {
        let own = state(name)
        if own.hasPrefix("phosphor_texture") { return array("mat4", own, 8, "mat4(1)") }
        for (ending, value) in [
            ("InverseTranspose", "transpose(inverse(%))"), ("Inverse", "inverse(%)"),
            ("Transpose", "transpose(%)"),
        ] where own.hasSuffix(ending) {
            let base = String(own.dropLast(ending.count))
            return "mat4 \(own) = \(value.replacing("%", with: base));\n"
        }
        return ""
    }
}
