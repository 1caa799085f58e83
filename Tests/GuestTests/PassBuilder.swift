import GLSL

@testable import Guest

/// Programs of several passes, put together by hand as an assembler would.
enum PassBuilder {
    /// A pass of these stages; a triangle over the whole picture where it has no vertex stage.
    static func pass(
        _ name: String = "image", _ stages: [Stage: String], target: TargetPlan = .init(),
        draw: DrawPlan? = nil, dispatch: DispatchPlan? = nil, bindings: [UniformBinding] = []
    ) -> AssembledPass {
        var stages = stages
        if stages[.vertex] == nil, stages[.fragment] != nil {
            stages[.vertex] = """
                void main() {
                    gl_Position = vec4(vec2((gl_VertexID << 1) & 2, gl_VertexID & 2) * 2.0 - 1.0, 0, 1);
                }
                """
        }
        return AssembledPass(
            name: name,
            stages: stages.sorted { $0.key < $1.key }.map {
                AssembledStage(
                    stage: $0.key, text: "#version 450 core\n" + $0.value, lineMap: .generated)
            }, target: target, draw: draw, dispatch: dispatch, bindings: bindings)
    }

    static func program(
        _ passes: [AssembledPass], _ change: (inout AssembledProgram) -> Void = { _ in }
    ) -> AssembledProgram {
        var program = AssembledProgram(dialect: .plain, passes: passes)
        change(&program)
        return program
    }

    /// Shows a picture as it is, pixel by pixel.
    static func showing(_ source: PictureSource, scale: String = "1.0") -> AssembledPass {
        pass(
            "image",
            [
                .fragment: """
                uniform sampler2D picture;
                out vec4 color;
                void main() { color = texelFetch(picture, ivec2(gl_FragCoord.xy), 0) * \(scale); }
                """
            ], bindings: [UniformBinding("picture", .sampler(source, Sampling(.nearest)))])
    }

    /// A fragment stage of one colour.
    static func flat(_ color: String) -> [Stage: String] {
        [.fragment: "out vec4 color;\nvoid main() { color = \(color); }"]
    }

    static func renderer(
        _ program: AssembledProgram, width: Int = 32, height: Int = 16,
        resources: [String: Resource] = [:], values: [String: [Double]] = [:]
    ) throws -> FrameRenderer {
        try FrameRenderer(
            program, width: width, height: height, resources: resources, values: values,
            configuration: BuiltProduct.configuration())
    }
}

extension FrameRenderer {
    /// A frame as a picture.
    func image(_ frame: Int = 0, views: [ViewState] = []) throws -> Image {
        Image(
            width: width, height: height,
            bytes: try self.frame(DrawState(time: Double(frame) / 60, frame: frame, views: views)))
    }
}

/// The message of an error that a program must not be drawn with.
func refusal(_ make: () throws -> FrameRenderer) -> String {
    do {
        _ = try make()
        return "it was accepted"
    } catch { return (error as? GuestError)?.description ?? "\(error)" }
}
