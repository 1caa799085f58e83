extension KnownUniform {
    /// KodeLife's names, as its new projects have them.
    ///
    /// KodeLife lets its user name each parameter; these are the names that it proposes. The matrices turn nothing: what
    /// it draws by default is a flat square over the picture.
    static let kodelife: [KnownUniform] =
        all("time", time, .builtin(.time))
        + all("resolution", size, .builtin(.resolution))
        + all("mouse", place, .builtin(.pointerShare))
        + all("spectrum", ["vec3"], .constant([0, 0, 0]), note: silence)
        + all("spectrum", flat, .picture(.spectrum), note: silence)
        + all("frame frameNumber", ["int", "float"], .builtin(.frame))
        + all("delta timeDelta frameDelta", time, .builtin(.timeDelta))
        + all("date", ["vec4"], .builtin(.dateFromOne))
        + all("sampleRate", ["float", "int"], .builtin(.sampleRate))
        + all(
            "texture0 texture1 texture2 texture3", flat, .picture(.test),
            Sampling(.linear, .repeat))
        + all("noise", flat, .picture(.noise), Sampling(.linear, .repeat))
        + all("prevFrame", flat, .previousPicture)
        + all("prevPass", flat, .previousPass)
        + all(
            "mvp model view projection", ["mat4"],
            .constant([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]))
        + all("normal normalMatrix", ["mat3"], .constant([1, 0, 0, 0, 1, 0, 0, 0, 1]))
}
