import GLSL

/// From the key to the picture of a program with all five stages that draw.
struct StagesBench {
    let effort: Double

    func run(_ report: inout BenchReport) throws {
        report.title(
            "stages: milliseconds from key to picture, 640x360, a program of five stages, each key another text"
        )
        print("  goal: p50 no more than 1.15 times the floor")
        let bench = try BenchHost(texts: Self.texts, name: "stages")
        let keys = try KeySamples(bench, samples: max(3, Int(30 * effort)))
        keys.tell("stages", "five stages", &report)
        guard keys.steps.allSatisfy({ !$0.isEmpty }) else { return }
        report.add(
            "stages", "in the guest",
            list: zip(["compile", "link", "first draw", "whole draw"], keys.steps).map {
                ($0, Samples($1).median)
            })
    }

    /// One patch over the whole picture, cut into triangles, each of which shrinks a little.
    private static let texts: [SketchPart: String] = [
        SketchPart(.vertex): """
        void main() {
            vec2 corner = vec2((gl_VertexID << 1) & 2, gl_VertexID & 2);
            gl_Position = vec4(corner * 2.0 - 1.0, 0.0, 1.0);
        }

        """,
        SketchPart(.tessellationControl): """
        layout(vertices = 3) out;
        void main() {
            gl_out[gl_InvocationID].gl_Position = gl_in[gl_InvocationID].gl_Position;
            if (gl_InvocationID == 0) {
                for (int i = 0; i < 3; i++) gl_TessLevelOuter[i] = 12.0;
                gl_TessLevelInner[0] = 12.0;
            }
        }

        """,
        SketchPart(.tessellationEvaluation): """
        layout(triangles, equal_spacing, ccw) in;
        void main() {
            gl_Position = gl_TessCoord.x * gl_in[0].gl_Position
                + gl_TessCoord.y * gl_in[1].gl_Position + gl_TessCoord.z * gl_in[2].gl_Position;
        }

        """,
        SketchPart(.geometry): """
        layout(triangles) in;
        layout(triangle_strip, max_vertices = 3) out;
        out vec3 edge;
        void main() {
            vec4 middle = (gl_in[0].gl_Position + gl_in[1].gl_Position + gl_in[2].gl_Position) / 3.0;
            for (int i = 0; i < 3; i++) {
                gl_Position = mix(gl_in[i].gl_Position, middle, 0.05 + 0.05 * sin(iTime));
                edge = vec3(i == 0, i == 1, i == 2);
                EmitVertex();
            }
            EndPrimitive();
        }

        """,
        SketchPart(.fragment): KeystrokeBench.typedLine + """
            )
            in vec3 edge;
            out vec4 color;
            void main() {
                float near = min(edge.x, min(edge.y, edge.z));
                color = vec4(0.5 + 0.5 * cos(iTime + near * 9.0 + vec3(0.0, 2.0, 4.0)), 1.0);
            }

            """,
    ]
}
