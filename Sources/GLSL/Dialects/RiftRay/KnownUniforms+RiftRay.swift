extension KnownUniform {
    /// What RiftRay declares besides Shadertoy's names.
    static let riftray: [KnownUniform] =
        all("mvmtx", ["mat4"], .builtin(.view))
        + all("prmtx", ["mat4"], .builtin(.projection))
        + all("obmtx", ["mat4"], .builtin(.model))
        + all("u_eyeballCenterTweak u_trigger", time, .constant([0]))
        + all("u_fov_y_scale", time, .constant([1]))
}
