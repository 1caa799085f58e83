/// The functions of a fragment stage that the text behind it calls, and that text.
struct EntryPoints {
    /// A function that gives the colour of a ray.
    enum Ray {
        /// Shadertoy's `void mainVR(out vec4 color, in vec2 pixel, in vec3 eye, in vec3 ray)`.
        case mainVR
        /// RiftRay's `vec3 getSceneColor(vec3 eye, vec3 ray)`.
        case sceneColor
    }

    /// Whether there is a `mainImage`, which is drawn where nobody wants a camera.
    var hasImage: Bool
    /// What draws what an eye sees.
    var ray: Ray?
    /// Each with the line of its definition, `mainImage` first; empty where there is none.
    var lines: [(name: String, line: Int)]
    /// Those whose names are macros as well, which must not reach our calls.
    var macros: [String] = []
    /// About which place the world is turned by half a circle: RiftRay's viewers begin looking along plus z.
    var about: SIMD3<Float>?

    /// A `main` that calls them.
    ///
    /// With both kinds a uniform picks, so that coming into a headset compiles nothing. Alpha is for those alone who
    /// read the picture later: what is shown has none.
    func footer(keepsAlpha: Bool = false) -> String {
        let image = "mainImage(phosphor_result, gl_FragCoord.xy);"
        var body = "    \(image)\n"
        if let ray {
            let call =
                switch ray {
                case .mainVR:
                    "mainVR(phosphor_result, gl_FragCoord.xy, phosphor_eye, phosphor_d);"
                case .sceneColor:
                    "phosphor_result.rgb = getSceneColor(\(turned("phosphor_eye", about)), "
                        + "\(turned("phosphor_d", about.map { _ in .zero })));"
                }
            let indent = hasImage ? "        " : "    "
            let view = """
                \(indent)vec4 phosphor_q = phosphor_ray * vec4(gl_FragCoord.xy, 0.0, 1.0);
                \(indent)vec3 phosphor_d = normalize(phosphor_q.xyz / phosphor_q.w);
                \(indent)\(call)

                """
            body =
                hasImage
                ? "    if (phosphor_views == 0) {\n        \(image)\n    } else {\n\(view)    }\n"
                : view
        }
        return macros.map { "#undef \($0)\n" }.joined() + """
            void main() {
                vec4 phosphor_result = vec4(0.0, 0.0, 0.0, 1.0);
            \(body)    phosphor_color = \(keepsAlpha ? "phosphor_result" : "vec4(phosphor_result.rgb, 1.0)");
            }

            """
    }

    /// An expression for a place, turned by half a circle about another; about zero it is a direction's.
    private func turned(_ place: String, _ about: SIMD3<Float>?) -> String {
        guard let about else { return place }
        let turned = "\(place) * vec3(-1.0, 1.0, -1.0)"
        return about == .zero
            ? turned : "vec3(\(2 * about.x), 0.0, \(2 * about.z)) + \(turned)"
    }
}

extension StagePart {
    /// What we call of a fragment stage; nil where it has a `main` of its own, or the dialect calls nothing.
    func entries(in dialect: Dialect) -> EntryPoints? {
        guard stage == .fragment, dialect.isToy else { return nil }
        let isRiftray = dialect == .riftray
        let hidden = outline.hidden(defining: isRiftray ? Dialect.riftrayMacro : nil)
        guard !outline.defines("main", outside: hidden) else { return nil }
        var entries = EntryPoints(hasImage: false, lines: [])
        if let line = outline.definitionLine(of: "mainImage", outside: hidden) {
            entries.hasImage = true
            entries.lines.append(("mainImage", line))
        }
        if isRiftray, let index = outline.sceneColor {
            entries.ray = .sceneColor
            let text = String(decoding: outline.bytes, as: UTF8.self)
            entries.about = StartingPlace(source: text).eyePosition
            entries.lines.append(("getSceneColor", outline.items[index].line))
        } else if !isRiftray, let line = outline.definitionLine(of: "mainVR", outside: hidden) {
            entries.ray = .mainVR
            entries.lines.append(("mainVR", line))
        }
        // One that stands alone is meant, whatever the conditions around it.
        if entries.lines.isEmpty, let line = outline.definitionLine(of: "mainImage") {
            entries.hasImage = true
            entries.lines.append(("mainImage", line))
        }
        entries.macros = entries.lines.map(\.name).filter(outline.hasMacro)
        return entries
    }
}
