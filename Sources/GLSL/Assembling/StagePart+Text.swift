/// How a stage's text becomes what the driver gets.
struct StageRules {
    /// Names that are declared where the text uses them without declaring them.
    var names: [KnownUniform] = []
    /// The functions that we call; nil where the text has its own `main`.
    var entries: EntryPoints?
    /// Whether Shadertoy's names are declared whether they are used or not.
    var isToy = false
    /// A macro that the dialect defines; nil for none.
    var macro: String?
    /// The types of Shadertoy's inputs where they are not `sampler2D`.
    var channelTypes: [String: String] = [:]
    /// Whether alpha is kept, as in pictures that other passes read.
    var keepsAlpha = false
    /// Declarations that we put in place of the user's: the names, and what is written before the text.
    var replaced: (names: Set<String>, text: String) = ([], "")
}

extension StagePart {
    /// The stage by plain rules: byte for byte where a driver takes it so, else with our preamble.
    func plain(_ shared: SharedUniforms) -> AssembledStage {
        assembled(shared, StageRules())
    }

    /// The stage by the rules of its dialect.
    func assembled(_ shared: SharedUniforms, _ rules: StageRules) -> AssembledStage {
        guard rules.entries == nil, let version = outline.version else {
            return build(shared, rules, ours: true)
        }
        let asksForMacro = rules.macro.map { outline.mentions($0) } ?? false
        if isTaken(version), commonLines == 0, rules.replaced.names.isEmpty, !asksForMacro {
            return verbatim(version)
        }
        return build(shared, rules, ours: false)
    }

    // MARK: Byte for byte

    /// The text as it stands, with the user's own `#line`s followed.
    private func verbatim(_ version: LanguageVersion) -> AssembledStage {
        var patches = TextPatches()
        if version.number == 460, !needsVersion460, let items = outline.versionDirective?.items {
            // Nothing of it needs the newest version, which drivers of 4.5 refuse.
            patches.replace(items[1].range, with: "450")
        }
        return AssembledStage(
            stage: stage, text: patches.apply(to: outline.bytes),
            lineMap: outline.verbatimMap(file: file))
    }

    /// Whether a driver takes the text for its version, as far as names tell.
    ///
    /// What core profiles took out of the language in 1.40 is still in many sources that say a later version; drivers
    /// that refuse it get our preamble.
    private func isTaken(_ version: LanguageVersion) -> Bool {
        if version.profile == "compatibility" || wantsImages(version) { return false }
        if ChannelDirective.isIn(outline) { return false }
        guard !version.isES else { return true }
        // No core profile has them, and a vertex stage of ours, which hands them on, is of no version that has.
        if usesFixedPipeline { return false }
        guard version.number >= 140 else { return true }
        if interface.variables("out").isEmpty, stage == .fragment,
            outline.mentions("gl_FragColor") || outline.mentions("gl_FragData")
        {
            return false
        }
        if outline.mentions("varying") || outline.mentions("attribute") { return false }
        return !outline.mentions("gl_FragDepthEXT") && LegacyFunctions(outline, stage).names.isEmpty
    }

    /// Whether images are declared in a version that has none: some drivers take them all the same.
    private func wantsImages(_ version: LanguageVersion) -> Bool {
        !version.isES && version.number < 420
            && interface.variables("uniform").contains { $0.type.contains("image") }
    }

    private var needsVersion460: Bool {
        [
            "gl_DrawID", "gl_BaseVertex", "gl_BaseInstance", "anyInvocation", "allInvocations",
            "allInvocationsEqual", "atomicCounterAdd", "atomicCounterSubtract", "atomicCounterMin",
            "atomicCounterMax", "atomicCounterAnd", "atomicCounterOr", "atomicCounterXor",
            "atomicCounterExchange", "atomicCounterCompSwap",
        ].contains { outline.mentions($0) }
    }

    // MARK: With a preamble

    /// The version as which a text is compiled that says none.
    static let ourVersion = LanguageVersion(number: 450, profile: "core")

    /// The version as which this stage is compiled.
    func compiledVersion(entries: EntryPoints?) -> LanguageVersion {
        guard entries == nil, var version = outline.version else { return Self.ourVersion }
        if !version.isES, version.number < 140, usesFixedPipeline { return Self.ourVersion }
        if version.profile == "compatibility" {
            version.profile = version.number >= 150 ? "core" : ""
        }
        if version.number == 460, !needsVersion460 { version.number = 450 }
        return version
    }

