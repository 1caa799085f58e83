/// The vertex stage: the user's own, or the one that takes its place.
extension ISFTexts {
    /// What a vertex stage of the user's own calls first: it puts the four corners in their places.
    func vertexNames(_ vertex: ModernText) -> String {
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
        for name in Self.fixedNames where vertex.renamed[name.new] == name.old {
            result += "#define \(name.new) \(name.value)\n"
        }
        if vertex.mentions("ftransform"), !vertex.declares("ftransform") {
            result += "vec4 ftransform() { return \(Self.corner(of: "vec4")); }\n"
        }
        for (name, type, value) in attributes {
            result += "\(type) \(uniform(name)) = \(value);\n"
        }
        return result
    }

    /// One of the square's corners, from -1 to 1.
    private static func corner(of type: String) -> String {
        let corner = "2.0 * vec2(gl_VertexID & 1, gl_VertexID >> 1) - 1.0"
        switch type {
        case "vec2": return "(\(corner))"
        case "vec3": return "vec3(\(corner), 0.0)"
        default: return "vec4(\(corner), 0.0, 1.0)"
        }
    }

    /// The same from 0 to 1.
    private static func place(of type: String) -> String {
        let place = "vec2(gl_VertexID & 1, gl_VertexID >> 1)"
        switch type {
        case "vec2": return place
        case "vec3": return "vec3(\(place), 0.0)"
        default: return "vec4(\(place), 0.0, 1.0)"
        }
    }

    /// What the fixed pipeline handed to vertex stages, with names as long, and what it is here: nothing is moved.
    private static let fixedNames: [(old: String, new: String, value: String)] = [
        ("gl_Vertex", "phos_vert", corner(of: "vec4")),
        ("gl_MultiTexCoord0", "phosphor_texcoord", place(of: "vec4")),
        ("gl_ModelViewProjectionMatrix", "phosphor_modelViewProjection", "mat4(1.0)"),
        ("gl_ModelViewMatrix", "phosphor_modelView", "mat4(1.0)"),
        ("gl_ProjectionMatrix", "phosphor_projection", "mat4(1.0)"),
    ]

    /// Takes what a vertex stage of the user's own would read out of buffers: there is none, only four corners.
    mutating func takeVertexInputs() {
        for name in Self.fixedNames where vertex?.mentions(name.old) == true {
            vertex?.replace(name.old, with: name.new)
        }
        for input in vertex?.globals ?? []
        where ["vec2", "vec3", "vec4"].contains(input.type) && !input.isArray
            && (input.qualifiers.contains("attribute") || input.qualifiers.contains("in"))
        {
            let name = input.name.lowercased()
            let isPlace = ["uv", "coord", "tex"].contains(where: name.contains)
            guard isPlace || ["pos", "vert"].contains(where: name.contains) else { continue }
            vertex?.removeDeclaration(of: input.name)
            guard vertex?.declares(input.name) == false else { continue }
            attributes.append(
                (
                    input.name, input.type,
                    isPlace ? Self.place(of: input.type) : Self.corner(of: input.type)
                ))
        }
    }

    /// The varyings that the fragment stage wants from a vertex stage of the user's own, without those that are known.
    var wanted: [String] {
        fragment.globals.filter {
            ($0.qualifiers.contains("in") || $0.qualifiers.contains("varying"))
                && !["isf_FragNormCoord", "vv_FragNormCoord"].contains($0.name)
                && ($0.type != "vec2" || known($0.name) == nil)
        }.map(\.name)
    }

    /// What a varying is that goes by one name in many sources; nil for others.
    ///
    /// Vidvox's filters have a vertex stage for the pixels beside, and are often passed on without it. With the place
    /// itself in its stead they would see no edge anywhere.
    private func known(_ name: String) -> String? {
        guard !header.names.contains("RENDERSIZE"), !fragment.declares("RENDERSIZE") else {
            return nil
        }
        // What GLSL Sandbox hands to sources, of which some became ISFs.
        if name == "surfacePosition" {
            return "(corner - 0.5) * vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0)"
        }
        return Self.neighbours[name].map { "corner + vec2(\($0)) / RENDERSIZE" }
    }

    private static let neighbours = [
        "left_coord": "-1.0, 0.0", "right_coord": "1.0, 0.0",
        "above_coord": "0.0, 1.0", "below_coord": "0.0, -1.0",
        "lefta_coord": "-1.0, 1.0", "righta_coord": "1.0, 1.0",
        "leftb_coord": "-1.0, -1.0", "rightb_coord": "1.0, -1.0",
    ]

    /// The vertex stage of an ISF that has none; what the fragment stage wants from one gets the place in the picture.
    var generatedVertex: AssembledStage {
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
                case "vec2": known(input.name) ?? "corner"
                case "vec3": "vec3(corner, 0.0)"
                case "vec4": "vec4(corner, 0.0, 1.0)"
                case "mat2", "mat3", "mat4": "\(input.type)(1.0)"
                default: "0.0"
                }
            body +=
                length.map { "    for (int i = 0; i < \($0); i++) \(name)[i] = \(value);\n" }
                ?? "    \(name) = \(value);\n"
        }
        if body.contains("RENDERSIZE") { text += "uniform vec2 RENDERSIZE;\n" }
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
}
