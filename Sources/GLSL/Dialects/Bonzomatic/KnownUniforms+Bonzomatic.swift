extension KnownUniform {
    /// Bonzomatic's names, by its README and the source that it begins with.
    ///
    /// Its textures and its MIDI floats are named by its user in `config.json`: textures are test pictures, floats are
    /// values from 0 to 1, as a knob gives them.
    static let bonzomatic: [KnownUniform] =
        all("fGlobalTime", time, .builtin(.time))
        + all("v2Resolution", size, .builtin(.resolution))
        + all("fFrameTime", time, .builtin(.timeDelta))
        + all(
            "texFFT texFFTSmoothed texFFTIntegrated", ["sampler1D", "sampler2D"],
            .picture(.spectrum), note: silence)
        + all("texPreviousFrame", flat, .previousPicture, Sampling(.linear, .repeat))
        + all("texNoise", flat, .picture(.noise), Sampling(.linear, .repeat))
        + all("texChecker", flat, .picture(.test), Sampling(.linear, .repeat))

    /// The names by which Bonzomatic's sources are known.
    static let bonzomaticMarks = [
        "fGlobalTime", "v2Resolution", "fFrameTime", "texFFT", "texFFTSmoothed",
        "texFFTIntegrated", "texPreviousFrame",
    ]
}
