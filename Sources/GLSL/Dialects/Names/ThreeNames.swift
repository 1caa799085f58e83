/// What three.js says before the stages of a `ShaderMaterial`, for texts that come from there and declare none of it.
///
/// Source: three.js, WebGLProgram's prefixes. Of them only what a text mentions is said.
enum ThreeNames {
    /// What stands before a stage's text; nil where nobody took it from there.
    static func before(_ stage: Stage, of texts: [Stage: StageText]) -> StageText? {
        guard stage == .vertex || stage == .fragment, let vertex = texts[.vertex],
            let text = texts[stage]
        else { return nil }
        // Most texts are none of its, which is seen without reading them as code.
        let bytes = Array(vertex.text.utf8)
        guard transforms.contains(where: { FrameBudget.contains(bytes, Array($0.utf8)) }) else {
            return nil
        }
        let first = SourceOutline(vertex.text)
        guard first.version == nil, first.mentions("position"),
            transforms.contains(where: { isMissing($0, in: first) }),
            isMissing("position", in: first)
        else { return nil }
        let outline = stage == .vertex ? first : SourceOutline(text.text)
        let missing = (stage == .vertex ? attributes : []) + uniforms
        let said = missing.filter { isMissing($0.name, in: outline) }
        guard !said.isEmpty else { return nil }
        let lines = said.map { "\($0.storage) \($0.type) \($0.name);\n" }
        return StageText(text: lines.joined(), file: "three.js")
    }

    /// Whether a text uses a name that it does not declare for all of it: a parameter of that name hides ours.
    private static func isMissing(_ name: String, in outline: SourceOutline) -> Bool {
        guard outline.mentions(name), !outline.isDefined(name),
            !outline.globals.contains(where: { $0.name == name })
        else { return false }
        return outline.items.indices.contains { index in
            outline.text(outline.items[index]) == name
                && (index == 0
                    || outline.items[index - 1].kind != .type && !outline.item(index - 1, is: "."))
        }
    }

    private static let transforms = ["projectionMatrix", "modelViewMatrix"]

    private typealias Name = (storage: String, type: String, name: String)

    private static let attributes: [Name] = [
        ("in", "vec3", "position"), ("in", "vec3", "normal"),
        ("in", "vec2", "uv"), ("in", "vec2", "uv2"), ("in", "vec4", "tangent"),
        ("in", "vec3", "color"),
    ]

    private static let uniforms: [Name] = [
        ("uniform", "mat4", "modelMatrix"), ("uniform", "mat4", "modelViewMatrix"),
        ("uniform", "mat4", "projectionMatrix"),
        ("uniform", "mat4", "viewMatrix"), ("uniform", "mat3", "normalMatrix"),
        ("uniform", "vec3", "cameraPosition"),
    ]
}
