/// A stage's text of any version on its way to our own, 4.50 core: what is changed in it, what must stand before it.
///
/// Sources of glslViewer and ISF are written for 1.10, 1.20, ES 1.00 or whatever their host happened to ask for, and
/// are compiled several times with other words before them. So their `#version` gives way to ours, and the names
/// that ours no longer has come back: functions for textures, `gl_FragColor`, `varying`; words that have become
/// keywords since are renamed. Lines stay on their numbers, and so do nearly all columns.
///
/// Limitations: conditions are not evaluated, so what is behind an `#if` that does not hold counts, too.
struct ModernText {
    private let part: StagePart
    private var patches = TextPatches()
    /// Names that stand in place of the user's, with the user's.
    private(set) var renamed: [String: String] = [:]
    /// What stands between `#version` and everything else.
    private var extensions = ""
    /// Macros for words that are keywords now.
    private var words = ""
    private var outputs = ""

    /// The variables at global scope.
    private(set) var globals: [SourceOutline.Variable]

    /// Begins with a stage's text, what all share before it.
    init(_ part: StagePart) {
        self.part = part
        globals = part.outline.globals
        cleanDirectives()
        renameKeywords()
        if stage == .fragment { renameOutputs() }
    }

    var stage: Stage { part.stage }
    var outline: SourceOutline { part.outline }

    func mentions(_ name: String) -> Bool { outline.mentions(name) }

    /// Whether the text says itself what this is: as a variable, a function or a macro.
    func declares(_ name: String) -> Bool {
        outline.isDefined(name) || globals.contains { $0.name == name }
    }

    /// The `#version` line that all stages of a program begin with.
    var versionLine: String {
        outline.version?.number == 460 ? "#version 460 core\n" : "#version 450 core\n"
    }

    /// Puts another word in place of a name wherever it stands, in code and directives.
    mutating func replace(_ name: String, with word: String) {
        let wanted = Array(name.utf8)
        for item in outline.items + outline.directives.flatMap(\.items)
        where outline.bytes[item.range].elementsEqual(wanted) {
            patches.replace(item.range, with: word)
        }
        renamed[word] = name
    }

    /// Puts another word in a name's place where `holds` says so of the tokens around its index.
    mutating func replace(
        _ name: String, with word: String,
        where holds: (SourceOutline, [SourceOutline.Item], Int) -> Bool
    ) {
        let wanted = Array(name.utf8)
        for items in [outline.items] + outline.directives.map(\.items) {
            for place in items.indices
            where outline.bytes[items[place].range].elementsEqual(wanted)
                && holds(outline, items, place)
            {
                patches.replace(items[place].range, with: word)
                renamed[word] = name
            }
        }
    }

    /// Takes out the user's own declaration of something that is declared before the text: `varying vec2 place;`.
    mutating func removeDeclaration(of name: String) {
        guard globals.contains(where: { $0.name == name }) else { return }
        for index in outline.items.indices.dropFirst()
        where outline.items[index - 1].kind == .type && outline.item(index + 1, is: ";")
            && outline.text(outline.items[index]) == name
        {
            var start = index - 1
            while start > 0, outline.items[start - 1].kind == .keyword { start -= 1 }
            let words = outline.items[start..<index].map { outline.text($0) }
            guard ["uniform", "varying", "in", "out", "attribute"].contains(where: words.contains)
            else {
                continue
            }
            for item in outline.items[start...(index + 1)] { patches.blank(item.range) }
            globals.removeAll { $0.name == name }
        }
    }

    /// The name by which a uniform of this name is declared: another one where it is a keyword.
    mutating func free(_ name: String) -> String {
        if renamed[name + "_"] == name { return name + "_" }
        guard let kind = Words.kind(of: name), kind == .keyword || kind == .type else {
            return name
        }
        rename(name)
        return name + "_"
    }

    /// The stage's whole text, with declarations put before the user's.
    ///
    /// - Parameters:
    ///   - defines: `#define`s that hold for all of it.
    ///   - declarations: what else stands before the user's text.
    func assembled(defines: String = "", declarations: String) -> AssembledStage {
        var text = versionLine + extensions + defines
        text += LegacyFunctions(outline, stage).text
        // The words last: what stands before them means those of today.
        text += legacyQualifiers + declarations + outputs + words
        text += "#line 1 0\n"
        let textLine = text.utf8.count { $0 == Byte.newline } + 1
        text += patches.apply(to: outline.bytes)
        let runs = part.runs.map {
            LineMap.Run(
                source: 0, firstLine: $0.firstLine, file: $0.file, fileLine: $0.fileLine,
                count: $0.count, textLine: textLine + $0.firstLine - 1)
        }
        return AssembledStage(
            stage: stage, text: text, lineMap: LineMap(runs: runs, renamed: renamed))
    }

