extension Assembler {
    /// A vertex stage that fills the picture with one triangle, for a program that has none.
    ///
    /// It draws from `gl_VertexID` alone, with three vertices and no attributes. Inputs of the
    /// fragment stage that are `vec2` and go by a usual name get the place in the picture, 0 to 1.
    ///
    /// `version` is what the fragment stage is compiled as; nil for our own preamble's.
    ///
    /// Limitation: ES 1.00 has no `gl_VertexID`; there the corner comes in through the attribute
    /// `phosphor_corner`, which whoever draws must feed with (0,0), (2,0), (0,2).
    static func generatedVertex(
        for fragment: SourceOutline, version: LanguageVersion?
    ) -> AssembledStage {
        let version = version ?? LanguageVersion(number: 450, profile: "core")
        let isOldES = version.number == 100
        var text = "#version \(vertexVersion(for: version))\n"
        if isOldES { text += "attribute vec2 phosphor_corner;\n" }
        var assignments = ""
        var seen: Set<String> = []
        for input in fragment.globals
        where input.type == "vec2" && !input.isArray && coordinateNames.contains(input.name)
            && (input.qualifiers.contains("in") || input.qualifiers.contains("varying"))
            && seen.insert(input.name).inserted
        {
            if isOldES {
                text += "varying vec2 \(input.name);\n"
            } else {
                if let layout = input.layout { text += "layout(\(layout)) " }
                for word in input.qualifiers where interpolations.contains(word) {
                    text += word + " "
                }
                text += "out vec2 \(input.name);\n"
            }
            assignments += "    \(input.name) = corner;\n"
        }
        let corner =
            isOldES ? "phosphor_corner" : "vec2((gl_VertexID << 1) & 2, gl_VertexID & 2)"
        text += """
            void main() {
                vec2 corner = \(corner);
            \(assignments)    gl_Position = vec4(2.0 * corner - 1.0, 0.0, 1.0);
            }

            """
        return AssembledStage(
            stage: .vertex, text: text, lineMap: .generated, isGenerated: true)
    }

    /// A fragment stage in one calm colour, or the vertex stage's own, for a program that has none.
    static func generatedFragment(
        for before: SourceOutline, version: LanguageVersion?
    ) -> AssembledStage {
        let version = version ?? LanguageVersion(number: 450, profile: "core")
        let color = before.globals.first {
            $0.qualifiers.contains("out") && !$0.isArray && colorNames.contains($0.name)
                && ["vec3", "vec4"].contains($0.type)
        }
        var text = "#version \(vertexVersion(for: version))\n"
        if version.isES { text += "precision mediump float;\n" }
        var value = "vec4(0.49, 0.78, 0.66, 1.0)"
        if let color {
            if let layout = color.layout { text += "layout(\(layout)) " }
            for word in color.qualifiers where interpolations.contains(word) {
                text += word + " "
            }
            text += "in \(color.type) \(color.name);\n"
            value = color.type == "vec3" ? "vec4(\(color.name), 1.0)" : color.name
        }
        if version.number == 100 {
            text += "void main() {\n    gl_FragColor = \(value);\n}\n"
        } else {
            text += "out vec4 phosphor_color;\n"
            text += "void main() {\n    phosphor_color = \(value);\n}\n"
        }
        return AssembledStage(
            stage: .fragment, text: text, lineMap: .generated, isGenerated: true)
    }

    /// What a generated stage says behind `#version`, so that it links with the user's.
    ///
    /// `gl_VertexID` came with 1.30, and core contexts begin at 1.40; desktop versions link with
    /// each other, those of ES only with their own.
    private static func vertexVersion(for version: LanguageVersion) -> String {
        if version.number == 100 { return "100" }
        if version.isES { return "\(version.number) es" }
        let known = [140, 150, 330, 400, 410, 420, 430, 440, 450, 460]
        if version.number < 140 { return "140" }
        guard known.contains(version.number) else { return "330 core" }
        return version.profile.isEmpty
            ? "\(version.number)" : "\(version.number) \(version.profile)"
    }

    private static let coordinateNames: Set<String> = [
        "uv", "v_uv", "vUv", "vUV", "texcoord", "v_texcoord", "vTexCoord", "texCoord", "TexCoord",
        "fragCoord", "out_texcoord", "v_texCoord",
    ]

    private static let colorNames: Set<String> = ["color", "vColor", "v_color", "fragColor"]

    private static let interpolations: Set<String> = [
        "flat", "smooth", "noperspective", "centroid",
    ]
}
