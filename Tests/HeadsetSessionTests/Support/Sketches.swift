/// Sketches that the tests in a headset look at.
enum Sketches {
    /// A red ball of 20 cm, two metres ahead of where the head begins, in blue; it surrounds the user.
    static let ball = """
        void mainImage(out vec4 color, in vec2 pixel) { color = vec4(0.0, 0.3, 0.0, 1.0); }

        void mainVR(out vec4 color, in vec2 pixel, in vec3 ro, in vec3 rd) {
            rd = normalize(rd);
            vec3 away = ro - vec3(0.0, 1.6, -2.0);
            float b = dot(away, rd);
            bool hit = b < 0.0 && b * b > dot(away, away) - 0.01;
            color = hit ? vec4(1.0, 0.0, 0.0, 1.0) : vec4(0.0, 0.0, 0.3, 1.0);
        }

        """

    /// A red post before a green wall, by vertices and with depth.
    static let post = """
        #pragma stage vert
        // @vertices 12
        out vec3 vColor;
        void main() {
            bool isPost = gl_VertexID < 6;
            vec2 corner = vec2[6](vec2(-1, -1), vec2(1, -1), vec2(1, 1), vec2(-1, -1), vec2(1, 1), vec2(-1, 1))[gl_VertexID % 6];
            vec3 place = isPost ? vec3(corner * vec2(0.03, 3.0), -0.5) : vec3(corner * 60.0, -5.0);
            vColor = isPost ? vec3(1, 0, 0) : vec3(0, 0.3, 0);
            gl_Position = iProjection * iView * vec4(place + vec3(0, 1.6, 0), 1.0);
        }
        #pragma stage frag
        in vec3 vColor;
        out vec4 color;
        void main() { color = vec4(vColor, 1.0); }

        """

    /// Where the ball's middle is.
    static let ballPlace = SIMD3<Float>(0, 1.6, -2)

    /// The same; the ground's brightness runs in a circle of a second, and past ten minutes it never ends.
    static let moving = """
        void mainImage(out vec4 color, in vec2 pixel) { color = vec4(0.0, 0.3, 0.0, 1.0); }

        void mainVR(out vec4 color, in vec2 pixel, in vec3 ro, in vec3 rd) {
            rd = normalize(rd);
            vec3 away = ro - vec3(0.0, 1.6, -2.0);
            float b = dot(away, rd);
            bool hit = b < 0.0 && b * b > dot(away, away) - 0.01;
            float sum = 0.0;
            if (iTime > 600.0)
                for (int i = 0; i < 60000; i++)
                    for (int j = 0; j < 60000; j++) sum += sin(sum + float(i ^ j) + iTime);
            color = hit ? vec4(1.0, sum, 0.0, 1.0) : vec4(0.0, 0.0, 0.1 + 0.2 * fract(iTime), 1.0);
        }

        """

    /// A white disc on green, on a flat picture.
    static let flat = """
        void mainImage(out vec4 color, in vec2 pixel) {
            vec2 place = (pixel - 0.5 * iResolution.xy) / iResolution.y;
            color = length(place) < 0.1 ? vec4(1.0) : vec4(0.0, 0.6, 0.0, 1.0);
        }

        """

    /// A page of code, as people write it, for reading: dark, so that nothing shines through its panel.
    static let page = """
        // waterfall: layers of drifting light
        uniform float uDensity, uSpeed;
        const int LAYERS = 12;
        const vec3 SUN = vec3(0.98, 0.84, 0.62);

        float hash(vec2 p) {
            return fract(sin(dot(p, vec2(127.1, 311.7))) * 43758.5453);
        }

        vec3 layer(vec2 place, float depth) {
            float angle = depth * 6.2831 + iTime * 0.25;
            mat2 turn = mat2(cos(angle), -sin(angle), sin(angle), cos(angle));
            vec2 cell = floor(turn * place * 8.0);
            float light = smoothstep(0.4, 0.9, hash(cell + depth));
            return SUN * light * exp(-depth * 3.0);
        }

        void mainImage(out vec4 color, in vec2 pixel) {
            vec2 place = (2.0 * pixel - iResolution.xy) / iResolution.y;
            vec3 sum = vec3(0.0);
            for (int i = 0; i < LAYERS; i++) sum += layer(place, float(i) / 12.0);
            color = vec4(sum * 0.001, 1.0);
        }

        """

    static func isRed(_ color: SIMD3<UInt8>) -> Bool {
        color.x > 140 && color.y < 90 && color.z < 90
    }
    static func isWhite(_ color: SIMD3<UInt8>) -> Bool {
        color.x > 190 && color.y > 190 && color.z > 190
    }
    static func isGreen(_ color: SIMD3<UInt8>) -> Bool {
        color.y > 90 && color.x < 60 && color.z < 60
    }
}
