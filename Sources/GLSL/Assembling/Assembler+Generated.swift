extension Assembler {
    /// A vertex stage that fills the picture with one triangle, for a program that has none.
    ///
    /// It draws from `gl_VertexID` alone, with three vertices and no attributes. Every input of the stage behind it, those
    /// of blocks included, is written: by `input` where that knows it, otherwise by its type and name, so that a place in
    /// the picture goes from 0 to 1, a position from -1 to 1, and a normal looks at the viewer.
    ///
    /// `version` is what that stage is compiled as; nil for our own preamble's.
    ///
    /// ES 1.00 has no `gl_VertexID`; there the corner comes from the attribute `position` of a square from -1 to 1.
    static func generatedVertex(
        for next: SourceOutline, version: LanguageVersion?, isArrayed: Bool = false,
        input: (InterfaceVariable) -> String? = { _ in nil }
    ) -> AssembledStage {
        let version = version ?? StagePart.ourVersion
        let interface = next.interface
        let isOldES = version.number == 100
        var declarations = ""
        var assignments = ""
        // The pixels of rectangles are counted. What branches declare as several things may be none.
        let uniforms = interface.variables.filter { $0.storage == "uniform" }
        let rectangle = uniforms.first { uniform in
            uniform.type == "sampler2DRect" && uniform.array == nil && uniform.layout == nil
                && uniforms.allSatisfy { $0.name != uniform.name || $0.type == uniform.type }
        }
        func counted(_ value: String) -> String {
            guard let rectangle else { return value }
            return value.replacing(
                "corner", with: "(corner * vec2(textureSize(\(rectangle.name))))")
        }
        func value(_ variable: InterfaceVariable) -> String? {
            guard variable.array == nil || isArrayed else { return nil }
            if let value = input(variable) { return value }
            let value = VertexInput.value(variable)
            return VertexInput.isCoordinate(variable) ? value.map(counted) : value
        }
        for variable in interface.variables("in", "varying")
        where !variable.name.hasPrefix("gl_") && !variable.qualifiers.contains("patch") {
            if let layout = variable.layout { declarations += "layout(\(layout)) " }
            for word in variable.qualifiers where interpolations.contains(word) {
                declarations += word + " "
            }
            let array = isArrayed ? "" : variable.array ?? ""
            let storage = version.number == 100 ? "varying" : "out"
            // Its own stage has it under this name as well, see `StagePart.renameKeywords`.
            let isRenamed =
                version == StagePart.ourVersion && LegacyNames.keywords.contains(variable.name)
            let name = variable.name + (isRenamed ? "_" : "")
            declarations += "\(storage) \(variable.type) \(name)\(array);\n"
            if let value = value(variable) { assignments += "    \(name) = \(value);\n" }
        }
        for old in LegacyNames.fixedInputs where !isOldES && next.mentions(old.old) {
            declarations += "out \(old.type) \(old.new)\(old.array);\n"
            if old.array.isEmpty {
                assignments += "    \(old.new) = \(old.value);\n"
            } else {
                assignments +=
                    "    for (int i = 0; i < 8; i++) \(old.new)[i] = \(counted(old.value));\n"
            }
        }
        for block in interface.blocks where block.storage == "in" && !block.name.hasPrefix("gl_") {
            let instance = block.instance.map { $0 + "." } ?? ""
            if let layout = block.layout { declarations += "layout(\(layout)) " }
            declarations += "out \(block.name) {\n"
            for member in block.members {
                let words = member.qualifiers.filter { interpolations.contains($0) }
                declarations +=
                    "    \((words + [member.type]).joined(separator: " ")) \(member.name)\(member.array ?? "");\n"
                if let value = value(member), member.array == nil {
                    assignments += "    \(instance)\(member.name) = \(value);\n"
                }
            }
            declarations += "}\(block.instance.map { " " + $0 } ?? "");\n"
        }
        if let rectangle, assignments.utf8Contains("textureSize(") {
            declarations = "uniform sampler2DRect \(rectangle.name);\n" + declarations
        }
        if assignments.utf8Contains("iResolution") {
            let type = interface.uniform("iResolution")?.type ?? "vec3"
            declarations = "uniform \(type) iResolution;\n" + declarations
        }
        return AssembledStage(
            stage: .vertex,
            text: vertexText(
                version: isNewer(interface, than: version) ? StagePart.ourVersion : version,
                declarations: declarations, assignments: assignments, isSquare: isArrayed),
            lineMap: .generated, isGenerated: true)
    }

    /// Whether a stage's inputs have words that its version has only by extensions.
    ///
    /// Desktop versions link with each other, so that a newer one needs none.
    private static func isNewer(_ interface: StageInterface, than version: LanguageVersion) -> Bool
    {
        guard !version.isES, version.number < 430 else { return false }
        func isNewer(_ variable: InterfaceVariable) -> Bool {
            variable.layout != nil || variable.type.hasPrefix("d")
                || variable.array?.contains("][") == true
                || variable.qualifiers.contains { ["sample", "invariant"].contains($0) }
        }
        return interface.variables("in", "varying").contains(where: isNewer)
            || interface.blocks.contains {
                $0.storage == "in" && ($0.layout != nil || $0.members.contains(where: isNewer))
            }
    }

    /// The text of a vertex stage that knows its corner, 0 to 1 inside of the picture.
    ///
    /// - Parameter isSquare: whether it stands for the corners of a square, as patches want them.
    static func vertexText(
        version: LanguageVersion, declarations: String, assignments: String,
        isSquare: Bool = false
    ) -> String {
        var corner = "vec2((gl_VertexID << 1) & 2, gl_VertexID & 2)"
        if isSquare { corner = "vec2(gl_VertexID & 1, (gl_VertexID >> 1) & 1)" }
        var attribute = ""
        if version.number == 100 {
            corner = "position.xy * 0.5 + 0.5"
            attribute = "attribute vec3 position;\n"
        }
        return """
            #version \(vertexVersion(for: version))
            \(attribute)\(declarations)void main() {
                vec2 corner = \(corner);
            \(assignments)    gl_Position = vec4(2.0 * corner - 1.0, 0.0, 1.0);
            }

            """
    }

    /// A fragment stage in one calm colour, or the vertex stage's own, for a program that has none.
    static func generatedFragment(
        for before: SourceOutline, version: LanguageVersion?
    ) -> AssembledStage {
        let version = version ?? StagePart.ourVersion
        let color = before.globals.first {
            ($0.qualifiers.contains("out") || $0.qualifiers.contains("varying")) && !$0.isArray
                && colorNames.contains($0.name) && ["vec3", "vec4"].contains($0.type)
        }
        var text = "#version \(vertexVersion(for: version))\n"
        if version.isES { text += "precision mediump float;\n" }
        var value = "vec4(0.49, 0.78, 0.66, 1.0)"
        if let color {
            if let layout = color.layout { text += "layout(\(layout)) " }
            for word in color.qualifiers where interpolations.contains(word) {
                text += word + " "
            }
            let storage = version.number == 100 ? "varying" : "in"
            text += "\(storage) \(color.type) \(color.name);\n"
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

    private static let colorNames: Set<String> = ["color", "vColor", "v_color", "fragColor"]

    private static let interpolations: Set<String> = [
        "flat", "smooth", "noperspective", "centroid", "sample",
    ]
}

/// What a generated vertex stage writes to what the next stage reads.
enum VertexInput {
    /// An expression over `corner`, which is 0 to 1 inside of the picture; nil for types that have none.
    static func value(_ variable: InterfaceVariable) -> String? {
        let name = variable.name.lowercased()
        func says(_ words: String...) -> Bool { words.contains { name.contains($0) } }
        let isPlace = isPlace(name)
        let isCoordinate = isCoordinate(variable)
        switch variable.type {
        case "float": return says("alpha", "opacity", "fade") ? "1.0" : "0.0"
        case "vec2" where GuessedName.isTexel(variable.name): return "1.0 / iResolution.xy"
        case "vec2": return isPlace && !isCoordinate ? "2.0 * corner - 1.0" : "corner"
        case "vec3":
            if says("norm") { return "vec3(0.0, 0.0, 1.0)" }
            if says("col") { return "vec3(1.0)" }
            return isCoordinate ? "vec3(corner, 0.0)" : "vec3(2.0 * corner - 1.0, 0.0)"
        case "vec4":
            if says("norm") { return "vec4(0.0, 0.0, 1.0, 0.0)" }
            if says("col") { return "vec4(1.0)" }
            return isCoordinate ? "vec4(corner, 0.0, 1.0)" : "vec4(2.0 * corner - 1.0, 0.0, 1.0)"
        case "mat2", "mat3", "mat4": return "\(variable.type)(1.0)"
        case "int", "uint", "double", "ivec2", "ivec3", "ivec4", "uvec2", "uvec3", "uvec4",
            "dvec2", "dvec3", "dvec4":
            return "\(variable.type)(0)"
        default: return nil
        }
    }

    /// Whether it is by its name a place in a texture.
    static func isCoordinate(_ variable: InterfaceVariable) -> Bool {
        let name = variable.name.lowercased()
        return ["uv", "tex", "coord"].contains { name.contains($0) }
            || (name.hasSuffix("st") && !isPlace(name))
    }

    private static func isPlace(_ name: String) -> Bool {
        ["pos", "ndc", "clip", "vertex"].contains { name.contains($0) }
    }
}

extension String {
    fileprivate func utf8Contains(_ word: String) -> Bool {
        FrameBudget.contains(Array(utf8), Array(word.utf8))
    }
}
