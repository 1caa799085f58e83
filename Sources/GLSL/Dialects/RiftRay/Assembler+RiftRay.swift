extension Assembler {
    /// Assembles RiftRay's texts: `getSceneColor`, Shadertoy's names, and what comments say.
    static func riftray(_ source: SketchSource) -> Result<AssembledProgram, AssemblyError> {
        var assembly = ProgramAssembly(source, dialect: .riftray)
        assembly.names = KnownUniform.riftray + KnownUniform.feedback
        assembly.macro = Dialect.riftrayMacro
        assembly.noted = { VariableNotes($0.outline).values }
        assembly.textures = { part in
            VariableNotes(part.outline).textures.mapValues { note in
                let place = part.place(note.line)
                return TexturePlan(
                    name: note.file, paths: [note.file],
                    place: SourcePlace(file: place.file, line: place.line))
            }
        }
        return assembly.program()
    }
}
