import Foundation
import Render
import Testing

/// What a sketch keeps from frame to frame stays while it is edited.
@Suite(.serialized) struct StateTests {
    let home: Home
    init() throws { home = try Home() }

    /// Paints the picture red for as long as the mouse is down, and keeps what was painted.
    private func painter(_ green: String, name: String = "backbuffer") -> String {
        """
        uniform sampler2D \(name);
        out vec4 color;
        void main() {
            float old = texelFetch(\(name), ivec2(gl_FragCoord.xy), 0).r;
            color = vec4(iMouse.z > 0.0 ? 1.0 : old, \(green), 0.0, 1.0);
        }

        """
    }

    /// The same in a buffer.
    private func buffered(_ green: String, member: String) -> String {
        """
        layout(std430, binding = 3) buffer Paint { float \(member); };
        out vec4 color;
        void main() {
            if (iMouse.z > 0.0) \(member) = 1.0;
            color = vec4(\(member), \(green), 0.0, 1.0);
        }

        """
    }

    private func pixel(_ name: String) throws -> SIMD4<UInt8> {
        try Pixels(pngFile: home.path(name))[5, 5]
    }

    // Tests share their machine with builds: a copy that comes late must not count as lost here.
    private let patient = ["PHOSPHOR_DEADLINE_SCALE": "100"]

    @Test("the pointer is in the middle until it comes, and then where it is, pressed or not")
    func pointer() throws {
        defer { home.remove() }
        let sketch = try home.write(
            "a.frag",
            """
            uniform vec2 mouse, resolution;
            void main() { gl_FragColor = vec4(mouse, mouse.x * resolution.x / 255.0, 1.0); }

            """)
        try home.write(
            "pixels.frag",
            """
            uniform vec2 u_mouse;
            void main() { gl_FragColor = vec4(u_mouse / 255.0, 0.0, 1.0); }

            """)
        let done = try home.play(
            """
            resize 200x100
            wait good
            screenshot before.png
            mouse 50 100
            screenshot moved.png
            replace pixels.frag
            wait good
            screenshot pixels.png
            """, sketch: sketch, environment: patient)
        #expect(done.status == 0, "\(done.errors)")
        #expect(try pixel("before.png") == SIMD4(128, 128, 100, 255))
        #expect(try pixel("moved.png") == SIMD4(64, 0, 50, 255))
        #expect(try pixel("pixels.png") == SIMD4(50, 0, 0, 255))
        let rendered = try home.phosphor(
            "render", sketch, "--size", "200x100", "--out", home.path("drawn.png"))
        #expect(rendered.status == 0, "\(rendered.errors)")
        #expect(try pixel("drawn.png") == SIMD4(128, 128, 100, 255))
    }

    @Test("keys that no text wants go to the picture, each press once")
    func keyboard() throws {
        defer { home.remove() }
        let sketch = try home.write(
            "a.frag",
            """
            uniform sampler2D iPreviousFrame;
            const int KEY_K = 75, KEY_UP = 38;
            void mainImage(out vec4 c, vec2 p) {
                float pressed = texelFetch(iChannel1, ivec2(KEY_K, 1), 0).x;
                c.r = texelFetch(iChannel1, ivec2(KEY_K, 2), 0).x;
                c.g = texelFetch(iPreviousFrame, ivec2(p), 0).g + pressed * 16.0 / 255.0;
                c.b = texelFetch(iChannel1, ivec2(KEY_UP, 2), 0).x;
            }

            """)
        let done = try home.play(
            """
            wait good
            screenshot before.png
            key k
            screenshot once.png
            key k
            key up
            screenshot twice.png
            key ctrl+shift+k
            screenshot command.png
            """, sketch: sketch, environment: patient)
        #expect(done.status == 0, "\(done.errors)")
        #expect(try pixel("before.png") == SIMD4(0, 0, 0, 255))
        #expect(try pixel("once.png") == SIMD4(255, 16, 0, 255))
        #expect(try pixel("twice.png") == SIMD4(0, 32, 255, 255))
        #expect(try pixel("command.png") == SIMD4(0, 32, 255, 255))
    }

    @Test("a painted picture outlives edits, and ends with a rewind")
    func feedback() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", painter("0.0"))
        try home.write("green.frag", painter("1.0", name: "texPreviousFrame"))
        try home.write("plain.frag", "out vec4 color;\nvoid main() { color = vec4(0, 0, 1, 1); }\n")
        let done = try home.play(
            """
            wait good
            screenshot before.png
            mouse 10 10 down
            screenshot painting.png
            mouse 10 10 up
            screenshot painted.png
            status
            replace green.frag
            wait good
            screenshot edited.png
            status
            undo
            wait good
            screenshot undone.png
            rewind
            screenshot rewound.png
            replace plain.frag
            wait good
            status
            """, sketch: sketch, environment: patient)
        #expect(done.status == 0, "\(done.errors)")
        #expect(try pixel("before.png") == SIMD4(0, 0, 0, 255))
        #expect(try pixel("painting.png") == SIMD4(255, 0, 0, 255))
        #expect(try pixel("painted.png") == SIMD4(255, 0, 0, 255))
        #expect(try pixel("edited.png") == SIMD4(255, 255, 0, 255))
        #expect(try pixel("undone.png") == SIMD4(255, 0, 0, 255))
        #expect(try pixel("rewound.png") == SIMD4(0, 0, 0, 255))
        #expect(try done.lines.map { try StatusLine($0).state } == ["kept", "kept", "none"])
    }

    @Test(
        "a buffer outlives edits that leave its layout alone; another layout begins anew, and says so"
    )
    func buffers() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", buffered("0.0", member: "amount"))
        try home.write("green.frag", buffered("1.0", member: "amount"))
        try home.write("other.frag", buffered("1.0", member: "much"))
        let done = try home.play(
            """
            wait good
            mouse 10 10 down
            screenshot painting.png
            mouse 10 10 up
            replace green.frag
            wait good
            screenshot edited.png
            status
            replace other.frag
            wait good
            screenshot other.png
            status
            """, sketch: sketch, environment: patient)
        #expect(done.status == 0, "\(done.errors)")
        #expect(try pixel("edited.png") == SIMD4(255, 255, 0, 255))
        #expect(try pixel("other.png") == SIMD4(0, 255, 0, 255))
        let states = try done.lines.map { try StatusLine($0).state }
        #expect(states == ["kept", "restarted: the layout of Paint changed"])
        #expect(
            done.lines.last?.contains("What the sketch keeps from frame to frame restarts") == true)
    }
}
