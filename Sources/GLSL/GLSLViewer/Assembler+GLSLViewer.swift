extension Assembler {
    /// Assembles a source of glslViewer's.
    static func glslViewer(_ source: SketchSource) -> Result<AssembledProgram, AssemblyError> {
        plain(source, dialect: .glslViewer)
    }
}
