extension KnownUniform {
    /// Names that sources of no dialect in particular often have, for what every frame has.
    ///
    /// A text may use these without declaring them. Of what it declares, `GuessedName` knows more.
    ///
    /// `mouse` and its like are taken as 0 to 1, `u_mouse` in pixels, as the programs do that made the names known.
    static let plain: [KnownUniform] =
        all("time u_time uTime Time fGlobalTime globalTime", time, .builtin(.time))
        + all("timeDelta deltaTime u_delta u_deltaTime fFrameTime", time, .builtin(.timeDelta))
        + all("frame u_frame uFrame frameIndex", ["int", "uint", "float"], .builtin(.frame))
        + all(
            "resolution u_resolution uResolution v2Resolution screenResolution Resolution", size,
            .builtin(.resolution))
        + all("mouse uMouse", ["vec2"], .builtin(.pointerShare))
        + all("u_mouse", place, .builtin(.pointer))
        + all("u_date date", ["vec4"], .builtin(.dateFromOne))
        + all(
            "modelViewProjection modelViewProjectionMatrix mvp MVP u_modelViewProjectionMatrix",
            ["mat4"], .builtin(.modelViewProjection))
        + all("projection projectionMatrix u_projectionMatrix", ["mat4"], .builtin(.projection))
        + all("view viewMatrix u_viewMatrix", ["mat4"], .builtin(.view))
        + all("model modelMatrix u_modelMatrix", ["mat4"], .builtin(.model))
        + all("normalMatrix u_normalMatrix", ["mat3", "mat4"], .builtin(.normalMatrix))
        + feedback
        + all("keyboard", flat, .picture(.keyboard), Sampling(.nearest))

    /// The names by which a source reads the picture of the frame before.
    static let feedback = all(
        "backbuffer prevFrame texPreviousFrame iPreviousFrame", flat, .previousPicture)
}
