/// Pictures that come from outside, and what stands in for them.
extension ISFBuilder {
    /// The sizes of these are those of what is shown: hosts draw a filter as large as its picture is.
    private static let filtered: Set<String> = ["inputImage", "startImage", "endImage"]

    /// All that the code can call a picture from outside.
    var images: [String] {
        header.inputs.compactMap {
            if case .image = $0.kind { $0.name } else { nil }
        }
    }

    /// A filter's picture that nobody declares and the texts read; some hosts hand it to all of them.
    static func forgotten(in texts: [SourceOutline], header: ISFHeader) -> ISFInput? {
        let name = "inputImage"
        guard !header.names.contains(name), texts.contains(where: { $0.mentions(name) }),
            !texts.contains(where: { text in
                text.isDefined(name) || text.declaresLocally(name)
                    || text.globals.contains { $0.name == name }
            })
        else { return nil }
        return ISFInput(name: name, kind: .image, place: JSONPlace(line: 1, column: 1))
    }

    /// What an input reads, and how.
    func image(_ name: String) -> (PictureSource, Sampling) {
        guard let texture = source.plan.texture(name) else {
            if Self.previousNames.contains(name.lowercased()) {
                return (.previous(Self.shown), Sampling())
            }
            // Of a transition's two pictures each stands in for itself: otherwise nothing would be seen of it.
            return (["endImage", "to"].contains(name) ? .secondTest : .test, Sampling())
        }
        return (.texture(texture.name), texture.sampling)
    }

    /// Inputs into which people lead a source's own picture back, where hosts have cables for that; without one, that
    /// is what they are for.
    private static let previousNames: Set<String> = [
        "backbuffer", "prev", "previous", "prevframe", "previousframe", "texpreviousframe",
        "ipreviousframe", "lastframe",
    ]

    /// Whether a picture counts as large as the shown one, whatever it has: also what stands in for a missing one.
    func isScaled(_ name: String) -> Bool {
        Self.filtered.contains(name) || source.plan.texture(name) == nil
    }

    /// The pass that draws an input's picture as large as what is shown.
    static func copyName(_ name: String) -> String { "\(name).picture" }

    /// A pass that shows another picture, however large and of whatever kind it is.
    static func copy(
        of picture: PictureSource, sampling: Sampling, as name: String
    ) -> AssembledPass {
        let fragment = """
            #version 450 core
            uniform sampler2D phosphor_picture;
            uniform vec2 phosphor_size;
            layout(location = 0) out vec4 phosphor_color;
            void main() {
                phosphor_color = texture(phosphor_picture, gl_FragCoord.xy / phosphor_size);
            }

            """
        let vertex = """
            #version 450 core
            void main() {
                vec2 corner = vec2((gl_VertexID << 1) & 2, gl_VertexID & 2);
                gl_Position = vec4(2.0 * corner - 1.0, 0.0, 1.0);
            }

            """
        return AssembledPass(
            name: name,
            stages: [
                AssembledStage(
                    stage: .vertex, text: vertex, lineMap: .generated, isGenerated: true),
                AssembledStage(
                    stage: .fragment, text: fragment, lineMap: .generated, isGenerated: true),
            ],
            bindings: [
                UniformBinding("phosphor_picture", .sampler(picture, sampling)),
                UniformBinding("phosphor_size", .builtin(.resolution)),
            ])
    }
}