    private func build(
        _ shared: SharedUniforms, _ rules: StageRules, ours: Bool
    ) -> AssembledStage {
        var version = compiledVersion(entries: rules.entries)
        // What brings old names back is written in words of today, and desktop versions link with each other.
        if !version.isES, version.number < 140 { version = Self.ourVersion }
        var patches = TextPatches()
        var renamed: [String: String] = [:]
        let profile = version.profile.isEmpty ? "" : " \(version.profile)"
        var preamble = "#version \(version.number)\(profile)\n"
        if wantsImages(version) {
            preamble += "#extension GL_ARB_shader_image_load_store : enable\n"
        }
        preamble += hoistExtensions(&patches, lineNamesNext: version.lineNamesNext)
        for directive in outline.directives where Self.isOurs(directive.name) {
            directive.items.forEach { patches.blank($0.range) }
        }
        if let first = outline.items.first,
            outline.text(first) == SourceOutline.openFrameworksHeader
        {
            patches.blank(first.range)
        }
        if ours {
            let hidden = outline.hidden(defining: rules.macro)
            let declared = Set(outline.globals(outside: hidden).map(\.name))
                .union(rules.replaced.names)
            preamble += shared.declarations(for: self, without: declared, rules)
            preamble += known(rules.names, without: declared, shared)
            beginOutputs(&patches)
        }
        // What stands before the stage's own text is read before its `precision`.
        if version.isES, stage == .fragment, commonLines > 0 {
            preamble += "precision highp float;\nprecision highp int;\n"
        }
        if rules.entries != nil { preamble += "layout(location = 0) out vec4 phosphor_color;\n" }
        if let macro = rules.macro { preamble += "#define \(macro)\n" }
        for variable in interface.variables where rules.replaced.names.contains(variable.name) {
            for index in variable.items { patches.blank(outline.items[index].range) }
        }
        preamble += rules.replaced.text
        if rules.entries == nil {
            preamble += renameFixedInputs(&patches, &renamed)
            preamble += renameFragmentOutputs(version, &patches, &renamed)
        }
        // Last, since what stands before it means the words of today.
        if !version.isES { preamble += legacyNames() }
        if version == Self.ourVersion {
            preamble += renameKeywords(LegacyNames.keywords, &renamed)
        }
        preamble += version.lineNamesNext ? "#line 1 0\n" : "#line 0 0\n"
        return finish(preamble, patches, renamed, rules)
    }

    private func finish(
        _ preamble: String, _ patches: TextPatches, _ renamed: [String: String],
        _ rules: StageRules
    ) -> AssembledStage {
        let textLine = preamble.utf8.count { $0 == Byte.newline } + 1
        var text = preamble + patches.apply(to: outline.bytes)
        var map = LineMap(
            runs: runs.map {
                .init(
                    source: 0, firstLine: $0.firstLine, file: $0.file, fileLine: $0.fileLine,
                    count: $0.count, textLine: textLine + $0.firstLine - 1)
            }, renamed: renamed)
        if let entries = rules.entries {
            // Two line ends: a backslash at the text's end would swallow the first.
            text += "\n\n" + entries.footer(keepsAlpha: rules.keepsAlpha)
            map.endLine = entries.lines.first.map { place($0.line).line }
            if entries.lines.count > 1 {
                map.entryLines = Dictionary(
                    entries.lines.map { ($0.name, place($0.line).line) },
                    uniquingKeysWith: { first, _ in first })
            }
            map.endNote = endNote
        }
        return AssembledStage(stage: stage, text: text, lineMap: map)
    }

    /// Directives that are no compiler's: the version that we say ourselves, lines that would lead astray, and the
    /// inputs that editors have sources name.
    static func isOurs(_ directive: String) -> Bool {
        directive == "version" || directive == "line" || ChannelDirective.isOne(directive)
    }

    /// What to say where the driver stumbles over the footer, since the text ends too early.
    private var endNote: Diagnostic? {
        let line = outline.items.last?.line ?? outline.lineCount
        if let open = outline.openBrackets?.last {
            let close = ["{": "}", "(": ")", "[": "]"][open.text] ?? open.text
            let place = place(open.line)
            let other = place.file == self.place(line).file ? "" : " of \(place.file)"
            return problem(
                line: line, token: nil,
                "the text ends before the '\(close)' for the '\(open.text)' in line \(place.line)\(other)"
            )
        }
        guard let last = outline.items.last,
            !outline.item(last, is: "}"), !outline.item(last, is: ";")
        else { return nil }
        return problem(line: line, token: nil, "the text ends in the middle of a statement")
    }

    /// Moves the `#extension`s up, since they must stand before all declarations, ours included.
    ///
    /// Those inside an `#if` stay: without the condition they would say something else. Those for what every later
    /// version has are dropped, wherever they are.
    private func hoistExtensions(_ patches: inout TextPatches, lineNamesNext: Bool) -> String {
        var text = ""
        for directive in outline.directives where directive.name == "extension" {
            let words = directive.items.map { outline.text($0) }
            let isObsolete = words.count > 1 && LegacyNames.isObsolete(words[1])
            guard directive.depth == 0 || isObsolete else { continue }
            if !isObsolete {
                let line = lineNamesNext ? directive.line : directive.line - 1
                text += "#line \(line) 0\n" + words.joined(separator: " ") + "\n"
            }
            directive.items.forEach { patches.blank($0.range) }
        }
        return text
    }

    /// Declares the dialect's names that the text uses and does not declare.
    private func known(
        _ names: [KnownUniform], without declared: Set<String>, _ shared: SharedUniforms
    ) -> String {
        var text = ""
        for name in names
        where !declared.contains(name.name) && outline.mentions(name.name)
            && !outline.isDefined(name.name) && !outline.declaresLocally(name.name)
        {
            text += "uniform \(shared.type(of: name.name) ?? name.types[0]) \(name.name);\n"
        }
        return text
    }
}
