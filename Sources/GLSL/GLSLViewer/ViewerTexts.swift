/// The texts of a glslViewer source's stages as each pass gets them, and those that glslViewer has of its own.
struct ViewerTexts {
    private var fragment: ModernText
    private var vertex: ModernText?

    init(_ source: ViewerSource) {
        fragment = ModernText(source.fragment)
        vertex = source.vertex.map { ModernText($0) }
        for name in ViewerUniforms.inverses {
            replaceUses(of: name, with: "inverse(\(name))")
        }
        // Its value is the size, of which nothing gives the reciprocal.
        replaceUses(of: "u_pixel", with: "(1.0 / u_pixel)")
    }

    /// Replaces a name wherever it is used: in functions, macros and initialisers, not where it is declared.
    private mutating func replaceUses(of name: String, with text: String) {
        func replace(in modern: inout ModernText) {
            guard modern.mentions(name) else { return }
            let outline = modern.outline
            let declared = Set(outline.items.map(\.range.lowerBound))
                .subtracting(outline.uses().map(\.range.lowerBound))
            modern.replace(name, with: text) { _, items, index in
                !declared.contains(items[index].range.lowerBound)
            }
        }
        replace(in: &fragment)
        if var vertex {
            replace(in: &vertex)
            self.vertex = vertex
        }
    }

    /// The name by which the driver knows a uniform.
    func name(_ name: String) -> String {
        let other = name + "_"
        return fragment.renamed[other] == name || vertex?.renamed[other] == name ? other : name
    }

    /// The stages of a pass.
    ///
    /// - Parameters:
    ///   - define: the macro that tells this pass from the others; empty for none.
    ///   - withVertex: whether the user's vertex stage belongs to it.
    ///   - isModel: whether it draws a thing.
    func stages(define: String, withVertex: Bool, isModel: Bool) -> [AssembledStage] {
        var defines = "#define GLSLVIEWER 340\n#define PLATFORM_LINUX\n"
        defines += "#define MODEL_VERTEX_TEXCOORD v_texcoord\n"
        if isModel { defines += "#define MODEL_VERTEX_NORMAL v_normal\n" }
        if !define.isEmpty { defines += "#define \(define)\n" }
        let front = fragment.assembled(defines: defines, declarations: "")
        if withVertex, let vertex {
            return [vertex.assembled(defines: defines, declarations: ""), front]
        }
        return [generatedVertex(isModel: isModel), front]
    }

    // MARK: Vertex stages

    /// The vertex stage of a pass that has none: it gives whatever the fragment stage wants by glslViewer's names.
    private func generatedVertex(isModel: Bool) -> AssembledStage {
        var head = fragment.versionLine
        if isModel { head += Self.modelInputs }
        var body = ""
        var seen: Set<String> = []
        for input in fragment.globals
        where (input.qualifiers.contains("in") || input.qualifiers.contains("varying"))
            && !input.isArray && seen.insert(input.name).inserted
        {
            guard let value = Self.value(of: input, isModel: isModel) else { continue }
            for word in input.qualifiers
            where ["flat", "smooth", "noperspective", "centroid"].contains(word) {
                head += word + " "
            }
            head += "out \(input.type) \(name(input.name));\n"
            body += "    \(name(input.name)) = \(value);\n"
        }
        let place =
            isModel
            ? "phosphor_transform * vec4(a_position, 1.0)" : "vec4(2.0 * corner - 1.0, 0.0, 1.0)"
        let text = """
            \(head)void main() {
                \(isModel ? "vec2 corner = a_texcoord;" : Self.corner)
            \(body)    gl_Position = \(place);
            }

            """
        return AssembledStage(
            stage: .vertex, text: text, lineMap: .generated, isGenerated: true)
    }

    private static let corner = "vec2 corner = vec2((gl_VertexID << 1) & 2, gl_VertexID & 2);"

    private static let modelInputs = """
        layout(location = 0) in vec3 a_position;
        layout(location = 1) in vec3 a_normal;
        layout(location = 2) in vec2 a_texcoord;
        uniform mat4 phosphor_transform;

        """

    /// What a varying is, cut to the type by which the source declares it; nil for a type that nobody can fill.
    private static func value(of input: SourceOutline.Variable, isModel: Bool) -> String? {
        if input.type.hasPrefix("mat") { return "\(input.type)(1.0)" }
        let whole: String
        switch input.name {
        case "v_position":
            whole = isModel ? "vec4(a_position, 1.0)" : "vec4(2.0 * corner - 1.0, 0.0, 1.0)"
        case "v_normal": whole = isModel ? "vec4(a_normal, 0.0)" : "vec4(0.0, 0.0, 1.0, 0.0)"
        case "v_color": whole = "vec4(1.0)"
        case "v_tangent": whole = "vec4(1.0, 0.0, 0.0, 1.0)"
        case "v_lightCoord": whole = "vec4(0.0)"
        default: whole = "vec4(corner, 0.0, 1.0)"
        }
        return switch input.type {
        case "float": "\(whole).x"
        case "vec2": "\(whole).xy"
        case "vec3": "\(whole).xyz"
        case "vec4": whole
        case "int", "ivec2", "ivec3", "ivec4", "uint", "uvec2", "uvec3", "uvec4": "\(input.type)(0)"
        default: nil
        }
    }

