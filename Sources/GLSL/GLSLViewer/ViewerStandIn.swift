extension SourceOutline {
    /// Whether a vertex stage alone is one of glslViewer's: it puts a thing where glslViewer's camera sees it.
    var isViewersVertex: Bool {
        let matrices: Set<String> = [
            "u_modelViewProjectionMatrix", "u_projectionMatrix", "u_viewMatrix",
        ]
        return globals.contains { $0.qualifiers.contains("uniform") && matrices.contains($0.name) }
            && globals.contains {
                ["attribute", "in"].contains(where: $0.qualifiers.contains)
                    && ["a_position", "a_normal", "a_texcoord"].contains($0.name)
            }
    }
}

/// The fragment stage of a glslViewer source that has none: white, and lit where the vertex stage hands on a normal.
enum ViewerStandIn {
    static func fragment(for vertex: StagePart) -> StagePart {
        let normal = vertex.outline.globals.first {
            $0.name == "v_normal" && ["vec3", "vec4"].contains($0.type)
                && ["varying", "out"].contains(where: $0.qualifiers.contains)
        }
        var (head, light) = ("", "1.0")
        if let normal {
            head = "varying \(normal.type) v_normal;\n"
            light =
                "0.3 + 0.7 * max(dot(normalize(v_normal.xyz), normalize(vec3(0.4, 0.8, 0.6))), 0.0)"
        }
        let text = head + "void main() { gl_FragColor = vec4(vec3(\(light)), 1.0); }\n"
        return StagePart(stage: .fragment, text: StageText(text: text, file: vertex.file))
    }

    /// The program with its fragment stages taken for our own, since no line of the user's is in them.
    static func marked(_ program: AssembledProgram, for vertex: StagePart) -> AssembledProgram {
        var program = program
        for pass in program.passes.indices {
            for stage in program.passes[pass].stages.indices
            where program.passes[pass].stages[stage].stage == .fragment {
                program.passes[pass].stages[stage].isGenerated = true
                program.passes[pass].stages[stage].lineMap = .generated
            }
        }
        for index in program.notices.indices { program.notices[index].stage = .vertex }
        program.notices.append(
            Diagnostic(
                .note, stage: .vertex, file: vertex.file, line: 1,
                message: "there is no fragment stage: what is drawn is white"))
        return program
    }
}
