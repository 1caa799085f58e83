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
    /// Cheap on purpose: software GL draws it, too.
    static let idle = """
        #version 430 core
        uniform vec2 uSize;
        uniform float uTime;
        uniform bool uLinear;
        in vec2 vPlace;
        out vec4 fragment;
        void main() {
            const float turn = 6.2831853 / 240.0;  // everything comes round after 240 s
            vec2 place = (vPlace - 0.5) * vec2(uSize.x / uSize.y, 1.0);
            vec2 beam = vec2(0.42 * sin(uTime * turn * 7.0), -0.12 + 0.10 * sin(uTime * turn * 11.0));
            vec2 away = place - beam;
            float breath = 0.8 + 0.2 * sin(uTime * turn * 30.0);
            float glow = breath / (1.0 + 9.0 * dot(away, away));
            vec3 color = mix(vec3(0.020, 0.030, 0.036), vec3(0.052, 0.078, 0.090), vPlace.y);
            color += vec3(0.05, 0.30, 0.20) * glow * glow;
            // A grain under one step of a byte keeps the slow gradient from showing bands.
            float grain = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
            color += (grain - 0.5) / 255.0;
            if (uLinear) color = pow(color, vec3(2.2));
            fragment = vec4(color, 1.0);
        }
        """
}
