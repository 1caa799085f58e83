extension Assembler {
    /// Assembles Bonzomatic's texts.
    ///
    /// Not there: the images `computeTex` of its branch for compute, which read as zeros; a notice says so.
    static func bonzomatic(_ source: SketchSource) -> Result<AssembledProgram, AssemblyError> {
        var assembly = ProgramAssembly(source, dialect: .bonzomatic)
        assembly.names = KnownUniform.bonzomatic
        // What nobody else fills is a knob of its MIDI section, from 0 to 1.
        assembly.range = 0...1
        return assembly.program()
    }
}
