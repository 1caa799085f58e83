/// The functions for textures that versions before 1.30 and ES 1.00 have, written with those of ours.
///
/// They are functions and no macros: a source may call a variable `texture`, and then has no function of that name.
enum LegacyFunctions {
    /// Those that a text calls and does not define itself.
    static func text(for modern: ModernText) -> String {
        var text = ""
        for entry in table
        where modern.mentions(entry.name)
            && !modern.outline.isDefined(entry.name)
        {
            for line in entry.lines where modern.stage == .fragment || !line.hasSuffix(", b)") {
                let (head, body) = split(line)
                text += "\(head) { return \(body); }\n"
            }
        }
        return text
    }

    private struct Entry: Sendable {
        var name: String
        /// Each: parameters as `type name`, then ` -> `, then the call that takes their place.
        var lines: [String]
    }

    private static func split(_ line: String) -> (head: String, body: String) {
        guard let arrow = line.firstRange(of: " -> ") else { return (line, "vec4(0.0)") }
        return (String(line[..<arrow.lowerBound]), String(line[arrow.upperBound...]))
    }

    /// A function of that name; `parameters` begins with the sampler's type, each parameter gets a letter.
    private static func entry(_ name: String, _ forms: [(String, String)]) -> Entry {
        Entry(
            name: name,
            lines: forms.map { parameters, call in
                "vec4 \(name)(\(parameters)) -> \(call)"
            })
    }

    private static func plain(_ name: String, _ sampler: String, _ place: String) -> Entry {
        entry(
            name,
            [
                ("\(sampler) s, \(place) p", "texture(s, p)"),
                ("\(sampler) s, \(place) p, float b", "texture(s, p, b)"),
            ])
    }

    private static func lod(_ name: String, _ sampler: String, _ place: String) -> Entry {
        entry(name, [("\(sampler) s, \(place) p, float l", "textureLod(s, p, l)")])
    }

    private static func gradient(
        _ name: String, _ sampler: String, _ place: String, _ change: String
    ) -> Entry {
        entry(
            name,
            [("\(sampler) s, \(place) p, \(change) x, \(change) y", "textureGrad(s, p, x, y)")])
    }

    private static let table: [Entry] =
        [
            plain("texture1D", "sampler1D", "float"),
            plain("texture2D", "sampler2D", "vec2"),
            plain("texture3D", "sampler3D", "vec3"),
            plain("textureCube", "samplerCube", "vec3"),
            entry(
                "texture2DProj",
                ["vec3", "vec4"].flatMap { place in
                    [
                        ("sampler2D s, \(place) p", "textureProj(s, p)"),
                        ("sampler2D s, \(place) p, float b", "textureProj(s, p, b)"),
                    ]
                }),
            // A picture in pixels: ours are all normalized, and know their sizes.
            entry(
                "texture2DRect",
                [
                    ("sampler2D s, vec2 p", "texture(s, p / vec2(textureSize(s, 0)))"),
                    ("sampler2DRect s, vec2 p", "texture(s, p)"),
                ]),
            lod("texture1DLod", "sampler1D", "float"),
            lod("texture2DLod", "sampler2D", "vec2"),
            lod("texture2DLodEXT", "sampler2D", "vec2"),
            lod("texture2DLodARB", "sampler2D", "vec2"),
            lod("texture3DLod", "sampler3D", "vec3"),
            lod("textureCubeLod", "samplerCube", "vec3"),
            lod("textureCubeLodEXT", "samplerCube", "vec3"),
            lod("textureCubeLodARB", "samplerCube", "vec3"),
        ]
        + ["texture2DProjLod", "texture2DProjLodEXT"].map { name in
            entry(
                name,
                ["vec3", "vec4"].map {
                    ("sampler2D s, \($0) p, float l", "textureProjLod(s, p, l)")
                })
        } + [
            gradient("texture2DGradEXT", "sampler2D", "vec2", "vec2"),
            gradient("texture2DGradARB", "sampler2D", "vec2", "vec2"),
            gradient("texture2DGrad", "sampler2D", "vec2", "vec2"),
            gradient("textureCubeGradEXT", "samplerCube", "vec3", "vec3"),
            gradient("textureCubeGradARB", "samplerCube", "vec3", "vec3"),
            entry(
                "shadow2D",
                [("sampler2DShadow s, vec3 p", "vec4(texture(s, p))")]),
            entry(
                "shadow2DProj",
                [("sampler2DShadow s, vec4 p", "vec4(textureProj(s, p))")]),
            entry(
                "texelFetch2D", [("sampler2D s, ivec2 p, int l", "texelFetch(s, p, l)")]),
            entry(
                "textureExternal", [("sampler2D s, vec2 p", "texture(s, p)")]),
        ]
}
