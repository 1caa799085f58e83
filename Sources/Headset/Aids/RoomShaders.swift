/// The shaders of the calm room: a ray for each pixel.
enum RoomShaders {
    static let vertex = """
        #version 430 core
        uniform vec4 uTangents; // left, down, width, height
        uniform mat3 uTurn;     // from the eye's space to tracking space
        out vec3 vRay;
        void main() {
            vec2 place = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0;
            vRay = uTurn * vec3(uTangents.xy + place * uTangents.zw, -1.0);
            gl_Position = vec4(place * 2.0 - 1.0, 0.0, 1.0);
        }
        """

    /// The same triangle with nothing to say.
    static let plain = """
        #version 430 core
        void main() {
            vec2 place = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0;
            gl_Position = vec4(place * 2.0 - 1.0, 0.0, 1.0);
        }
        """

    /// Colours are mixed as sRGB has them, where even steps look even, and made light at the end.
    static func fragment(linear: Bool) -> String {
        """
        #version 430 core
        uniform vec3 uEye;      // above the floor
        uniform vec3 uScreen;   // x and z of a screen, and how bright
        in vec3 vRay;
        out vec4 fragment;

        // How much of a grid's line falls into a pixel; a line thinner than a pixel is as much fainter instead, so
        // that it never flickers.
        float line(vec2 place, vec2 pixel, float wide) {
            vec2 drawn = max(vec2(wide), pixel * 1.5);
            vec2 away = abs(fract(place - 0.5) - 0.5);
            vec2 edge = smoothstep(drawn * 0.5 + pixel, drawn * 0.5 - pixel * 0.5, away);
            vec2 lines = edge * (wide / drawn);
            return max(lines.x, lines.y);
        }

        // From sRGB, by its own curve: a plain power makes what is as dark as this black.
        vec3 light(vec3 color) {
            return mix(
                color / 12.92, pow((color + 0.055) / 1.055, vec3(2.4)), step(0.04045, color));
        }

        void main() {
            vec3 ray = normalize(vRay);
            float up = ray.y;
            vec3 dusk = vec3(0.098, 0.135, 0.140);
            vec3 night = vec3(0.026, 0.034, 0.042);
            // The sky: lightest low over the horizon, night above.
            vec3 sky = mix(night, dusk, exp(-max(up, 0.0) * 5.5));
            sky += vec3(0.010, 0.030, 0.024) * exp(-max(up, 0.0) * 18.0);

            float reach = uEye.y / max(-up, 1e-3);
            vec2 place = uEye.xz + ray.xz * reach;
            // By the ray and the size of a pixel, not by differences between pixels: these break at the horizon.
            vec2 pixel = fwidth(ray.xz) * reach + abs(ray.xz) * (fwidth(up) * reach / max(-up, 1e-3));
            float away = length(ray.xz * reach);
            vec3 ground = vec3(0.030, 0.040, 0.042);
            ground = mix(dusk * 0.94, ground, exp(-away * 0.055));
            float near = exp(-away * 0.16);
            ground += vec3(0.055, 0.105, 0.080) * line(place, pixel, 0.014) * near;
            vec2 before = place - uScreen.xy;
            ground += vec3(0.030, 0.042, 0.040) * uScreen.z / (1.0 + 0.22 * dot(before, before));

            float horizon = smoothstep(0.012, -0.012, up);
            vec3 color = mix(sky, ground, horizon);
            // A grain under one step of a byte keeps the slow gradients from showing bands.
            float grain = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
            color += (grain - 0.5) / 255.0;
            fragment = vec4(\(linear ? "light(max(color, 0.0))" : "color"), 1.0);
        }
        """
    }
}
