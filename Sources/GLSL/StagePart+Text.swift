extension StagePart {
    /// The stage by plain rules: byte for byte with its own `#version`, else with our preamble.
    func plain(_ shared: SharedUniforms) -> AssembledStage {
        guard outline.version == nil else {
            return AssembledStage(
                stage: stage, text: String(decoding: outline.bytes, as: UTF8.self),
                lineMap: outline.verbatimMap(file: file))
        }
        return build(shared, isShadertoy: false, footer: nil)
    }

    /// A fragment stage by Shadertoy's rules; its `#version`, if any, gives way to ours.
    func shadertoy(_ shared: SharedUniforms) -> AssembledStage {
        guard !outline.defines("main") else { return plain(shared) }
        let footer =
            outline.defines("mainImage") || !outline.defines("mainVR")
            ? Self.imageFooter : Self.viewFooter
        return build(shared, isShadertoy: true, footer: footer)
    }

    private func build(
        _ shared: SharedUniforms, isShadertoy: Bool, footer: String?
    ) -> AssembledStage {
        let globals = outline.globals
        var patches = TextPatches()
        var renamed: [String: String] = [:]
        var preamble = "#version 450 core\n" + hoistExtensions(&patches)
        for directive in outline.directives where ["version", "line"].contains(directive.name) {
            directive.items.forEach { patches.blank($0.range) }
        }
        preamble += shared.declarations(
            without: Set(globals.map(\.name)), isShadertoy: isShadertoy)
        if isShadertoy {
            preamble += "layout(location = 0) out vec4 phosphor_color;\n"
            preamble += renameKeywords(&renamed)
        } else {
            preamble += legacyNames(globals)
            preamble += renameFragmentOutputs(globals, &patches, &renamed)
        }

        preamble += "#line 1 0\n"
        let textLine = preamble.utf8.count { $0 == Byte.newline } + 1
        var text = preamble + patches.apply(to: outline.bytes)
        var map = LineMap(
            runs: [
                .init(
                    source: 0, firstLine: 1, file: file, fileLine: 1, count: outline.lineCount,
                    textLine: textLine)
            ], renamed: renamed)
        if let footer {
            // Two line ends: a backslash at the text's end would swallow the first.
            text += "\n\n" + footer
            map.endLine =
                outline.definitionLine(of: "mainImage")
                ?? outline.definitionLine(of: "mainVR")
            map.endNote = endNote
        }
        return AssembledStage(stage: stage, text: text, lineMap: map)
    }

    /// What to say where the driver stumbles over the footer, since the text ends too early.
    private var endNote: Diagnostic? {
        let line = outline.items.last?.line ?? outline.lineCount
        if let open = outline.openBrackets?.last {
            let close = ["{": "}", "(": ")", "[": "]"][open.text] ?? open.text
            return problem(
                line: line, token: nil,
                "the text ends before the '\(close)' for the '\(open.text)' in line \(open.line)")
        }
        guard let last = outline.items.last,
            !outline.item(last, is: "}"), !outline.item(last, is: ";")
        else { return nil }
        return problem(line: line, token: nil, "the text ends in the middle of a statement")
    }

    // MARK: Patches

    /// Moves the `#extension`s up, since they must stand before all declarations, ours included.
    ///
    /// Those inside an `#if` stay: without the condition they would say something else.
    private func hoistExtensions(_ patches: inout TextPatches) -> String {
        var text = ""
        for directive in outline.directives
        where directive.name == "extension" && directive.depth == 0 {
            let words = directive.items.map { outline.text($0) }
            text += "#line \(directive.line) 0\n" + words.joined(separator: " ") + "\n"
            directive.items.forEach { patches.blank($0.range) }
        }
        return text
    }

    /// Frees words that are names in Shadertoy's language (ES 3.00) but keywords in ours.
    private func renameKeywords(_ renamed: inout [String: String]) -> String {
        var text = ""
        for word in ["buffer", "shared", "precise"] where outline.mentions(word) {
            renamed[word + "_"] = word
            text += "#define \(word) \(word)_\n"
        }
        return text
    }

    /// Gives the names of older versions, which sources without a `#version` often use.
    private func legacyNames(_ globals: [SourceOutline.Variable]) -> String {
        var text = ""
        if outline.mentions("varying") {
            text += "#define varying \(stage == .vertex ? "out" : "in")\n"
        }
        if stage == .vertex, outline.mentions("attribute") { text += "#define attribute in\n" }
        for (old, new) in [
            ("texture2D", "texture"), ("textureCube", "texture"), ("texture2DLod", "textureLod"),
            ("texture3D", "texture"), ("texture2DProj", "textureProj"),
        ] where outline.mentions(old) && !outline.isDefined(old) {
            text += "#define \(old) \(new)\n"
        }
        return text
    }

    /// Makes `gl_FragColor` and `gl_FragData` work where the source declares no output.
    ///
    /// The names that take their place have their lengths, so that columns stay.
    private func renameFragmentOutputs(
        _ globals: [SourceOutline.Variable], _ patches: inout TextPatches,
        _ renamed: inout [String: String]
    ) -> String {
        guard stage == .fragment, !globals.contains(where: { $0.qualifiers.contains("out") })
        else { return "" }
        for (old, new, count) in [
            ("gl_FragColor", "phosphor_out", ""), ("gl_FragData", "phosphorOut", "[8]"),
        ] where outline.mentions(old) {
            let all = outline.items + outline.directives.flatMap(\.items)
            for item in all where outline.text(item) == old {
                patches.replace(item.range, with: new)
            }
            renamed[new] = old
            return "layout(location = 0) out vec4 \(new)\(count);\n"
        }
        return ""
    }

    // MARK: Footers

    private static let imageFooter = """
        void main() {
            vec4 phosphor_result = vec4(0.0, 0.0, 0.0, 1.0);
            mainImage(phosphor_result, gl_FragCoord.xy);
            phosphor_color = vec4(phosphor_result.rgb, 1.0);
        }

        """

    /// A window's camera for `mainVR`: at the origin, 70 degrees high, turned by the pressed mouse.
    private static let viewFooter = """
        void main() {
            vec2 phosphor_p = (2.0 * gl_FragCoord.xy - iResolution.xy) / iResolution.y;
            vec3 phosphor_d = normalize(vec3(0.7 * phosphor_p, -1.0));
            vec2 phosphor_a = (iMouse.xy / iResolution.xy - 0.5) * vec2(-6.2832, 3.0);
            if (iMouse.z <= 0.0) phosphor_a = vec2(0.0);
            vec2 phosphor_c = cos(phosphor_a);
            vec2 phosphor_s = sin(phosphor_a);
            phosphor_d.yz = mat2(phosphor_c.y, phosphor_s.y, -phosphor_s.y, phosphor_c.y)
                * phosphor_d.yz;
            phosphor_d.xz = mat2(phosphor_c.x, -phosphor_s.x, phosphor_s.x, phosphor_c.x)
                * phosphor_d.xz;
            vec4 phosphor_result = vec4(0.0, 0.0, 0.0, 1.0);
            mainVR(phosphor_result, gl_FragCoord.xy, vec3(0.0), phosphor_d);
            phosphor_color = vec4(phosphor_result.rgb, 1.0);
        }

        """
}

extension SourceOutline {
    /// Whether the text defines a macro or declares a function of that name.
    func isDefined(_ name: String) -> Bool {
        directives.contains { directive in
            directive.name == "define" && directive.items.count > 1
                && text(directive.items[1]) == name
        }
            || items.indices.dropFirst().contains { index in
                items[index - 1].kind == .type && item(index + 1, is: "(")
                    && text(items[index]) == name
            }
    }
}