    // MARK: Our own stages

    /// What a pass of ours tells of the thing.
    enum Measure { case depth, normal, position }

    /// Stages that draw the thing and write down something of it.
    func measuring(_ what: Measure) -> [AssembledStage] {
        let value =
            switch what {
            case .depth: "vec4(vec3(gl_FragCoord.z), 1.0)"
            case .normal: "vec4(normalize(v_normal), 1.0)"
            case .position: "v_position"
            }
        let vertex = """
            #version 450 core
            \(Self.modelInputs)out vec4 v_position;
            out vec3 v_normal;
            void main() {
                v_position = vec4(a_position, 1.0);
                v_normal = a_normal;
                gl_Position = phosphor_transform * v_position;
            }

            """
        let front = Self.ours(
            .fragment,
            """
            in vec4 v_position;
            in vec3 v_normal;
            layout(location = 0) out vec4 phosphor_color;
            void main() {
                phosphor_color = \(value);
            }

            """)
        // Where the user's own vertex stage puts the thing, its depth is to be found.
        if what == .depth, let own = self.vertex {
            let plain = Self.ours(
                .fragment,
                """
                layout(location = 0) out vec4 phosphor_color;
                void main() {
                    phosphor_color = vec4(vec3(gl_FragCoord.z), 1.0);
                }

                """)
            let defines =
                "#define GLSLVIEWER 340\n#define PLATFORM_LINUX\n#define MODEL_VERTEX_TEXCOORD v_texcoord\n#define MODEL_VERTEX_NORMAL v_normal\n"
            return [own.assembled(defines: defines, declarations: ""), plain]
        }
        return [
            AssembledStage(
                stage: .vertex, text: vertex, lineMap: .generated, isGenerated: true), front,
        ]
    }

    private static func ours(_ stage: Stage, _ text: String) -> AssembledStage {
        AssembledStage(
            stage: stage, text: "#version 450 core\n" + text, lineMap: .generated, isGenerated: true
        )
    }

    /// One triangle over the whole picture.
    static let flatVertex = ours(
        .vertex,
        """
        void main() {
            \(corner)
            gl_Position = vec4(2.0 * corner - 1.0, 0.0, 1.0);
        }

        """)

    /// Puts what was drawn of a thing over what stands behind it; its depth tells where it is.
    static let overBackground = ours(
        .fragment,
        """
        uniform sampler2D phosphor_background;
        uniform sampler2D phosphor_model;
        uniform sampler2D phosphor_sceneDepth;
        uniform vec2 phosphor_size;
        layout(location = 0) out vec4 phosphor_color;
        void main() {
            vec2 place = gl_FragCoord.xy / phosphor_size;
            vec4 front = texture(phosphor_model, place);
            vec4 back = texture(phosphor_background, place);
            float share = texture(phosphor_sceneDepth, place).r < 1.0 ? front.a : 0.0;
            phosphor_color = mix(back, vec4(front.rgb, 1.0), share);
        }

        """)

    /// A step of a pyramid whose source has no algorithm of its own: it fills what is transparent from around it.
    ///
    /// The weights are those that Farbman, Fattal and Lischinski give for membranes (Convolution Pyramids, 2011).
    static let pyramid = ours(
        .fragment,
        """
        uniform sampler2D u_pyramidTex0;
        uniform sampler2D u_pyramidTex1;
        uniform bool u_pyramidUpscaling;
        uniform int u_pyramidDepth;
        layout(location = 0) out vec4 phosphor_color;
        const float outer[5] = float[](0.1507, 0.6836, 1.0334, 0.6836, 0.1507);
        const float inner[3] = float[](0.0312, 0.7753, 0.0312);
        vec4 texel(sampler2D picture, ivec2 place) {
            ivec2 size = textureSize(picture, 0);
            bool isInside = all(greaterThanEqual(place, ivec2(0))) && all(lessThan(place, size));
            return isInside ? texelFetch(picture, place, 0) : vec4(0.0);
        }
        void main() {
            ivec2 here = ivec2(gl_FragCoord.xy);
            vec4 sum = vec4(0.0);
            if (!u_pyramidUpscaling) {
                for (int y = 0; y < 5; y++)
                    for (int x = 0; x < 5; x++)
                        sum += outer[x] * outer[y] * texel(u_pyramidTex0, 2 * here + ivec2(x, y) - 2);
            } else {
                for (int y = 0; y < 3; y++)
                    for (int x = 0; x < 3; x++)
                        sum += inner[x] * inner[y] * texel(u_pyramidTex0, here + ivec2(x, y) - 1);
                // Half of the places between the smaller picture's texels are empty.
                for (int y = 0; y < 5; y++)
                    for (int x = 0; x < 5; x++) {
                        ivec2 place = here + ivec2(x, y) - 2;
                        if ((place.x & 1) == 0 && (place.y & 1) == 0)
                            sum += 0.0270 * outer[x] * outer[y] * texel(u_pyramidTex1, place / 2);
                    }
                if (u_pyramidDepth == 0 && sum.a > 0.0) sum = vec4(sum.rgb / sum.a, 1.0);
            }
            phosphor_color = sum;
        }

        """)
}
