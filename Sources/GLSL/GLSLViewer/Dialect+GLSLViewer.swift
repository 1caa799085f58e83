extension SourceOutline {
    /// Whether names in the code are glslViewer's, and no other dialect's: asked where there is a `main` of its own.
    var isGLSLViewer: Bool { false }
}
