extension StagePart {
    /// The stage by plain rules: byte for byte with its own `#version`, else with our preamble.
    func plain(_ shared: SharedUniforms) -> AssembledStage {
        guard outline.version == nil else {
            return AssembledStage(
                stage: stage, text: String(decoding: outline.bytes, as: UTF8.self),
                lineMap: outline.verbatimMap(file: file))
        }
        return build(shared, .plain, nil)
    }

    /// A fragment stage by the rules of Shadertoy or RiftRay; its `#version`, if any, gives way to ours.
    func toy(_ shared: SharedUniforms, _ dialect: Dialect) -> AssembledStage {
        guard let entries = entries(in: dialect) else { return plain(shared) }
        return build(shared, dialect, entries)
    }

    private func build(
        _ shared: SharedUniforms, _ dialect: Dialect, _ entries: EntryPoints?
    ) -> AssembledStage {
        let globals = outline.globals
        var patches = TextPatches()
        var renamed: [String: String] = [:]
        var preamble = "#version 450 core\n" + hoistExtensions(&patches)
        for directive in outline.directives where ["version", "line"].contains(directive.name) {
            directive.items.forEach { patches.blank($0.range) }
        }
        preamble += shared.declarations(
            for: outline, without: Set(globals.map(\.name)), isToy: dialect.isToy,
            wantsRays: entries?.ray != nil)
        if dialect.isToy {
            preamble += "layout(location = 0) out vec4 phosphor_color;\n"
            preamble += renameKeywords(dialect, &renamed)
            if dialect == .riftray {
                preamble += "#define \(Dialect.riftrayMacro)\n" + legacyNames(globals)
            }
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
        if let entries {
            // Two line ends: a backslash at the text's end would swallow the first.
            text += "\n\n" + entries.footer
            map.endLine = entries.lines.first?.line
            if entries.lines.count > 1 {
                map.entryLines = Dictionary(
                    entries.lines.map { ($0.name, $0.line) },
                    uniquingKeysWith: { first, _ in first })
            }
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

    /// Frees words that are names in the dialect's language but keywords in ours.
    ///
    /// Shadertoy's is ES 3.00, RiftRay's 1.20.
    private func renameKeywords(
        _ dialect: Dialect, _ renamed: inout [String: String]
    ) -> String {
        var words = ["buffer", "shared", "precise"]
        if dialect == .riftray {
            words += [
                "sample", "patch", "smooth", "subroutine", "common", "partition", "active",
                "filter", "resource", "coherent", "restrict", "readonly", "writeonly",
                "noperspective",
            ]
        }
        var text = ""
        for word in words where outline.mentions(word) {
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
