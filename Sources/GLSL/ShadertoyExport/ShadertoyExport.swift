/// What Shadertoy's export of a shader in JSON holds: its texts as parts of a sketch, and what reads what as a plan.
///
/// Both forms are read: that of the site's own export, `[{"ver":…,"info":…,"renderpass":[…]}]`, and that of its
/// interface for programs, `{"Shader":{…}}`; also a list of shaders, of which the first is taken.
///
/// Limitations: sound, video, the camera and volumes have stand-ins; a cube's sides are not drawn. Textures of the
/// site's own are looked for beside the sketch, by the names of their files, but for its noises, which we have.
public struct ShadertoyExport: Sendable, Equatable {
    /// The texts: `common`, `bufferA.frag` to `bufferD.frag`, `frag`, and what nothing here can play.
    public var parts: [SketchPart: StageText]
    /// Passes in their order with what their channels read, and textures; its problems are worth saying only.
    public var plan: SketchPlan
    /// The shader's name; empty where it has none.
    public var title: String
    /// Who made it, as the site has it.
    public var author: String

    /// Whether a text in JSON looks like an export: something in it is called `renderpass`.
    public static func isOne(_ text: String) -> Bool {
        guard let first = text.first(where: { !$0.isWhitespace }), "[{\u{FEFF}".contains(first)
        else {
            return false
        }
        return text.contains("\"renderpass\"")
    }

    /// Reads an export.
    ///
    /// - Parameters:
    ///   - text: the JSON.
    ///   - file: what messages call it.
    /// - Returns: the sketch, or what is wrong, with line and column.
    public static func read(
        _ text: String, file: String = "shadertoy.json"
    ) -> Result<ShadertoyExport, AssemblyError> {
        let reading = JSONReader.read(text)
        guard let value = reading.value else {
            return .failure(
                AssemblyError(
                    diagnostics: reading.mistakes.suffix(1).map { $0.diagnostic(in: file) }))
        }
        var reader = ShadertoyReader(file: file)
        reader.read(value)
        guard reader.errors.isEmpty else {
            return .failure(
                AssemblyError(diagnostics: reader.errors.map { $0.diagnostic(in: file) }))
        }
        var export = reader.export
        export.plan.problems = (reading.mistakes + reader.notices).map { $0.diagnostic(in: file) }
        return .success(export)
    }
}

extension JSONMistake {
    /// The same as a diagnostic of a file that is JSON from its beginning.
    func diagnostic(in file: String) -> Diagnostic {
        Diagnostic(
            isHarmless ? .warning : .error, file: file, line: place.line, column: place.column,
            message: message)
    }
}
