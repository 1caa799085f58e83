/// The functions for textures that older versions of the language have, written with those of today.
///
/// They are functions and no macros: a source may call a variable `texture`, and then has no function of that name.
///
/// Section numbers are those of The OpenGL Shading Language 1.20 and GLSL ES 1.00 (both 8.7); besides, of
/// GL_ARB_texture_rectangle, GL_EXT_shader_texture_lod, GL_EXT_gpu_shader4, GL_EXT_texture_array,
/// GL_EXT_shadow_samplers and GL_OES_EGL_image_external.
struct LegacyFunctions {
    /// One form of a function.
    private struct Form: Sendable {
        /// What it gives back.
        var type = "vec4"
        /// The sampler's type, then those of the other parameters.
        var parameters: [String]
        /// What takes its place, in the parameters' letters.
        var body: String
        /// Whether only a fragment stage has it, since there alone a bias means something.
        var isForFragments = false
    }

    /// The parameters' letters.
    private static let letters = ["s", "p", "a", "b"]

    /// The forms of each function, by its name.
    private static let forms: [String: [Form]] = {
        var all: [String: [Form]] = [:]
        func add(_ name: String, _ parameters: [String], _ body: String, type: String = "vec4") {
            all[name, default: []].append(Form(type: type, parameters: parameters, body: body))
        }
        func addWithBias(_ name: String, _ sampler: String, _ place: String, _ new: String) {
            add(name, [sampler, place], "\(new)(s, p)")
            all[name]?.append(
                Form(
                    parameters: [sampler, place, "float"], body: "\(new)(s, p, a)",
                    isForFragments: true))
        }
        let suffixes = ["", "EXT", "ARB"]
        for (kind, place) in [
            ("1D", "float"), ("2D", "vec2"), ("3D", "vec3"), ("Cube", "vec3"), ("1DArray", "vec2"),
            ("2DArray", "vec3"),
        ] {
            let (name, sampler) = ("texture\(kind)", "sampler\(kind)")
            let change =
                ["1D", "2D", "3D"].first(where: kind.hasPrefix).map {
                    ["1D": "float", "2D": "vec2"][$0] ?? "vec3"
                } ?? "vec3"
            addWithBias(name, sampler, place, "texture")
            for suffix in suffixes {
                add("\(name)Lod\(suffix)", [sampler, place, "float"], "textureLod(s, p, a)")
                add(
                    "\(name)Grad\(suffix)", [sampler, place, change, change],
                    "textureGrad(s, p, a, b)")
            }
        }
        for (kind, places) in [
            ("1D", ["vec2", "vec4"]), ("2D", ["vec3", "vec4"]), ("3D", ["vec4"]),
        ] {
            let (name, sampler) = ("texture\(kind)Proj", "sampler\(kind)")
            for place in places {
                addWithBias(name, sampler, place, "textureProj")
                for suffix in suffixes {
                    add(
                        "\(name)Lod\(suffix)", [sampler, place, "float"], "textureProjLod(s, p, a)")
                }
            }
        }
        // A picture in pixels: ours are all from 0 to 1, and know their sizes.
        add("texture2DRect", ["sampler2D", "vec2"], "texture(s, p / vec2(textureSize(s, 0)))")
        add("texture2DRect", ["sampler2DRect", "vec2"], "texture(s, p)")
        for place in ["vec3", "vec4"] {
            add("texture2DRectProj", ["sampler2DRect", place], "textureProj(s, p)")
        }
        for kind in ["1D", "2D"] {
            let sampler = "sampler\(kind)Shadow"
            for suffix in ["", "EXT"] {
                add("shadow\(kind)\(suffix)", [sampler, "vec3"], "vec4(texture(s, p))")
                add("shadow\(kind)Proj\(suffix)", [sampler, "vec4"], "vec4(textureProj(s, p))")
            }
            add("shadow\(kind)Lod", [sampler, "vec3", "float"], "vec4(textureLod(s, p, a))")
        }
        for (kind, place) in [
            ("1D", "int"), ("2D", "ivec2"), ("3D", "ivec3"), ("2DArray", "ivec3"),
        ] {
            let size = ["1D": "int", "2D": "ivec2"][kind] ?? "ivec3"
            add("texelFetch\(kind)", ["sampler\(kind)", place, "int"], "texelFetch(s, p, a)")
            add("textureSize\(kind)", ["sampler\(kind)", "int"], "textureSize(s, p)", type: size)
        }
        add("textureExternal", ["sampler2D", "vec2"], "texture(s, p)")
        return all
    }()

    /// The names of those that a text calls and does not define itself, in order.
    let names: [String]
    private let stage: Stage

    /// Looks through a stage's text.
    init(_ outline: SourceOutline, _ stage: Stage) {
        self.stage = stage
        var found: Set<String> = []
        for items in [outline.items] + outline.directives.map(\.items) {
            for item in items {
                // Most words are none of these: that is seen by two letters, without a text for each.
                let range = item.range
                guard range.count >= 8, let first = outline.bytes[range].first,
                    first == 0x74 || first == 0x73
                else { continue }
                let word = outline.text(item)
                if Self.forms[word] != nil { found.insert(word) }
            }
        }
        names = found.filter { !outline.isDefined($0) }.sorted()
    }

    /// Their definitions, by which the old names work whatever the text calls `texture`.
    var text: String {
        var text = ""
        for name in names {
            for form in Self.forms[name] ?? [] where stage == .fragment || !form.isForFragments {
                let list = zip(form.parameters, Self.letters).map { "\($0) \($1)" }
                text +=
                    "\(form.type) \(name)(\(list.joined(separator: ", "))) { return \(form.body); }\n"
            }
        }
        return text
    }
}
