import CEpoxy
import Glibc
public import Render

/// What shows where a controller points: a thin beam, and a dot where it meets something.
///
/// Both are blended rectangles out of one small picture, drawn once into a static swapchain of `size`; every frame only
/// says where they stand. The beam turns about its own length towards the eyes.
public enum PointerPicture {
    /// The picture's size in pixels.
    public static let size = ImageSize(width: 128, height: 128)
    /// The picture's mipmaps: the parts lie eight pixels apart.
    public static let mipLevels = 3
    /// How far before the controller the beam begins, and how long it is where it meets nothing, in metres.
    public static let start: Float = 0.05
    /// See `start`.
    public static let reach: Float = 1.2

    /// The beam's width in metres, most of which is glow.
    static let beamWidth: Float = 0.009
    /// The dot's size as seen, in thousandths of its distance, most of which is glow.
    static let dotSize: Float = 36
    /// How far before a panel the dot stands, in metres, so that neither hides the other.
    static let lift: Float = 0.002

    /// The beam's rectangle: from a hand to what it points at, or `reach` far.
    ///
    /// - Returns: nil where hand and goal are too close for a beam.
    public static func beam(
        from aim: Pose, length: Float?, eyes: SIMD3<Float>, picture: any HeadsetSwapchain
    ) -> QuadImage? {
        let direction = aim.orientation.forward
        // It ends shortly before what it meets, so that it leads there and does not cross it.
        let end = length.map { $0 - 0.01 } ?? reach
        guard end > start + 0.01 else { return nil }
        let centre = aim.position + direction * ((start + end) / 2)
        let towards = eyes - centre
        var z = towards - (towards * direction).sum() * direction
        if Headset.length(z) < 1e-4 { z = aim.orientation.rotate(SIMD3(0, 1, 0)) }
        z /= Headset.length(z)
        let pose = Pose(
            position: centre, orientation: Quaternion(x: cross(direction, z), y: direction, z: z))
        return QuadImage(
            image: ImagePart(
                swapchain: picture, x: 16, y: 8, size: ImageSize(width: 16, height: 112)),
            pose: pose, size: SIMD2(beamWidth, end - start), isBlended: true)
    }

    /// The dot's rectangle, on a panel or a screen that stands as `surface` does.
    public static func dot(
        at point: SIMD3<Float>, on surface: Pose, eyes: SIMD3<Float>, picture: any HeadsetSwapchain
    ) -> QuadImage {
        let size = Legibility.metres(dmm: dotSize, distance: Headset.length(point - eyes))
        return QuadImage(
            image: ImagePart(
                swapchain: picture, x: 56, y: 32, size: ImageSize(width: 64, height: 64)),
            pose: Pose(
                position: point + surface.orientation.rotate(SIMD3(0, 0, lift)),
                orientation: surface.orientation),
            size: SIMD2(size, size), isBlended: true)
    }

    /// Draws the picture into the bound framebuffer, whose colours are premultiplied then.
    ///
    /// - Parameters:
    ///   - targetIsLinear: whether the target encodes to sRGB by itself (`GL_FRAMEBUFFER_SRGB` on).
    ///   - accent: the colour, as the theme has it.
    public static func draw(accent: Color, targetIsLinear: Bool) throws {
        let program = try ShaderProgram(
            label: "pointer", vertex: RoomShaders.plain, fragment: shader(linear: targetIsLinear))
        var vertexArray: GLuint = 0
        glGenVertexArrays(1, &vertexArray)
        defer { glDeleteVertexArrays(1, &vertexArray) }
        glBindVertexArray(vertexArray)
        glViewport(0, 0, GLsizei(size.width), GLsizei(size.height))
        glDisable(GLenum(GL_BLEND))
        glDisable(GLenum(GL_DEPTH_TEST))
        glDisable(GLenum(GL_SCISSOR_TEST))
        program.use()
        glUniform3f(program.location("uAccent"), accent.red, accent.green, accent.blue)
        glDrawArrays(GLenum(GL_TRIANGLES), 0, 3)
        glBindVertexArray(0)
        glUseProgram(0)
    }

    private static func shader(linear: Bool) -> String {
        """
        #version 430 core
        uniform vec3 uAccent;
        out vec4 fragment;
        void main() {
            vec2 at = gl_FragCoord.xy;
            vec3 accent = pow(uAccent, vec3(2.2));
            vec3 color = vec3(0.0);
            float alpha = 0.0;
            if (at.x < 40.0) {
                // Along y from the hand: it comes up softly and is almost gone where it ends.
                vec2 place = (at - vec2(16.0, 8.0)) / vec2(16.0, 112.0);
                float along = clamp(place.y, 0.0, 1.0);
                float side = abs(place.x - 0.5) * 2.0;
                float shape = exp(-side * side * 9.0) * step(side, 1.0) * step(abs(place.y - 0.5), 0.5);
                alpha = shape * smoothstep(0.0, 0.12, along) * mix(0.75, 0.10, along);
                color = accent;
            } else {
                // A light disc with a dark line round it, so that it is seen on anything, and a faint glow.
                float away = length(at - vec2(88.0, 64.0)) / 32.0;
                float disc = smoothstep(0.30, 0.24, away);
                float ring = smoothstep(0.42, 0.36, away);
                float glow = 0.22 * exp(-away * away * 5.0) * smoothstep(1.0, 0.8, away);
                alpha = max(max(disc, ring * 0.7), glow);
                color = mix(accent, mix(vec3(0.002), mix(accent, vec3(1.0), 0.55), disc), max(disc, ring));
            }
            vec3 light = color * alpha;
            fragment = vec4(\(linear ? "light" : "pow(light, vec3(1.0 / 2.2))"), alpha);
        }
        """
    }
}
