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
}
