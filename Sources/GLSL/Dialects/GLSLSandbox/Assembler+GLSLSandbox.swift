extension Assembler {
    /// Assembles GLSL Sandbox's texts.
    ///
    /// The surface is as it is before anybody drags or zooms it: as high as 1, as wide as the picture's shape has it,
    /// with 0 in the middle.
    static func glslSandbox(_ source: SketchSource) -> Result<AssembledProgram, AssemblyError> {
        var assembly = ProgramAssembly(source, dialect: .glslSandbox)
        assembly.names = KnownUniform.glslSandbox + KnownUniform.unfilled(in: source)
        assembly.vertexInput = { input in
            guard input.name == "surfacePosition", input.type == "vec2" else { return nil }
            return "(corner - 0.5) * vec2(iResolution.x / iResolution.y, 1.0)"
        }
        assembly.replaced = { part in
            // Its size hangs on the picture's, which no uniform of ours has as a share.
            guard let size = part.interface.uniform("surfaceSize"), size.isAlone,
                part.outline.version == nil
            else { return ([], "") }
            return (
                ["surfaceSize"],
                "#define surfaceSize vec2(iResolution.x / iResolution.y, 1.0)\n"
            )
        }
        return assembly.program()
    }
}
