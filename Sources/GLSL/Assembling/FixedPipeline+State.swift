// What the fixed pipeline held of fog, points, planes and textures, as constants: nobody sets it here.

extension FixedPipeline {
    /// The names of section 7.4 (constants) and 7.5 (state) of The OpenGL Shading Language 1.20 that are no matrices and
    /// no lights, each with a name of its length and that one's declarations.
    static let states: [String: (new: String, texts: [String])] = {
        var all: [String: (new: String, texts: [String])] = [:]
        func add(_ name: String, _ declaration: (String) -> String) {
            let new = "ph_" + name.dropFirst(3).lowercased()
            all[name] = (new, [declaration(new)])
        }
        func add(_ name: String, members: String, _ values: String) {
            add(name) {
                "struct Type_\($0) { \(members) };\nconst Type_\($0) \($0) = Type_\($0)(\(values));\n"
            }
        }
        // A light haze, which leaves what is near as it is.
        add(
            "gl_Fog", members: "vec4 color; float density, start, end, scale;",
            "vec4(0.5, 0.56, 0.64, 1), 0.02, 10.0, 100.0, 1.0 / 90.0")
        add(
            "gl_Point",
            members:
                "float size, sizeMin, sizeMax, fadeThresholdSize, distanceConstantAttenuation, "
                + "distanceLinearAttenuation, distanceQuadraticAttenuation;",
            "1.0, 1.0, 64.0, 1.0, 1.0, 0.0, 0.0")
        add("gl_ClipPlane") { array("vec4", $0, 6, "vec4(0)") }
        add("gl_TextureEnvColor") { array("vec4", $0, 8, "vec4(0)") }
        for (axis, value) in [
            ("S", "vec4(1, 0, 0, 0)"), ("T", "vec4(0, 1, 0, 0)"), ("R", "vec4(0)"),
            ("Q", "vec4(0)"),
        ] {
            add("gl_EyePlane\(axis)") { array("vec4", $0, 8, value) }
            add("gl_ObjectPlane\(axis)") { array("vec4", $0, 8, value) }
        }
        add("gl_NormalScale") { "const float \($0) = 1.0;\n" }
        for (name, count) in [
            ("gl_MaxLights", 8), ("gl_MaxClipPlanes", 6), ("gl_MaxTextureUnits", 8),
            ("gl_MaxTextureCoords", 8),
        ] {
            add(name) { "const int \($0) = \(count);\n" }
        }
        return all
    }()

    /// The types of state, each with a name of that type, and what ours is called.
    static let types: [String: (of: String, own: String)] = [
        "gl_LightSourceParameters": ("gl_LightSource", "phosphor_Light"),
        "gl_MaterialParameters": ("gl_FrontMaterial", "Type_phosphor_surface"),
        "gl_LightProducts": ("gl_FrontLightProduct", "Type_phosphor_lightprodct"),
        "gl_LightModelParameters": ("gl_LightModel", "Type_phos_lightmod"),
        "gl_LightModelProducts": ("gl_FrontLightModelProduct", "Type_phosphor_lightmodelproduc"),
        "gl_FogParameters": ("gl_Fog", "Type_ph_fog"),
        "gl_PointParameters": ("gl_Point", "Type_ph_point"),
    ]

    /// The declaration of a constant array whose elements are all the same.
    static func array(_ type: String, _ name: String, _ count: Int, _ value: String) -> String {
        let all = [String](repeating: value, count: count).joined(separator: ", ")
        return "const \(type) \(name)[\(count)] = \(type)[\(count)](\(all));\n"
    }
}
