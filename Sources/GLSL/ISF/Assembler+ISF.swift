extension Assembler {
    /// Assembles a source in the Interactive Shader Format.
    static func isf(_ source: SketchSource) -> Result<AssembledProgram, AssemblyError> {
        plain(source, dialect: .isf)
    }
}
