extension Assembler {
    /// Assembles KodeLife's texts, for OpenGL (`in VertexData { … } inData`) and for OpenGL ES (`varying vec2 v_texcoord`).
    ///
    /// Not there: pictures of MIDI, of gamepads and of the editor, which KodeLife hands over as textures of any name.
    static func kodelife(_ source: SketchSource) -> Result<AssembledProgram, AssemblyError> {
        var assembly = ProgramAssembly(source, dialect: .kodelife)
        assembly.names = KnownUniform.kodelife
        return assembly.program()
    }
}
