extension Dialect {
    /// Recognises the dialect from what the stages define; `plain` where nothing else is told.
    ///
    /// Asked in this order; the first that holds decides:
    ///
    /// 1. a comment `// @dialect NAME` in the fragment stage, the last one;
    /// 2. ISF: the text begins with a comment that holds a JSON object with one of ISF's keys;
    /// 3. RiftRay: `vec3 getSceneColor(vec3, vec3)` is defined, and nothing else that could be its entry; a `main` in
    ///    `#ifndef RIFTRAY` is none, and `mainImage` may stand beside it;
    /// 4. Shadertoy: `mainImage`, `mainVR`, `mainSound` or `mainCubemap` is defined, and no `main`: a text that has both
    ///    is a port that calls the former itself;
    /// 5. none of the rest: lines of an editor of Shadertoy's sources (`#iChannel0 "self"`) stand beside a `main`;
    /// 6. by names that are declared or used: Bonzomatic (`fGlobalTime` and its like), KodeLife (the block
    ///    `VertexData`, `prevPass`), glslViewer (`u_…`), GLSL Sandbox (`time`, `mouse`, `resolution`, `surfacePosition`
    ///    without a `#version`, or with 100, and without other varyings).
    ///
    /// Names in comments and prototypes tell nothing; calls and uses tell only where a dialect's names are so much its
    /// own that nobody else has them.
    public static func recognise(stages: [Stage: String]) -> Dialect {
        guard let fragment = stages[.fragment] else { return .plain }
        return recognise(fragment: SourceOutline(fragment))
    }

    /// The same for a fragment stage that is outlined already.
    static func recognise(fragment: SourceOutline) -> Dialect {
        if let noted = note(in: fragment) { return noted }
        if fragment.isISF { return .isf }
        if fragment.sceneColor != nil {
            let hidden = fragment.hidden(defining: riftrayMacro)
            if !fragment.defines("main", outside: hidden),
                !fragment.defines("mainVR", outside: hidden)
            {
                return .riftray
            }
        }
        if !fragment.defines("main", outside: fragment.hidden()), fragment.definesToyEntry {
            return .shadertoy
        }
        return ChannelDirective.isIn(fragment) ? .plain : byNames(fragment)
    }

    private static func byNames(_ fragment: SourceOutline) -> Dialect {
        let interface = fragment.interface
        let declared = Set(interface.variables("uniform").map(\.name))
        if !declared.isDisjoint(with: KnownUniform.bonzomaticMarks.prefix(3)) { return .bonzomatic }
        if KnownUniform.bonzomaticMarks.contains(where: {
            declared.contains($0) || (fragment.version == nil && fragment.mentions($0))
        }) {
            // `texPreviousFrame` alone is in sources of no dialect, too.
            if declared.intersection(KnownUniform.bonzomaticMarks) != ["texPreviousFrame"] {
                return .bonzomatic
            }
        }
        if interface.isKodeLife(fragment.version) { return .kodelife }
        if fragment.isGLSLViewer { return .glslViewer }
        return interface.isGLSLSandbox(fragment.version) && !fragment.isProcessing
            ? .glslSandbox : .plain
    }

    // MARK: What the source says itself

    /// The dialect that a comment names, as `// @dialect shadertoy` does.
    ///
    /// The last one counts; names that are none do not.
    static func note(in outline: SourceOutline) -> Dialect? {
        // Looking is cheaper than lexing, and few texts have one.
        guard FrameBudget.contains(outline.bytes, Array("@dialect".utf8)) else { return nil }
        let text = String(decoding: outline.bytes, as: UTF8.self)
        var found: Dialect?
        for token in Lexer.tokens(of: text) where token.kind == .comment {
            let words = String(decoding: outline.bytes[token.range], as: UTF8.self)
                .split { $0.isWhitespace || $0 == ":" || $0 == "=" }
            for (word, next) in zip(words, words.dropFirst()) where word.hasSuffix("@dialect") {
                found = Dialect(writtenAs: next) ?? found
            }
        }
        return found
    }

    /// The dialect by a name as people may write it: `shadertoy`, `GLSL-Sandbox`.
    public init?(writtenAs name: some StringProtocol) {
        func bare(_ name: some StringProtocol) -> String {
            name.lowercased().filter { $0.isLetter }
        }
        let wanted = bare(name)
        let found = Dialect.allCases.first {
            bare($0.rawValue) == wanted || bare($0.title) == wanted
        }
        guard let found else { return nil }
        self = found
    }
}

extension StageInterface {
    /// Whether names are KodeLife's: the block by which its vertex stage hands things on, or its last pass.
    func isKodeLife(_ version: LanguageVersion?) -> Bool {
        if blocks.contains(where: { block in
            block.storage == "in" && block.name == "VertexData"
                && block.members.contains {
                    ["v_position", "v_normal", "v_texcoord"].contains($0.name)
                }
        }) {
            return true
        }
        let inputs = variables("in", "varying").map(\.name)
        if uniform("prevPass") != nil {
            // In later versions than its own the name alone is other people's, too.
            return version.map { $0.isES || $0.number <= 150 } ?? true
                || inputs.contains { $0.hasPrefix("v_") }
                || ["time", "resolution", "mouse", "spectrum", "prevFrame"].contains {
                    uniform($0) != nil
                }
        }
        // Its projects for OpenGL ES have varyings in place of the block.
        return (uniform("spectrum")?.type == "vec3" || uniform("prevFrame") != nil)
            && (uniform("time") != nil || uniform("resolution") != nil)
    }

    /// Whether names are GLSL Sandbox's, in a text for WebGL.
    func isGLSLSandbox(_ version: LanguageVersion?) -> Bool {
        guard version == nil || version?.number == 100 else { return false }
        let inputs = variables("varying", "in")
        if inputs.contains(where: { $0.name == "surfacePosition" && $0.type == "vec2" }) {
            return true
        }
        // Its own vertex stage hands on nothing else. What wants more is written for another's, as three.js' is.
        guard inputs.isEmpty else { return false }
        return uniform("time")?.type == "float" || uniform("resolution")?.type == "vec2"
            || uniform("mouse")?.type == "vec2" || uniform("surfaceSize")?.type == "vec2"
    }
}

extension SourceOutline {
    /// The index of RiftRay's entry where it is defined: `vec3 getSceneColor(vec3 ro, vec3 rd)`.
    var sceneColor: Int? {
        definition(of: "getSceneColor", returning: "vec3").flatMap { index in
            // Another function by that name is the user's own; one that is half typed is not told yet.
            ["vec3", "vec3"].starts(with: parameterTypes(index)) ? index : nil
        }
    }

    /// Whether a macro says that it is one of Processing's, which has GLSL Sandbox's names and pictures of its own.
    var isProcessing: Bool {
        directives.contains {
            $0.name == "define" && $0.items.count > 1
                && text($0.items[1]).hasPrefix("PROCESSING_")
        }
    }

    /// Whether one of Shadertoy's entries is defined, those that make no picture included.
    var definesToyEntry: Bool {
        defines("mainImage") || defines("mainVR") || defines("mainCubemap")
            || definition(of: "mainSound", returning: "vec2") != nil
    }
}
