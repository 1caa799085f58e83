extension KnownUniform {
    /// GLSL Sandbox's names, and those of the editors that took them over.
    ///
    /// It reads its own picture without smoothing.
    static let glslSandbox: [KnownUniform] =
        all("time", time, .builtin(.time))
        + all("resolution", size, .builtin(.resolution))
        + all("mouse", place, .builtin(.pointerShare))
        + all("surfaceSize", ["vec2"], .constant([1, 1]))
        + all("backbuffer bbuff", flat, .previousPicture, Sampling(.nearest))
        + all("keyboard", flat, .picture(.keyboard), Sampling(.nearest))
        + all("spectrum samples", flat, .picture(.spectrum), note: silence)
        + all("volume", time, .constant([0]), note: silence)

    /// The samplers of a source that GLSL Sandbox does not fill: they read the picture of the frame before.
    ///
    /// There that picture is in the unit which every sampler has that nobody sets, whatever it is called. Names of
    /// other programs' pictures, and those that say what they are, are none of them.
    static func unfilled(in source: SketchSource) -> [KnownUniform] {
        var names: Set<String> = []
        for (part, text) in source.parts where part.stage != nil || part == .common {
            for uniform in SourceOutline(text.text).interface.variables("uniform")
            where uniform.type == "sampler2D" && uniform.array == nil {
                names.insert(uniform.name)
            }
        }
        return names.filter { name in
            let lower = name.lowercased()
            let bare = String(lower.reversed().drop { $0.isNumber }.reversed())
            let isNumbered =
                bare != lower && ["texture", "tex", "u_tex", "u_texture"].contains(bare)
            return !isNumbered && !glslSandbox.contains { $0.name == name }
                && !Words.channels.contains(name)
                && !["fft", "spectrum", "audio", "sound", "music", "noise", "random", "grain"]
                    .contains { lower.contains($0) }
        }.sorted().flatMap { all($0, flat, .previousPicture, Sampling(.nearest)) }
    }
}
