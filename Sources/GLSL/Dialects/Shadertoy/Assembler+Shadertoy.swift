extension Assembler {
    /// Assembles Shadertoy's texts: `mainImage` and `mainVR`, Buffer A to D and Common as parts of the sketch.
    ///
    /// Not there: `mainSound`, which makes sound, and `mainCubemap`, which draws the sides of a cube; a notice says so.
    static func shadertoy(_ source: SketchSource) -> Result<AssembledProgram, AssemblyError> {
        var assembly = ProgramAssembly(source, dialect: .shadertoy)
        assembly.names = KnownUniform.feedback
        assembly.noted = { VariableNotes($0.outline).values }
        return assembly.program()
    }
}