    /// The number in the brackets behind an array's name, where one is there: `varying vec2 place[5];`.
    func arrayLength(of name: String) -> Int? {
        for index in outline.items.indices
        where outline.item(index + 1, is: "[") && outline.item(index + 3, is: "]")
            && outline.text(outline.items[index]) == name
        {
            if let length = Int(outline.text(outline.items[index + 2])) { return length }
        }
        return nil
    }

    // MARK: Changes

    /// Takes `#version` and `#line` out, and moves `#extension`s up, since they must stand before declarations.
    ///
    /// Those of ES and of the old desktop are part of our version.
    private mutating func cleanDirectives() {
        for directive in outline.directives {
            switch directive.name {
            case "extension":
                let words = directive.items.map { outline.text($0) }
                let isKnown = words.count > 1 && Self.builtIn.contains(words[1])
                guard isKnown || directive.depth == 0 else { continue }
                if !isKnown {
                    extensions +=
                        "#line \(directive.line) 0\n"
                        + words.joined(separator: " ") + "\n"
                }
            case let name where StagePart.isOurs(name): break
            default: continue
            }
            directive.items.forEach { patches.blank($0.range) }
        }
    }

    /// Extensions whose features our version has.
    private static let builtIn: Set<String> = [
        "GL_OES_standard_derivatives", "GL_EXT_shader_texture_lod", "GL_ARB_shader_texture_lod",
        "GL_EXT_frag_depth", "GL_EXT_draw_buffers", "GL_ARB_draw_buffers",
        "GL_ARB_texture_rectangle", "GL_EXT_gpu_shader4", "GL_OES_texture_3D",
        "GL_NV_shadow_samplers_cube",
        "GL_EXT_shadow_samplers", "GL_OES_EGL_image_external", "GL_OES_texture_float",
        "GL_OES_texture_float_linear", "GL_ARB_gpu_shader5", "GL_ARB_gpu_shader_fp64",
        "GL_ARB_explicit_attrib_location", "GL_ARB_shading_language_420pack",
        "GL_EXT_texture_array",
    ]

    /// Words that our version took as keywords after most sources were written.
    private static let newKeywords = [
        "sample", "patch", "smooth", "flat", "centroid", "noperspective", "subroutine", "common",
        "partition", "active", "filter", "resource", "coherent", "restrict", "readonly",
        "writeonly", "buffer", "shared", "precise", "input", "output", "half", "fixed", "template",
        "this", "packed",
    ]

    private mutating func renameKeywords() {
        for word in Self.newKeywords where outline.usesAsName(word) {
            rename(word)
        }
        for word in part.declaredKeywords + outline.typesAsNames { rename(word) }
    }

    private mutating func rename(_ word: String) {
        renamed[word + "_"] = word
        words += "#define \(word) \(word)_\n"
    }

    private var legacyQualifiers: String {
        var text = ""
        if mentions("varying") {
            text += "#define varying \(stage == .vertex ? "out" : "in")\n"
        }
        if stage == .vertex, mentions("attribute") { text += "#define attribute in\n" }
        return text
    }

    /// Makes `gl_FragColor` and `gl_FragData` work; in a source with an output of its own they are that one.
    private mutating func renameOutputs() {
        if mentions("gl_FragDepthEXT") { replace("gl_FragDepthEXT", with: "gl_FragDepth") }
        let own = globals.first { $0.qualifiers.contains("out") && $0.type == "vec4" }
        if mentions("gl_FragData") {
            outputs = "layout(location = 0) out vec4 phosphorOut[8];\n"
            replace("gl_FragData", with: "phosphorOut")
            if mentions("gl_FragColor") { replace("gl_FragColor", with: "phosphorOut[0]") }
        } else if mentions("gl_FragColor") {
            if let own {
                replace("gl_FragColor", with: own.name)
                renamed[own.name] = nil
            } else {
                outputs = "layout(location = 0) out vec4 phosphor_out;\n"
                replace("gl_FragColor", with: "phosphor_out")
            }
        }
    }
}

extension SourceOutline {
    /// Whether a word that is a keyword in newer versions is a name here: not followed by a type or a name.
    fileprivate func usesAsName(_ word: String) -> Bool {
        let wanted = Array(word.utf8)
        return ([items] + directives.map(\.items)).contains { items in
            items.indices.contains { index in
                guard bytes[items[index].range].elementsEqual(wanted), index + 1 < items.count
                else { return false }
                let next = items[index + 1]
                if word == "subroutine", item(next, is: "(") { return false }
                return next.kind == .operator || (next.kind == .punctuation && !item(next, is: "{"))
            }
        }
    }
}
