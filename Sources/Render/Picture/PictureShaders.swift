/// The shaders of the picture under the panels: one triangle that covers the surface.
enum PictureShaders {
    static let vertex = """
        #version 430 core
        out vec2 vPlace;    // 0 to 1, from the lower left
        void main() {
            vPlace = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0;
            gl_Position = vec4(vPlace * 2.0 - 1.0, 0.0, 1.0);
        }
        """

    static let picture = """
        #version 430 core
        uniform sampler2D uPicture;
        uniform vec2 uScale;
        uniform vec2 uOffset;
        in vec2 vPlace;
        out vec4 fragment;
        void main() { fragment = vec4(texture(uPicture, vPlace * uScale + uOffset).rgb, 1.0); }
        """

    /// A dark screen with the afterglow of a beam in it.
    ///
    /// Cheap on purpose, and what is the same for all pixels comes as a uniform: software GL draws
    /// it, too.
    static func idle(linear: Bool) -> String {
        """
        #version 430 core
        uniform vec2 uShape;    // the surface's width by its height, and 1
        uniform vec3 uBeam;     // where the beam is, and how bright
        in vec2 vPlace;
        out vec4 fragment;
        void main() {
            vec2 away = (vPlace - 0.5) * uShape - uBeam.xy;
            float glow = 1.0 / (1.0 + 9.0 * dot(away, away));
            vec3 color = mix(vec3(0.020, 0.030, 0.036), vec3(0.052, 0.078, 0.090), vPlace.y);
            color += vec3(0.05, 0.30, 0.20) * (uBeam.z * glow * glow);
            // A grain under one step of a byte keeps the slow gradient from showing bands.
            float step = fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715)));
            float grain = fract(52.9829189 * step);
            color += (grain - 0.5) / 255.0;
            fragment = vec4(\(linear ? "pow(color, vec3(2.2))" : "color"), 1.0);
        }
        """
    }
}
