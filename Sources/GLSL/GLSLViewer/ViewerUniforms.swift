/// What glslViewer's uniforms are filled with.
struct ViewerUniforms {
    let source: ViewerSource
    /// Whether a thing is drawn and seen by a camera; otherwise all matrices are the one that changes nothing.
    let hasCamera: Bool

    /// Where the camera stands: before the thing, a little above.
    static let eye = SIMD3<Float>(0, 0.06, 3.5)
    /// Where it stands where only the picture is drawn: glslViewer's own orbit.
    private static let flatEye = [0.0, 0.035, 2.0]

    /// What a uniform of the pass is filled with by its name alone; nil for one that glslViewer does not know.
    func builtin(_ name: String, type: String) -> UniformSource? {
        if let known = Self.table[name] { return .builtin(known) }
        if name == "u_mouse" { return .builtin(type == "vec4" ? .mouse : .pointer) }
        if let matrix = Self.matrices[name] {
            guard hasCamera else { return .builtin(type == "mat3" ? .normalMatrix : .model) }
            return .builtin(matrix)
        }
        if name == "u_camera", hasCamera { return .builtin(.eyePosition) }
        if let numbers = ViewerArrays.numbers(name, type) { return .constant(numbers) }
        guard let numbers = constants[name], let count = Self.counts[type] else { return nil }
        return .constant((0..<count).map { $0 < numbers.count ? numbers[$0] : 0 })
    }

    private static let table: [String: BuiltinUniform] = [
        "u_time": .time, "u_delta": .timeDelta, "u_frame": .frame, "u_date": .date,
        "u_resolution": .resolution,
    ]

    /// The two inverse ones stand for what is inverted where they are used.
    private static let matrices: [String: BuiltinUniform] = [
        "u_modelViewProjectionMatrix": .modelViewProjection, "u_projectionMatrix": .projection,
        "u_viewMatrix": .view, "u_modelMatrix": .model, "u_normalMatrix": .normalMatrix,
        "u_inverseViewMatrix": .view, "u_inverseProjectionMatrix": .projection,
        "u_lightMatrix": .model, "u_view2d": .normalMatrix,
    ]

    /// Whether glslViewer has a matrix of that name; its users can give it no others.
    static func isMatrix(_ name: String) -> Bool { matrices[name] != nil }

    static let inverses = ["u_inverseViewMatrix", "u_inverseProjectionMatrix"]

    static let counts = [
        "float": 1, "int": 1, "uint": 1, "bool": 1, "vec2": 2, "vec3": 3, "vec4": 4, "ivec2": 2,
        "ivec3": 3, "ivec4": 4,
    ]

    /// A camera with glslViewer's own settings: f/16, 1/125 s, ISO 100; one light, far above and before.
    private var constants: [String: [Double]] {
        [
            "u_camera": Self.flatEye, "u_cameraDistance": [hasCamera ? 3.5 : 2],
            "u_cameraNearClip": [0.05], "u_cameraFarClip": [1000], "u_cameraChange": [0],
            "u_cameraEv100": [14.97], "u_cameraExposure": [2.6e-5], "u_cameraAperture": [16],
            "u_cameraShutterSpeed": [0.008], "u_cameraSensitivity": [100],
            "u_iblLuminance": [0.78], "u_light": [0, 1000, 1000], "u_lightColor": [1, 1, 1],
            "u_lightIntensity": [1], "u_lightDirection": [0, -0.7071, -0.7071],
            "u_lightFalloff": [-1], "u_model": [0, 0, 0], "u_area": [1], "u_play": [1],
            "u_resolutionChange": [0], "u_pixelDensity": [1],
            // Outside of a pyramid's own passes nothing is halved.
            "u_pyramidDepth": [0], "u_pyramidTotalDepth": [8], "u_pyramidUpscaling": [0],
            "u_convolutionPyramidDepth": [0], "u_convolutionPyramidTotalDepth": [8],
            "u_convolutionPyramidUpscaling": [0],
        ]
    }

    /// The picture that a sampler reads which no pass draws.
    func texture(_ name: String) -> PictureSource {
        let bare = name.hasPrefix("u_") ? String(name.dropFirst(2)) : name
        for texture in source.plan.textures where [name, bare].contains(texture.name) {
            return .texture(texture.name)
        }
        switch name {
        case "u_lightShadowMap", "u_pyramidTex0", "u_pyramidTex1", "u_convolutionPyramidTex0",
            "u_convolutionPyramidTex1":
            return .black
        default: return Self.feedback.contains(bare.lowercased()) ? .previous("image") : .test
        }
    }

    /// What other programs call the picture of the frame before; glslViewer itself has no name for it.
    private static let feedback = Set(KnownUniform.feedback.map { $0.name.lowercased() })

    /// What glslViewer says of a moving texture besides, which ours are not.
    func streamValue(_ name: String) -> UniformSource? {
        for suffix in ["Time", "Fps", "Duration", "CurrentFrame", "TotalFrames"]
        where name.hasSuffix(suffix) && source.has(String(name.dropLast(suffix.count))) {
            return .constant([suffix == "TotalFrames" ? 1 : 0])
        }
        return nil
    }

    // MARK: Values

    /// What people may tweak: all other uniforms that are numbers, with what the plan says of them.
    func values(except known: (SourceOutline.Variable) -> Bool) -> [ValuePlan] {
        let open = Set(source.uniforms.filter { !$0.isArray && !known($0) }.map(\.name))
        var values: [ValuePlan] = []
        for part in source.parts {
            for uniform in part.interface.variables("uniform")
            where open.contains(uniform.name) && BuiltinUniform.named(uniform.name) == nil
                && values.count < ValuePlan.limit
                && !values.contains(where: { $0.name == uniform.name })
            {
                guard let value = ValuePlan.declared(uniform, in: part.outline) else { continue }
                values.append(value.planned(by: source.plan))
            }
        }
        return values
    }
}
