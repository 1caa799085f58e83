/// The shaders of panels.
///
/// All three draw instanced rectangles given in pixels from the top left; colours come out
/// premultiplied, in sRGB bytes, or in linear light where the target encodes by itself.
enum PanelShaders {
    /// The vertex shaders' first lines.
    ///
    /// Linear or not is a constant, not a uniform: software GL would compute both.
    private static func header(linear: Bool) -> String {
        "#version 430 core\nconst bool cLinear = \(linear);\n" + common
    }

    private static let common = """
        uniform vec2 uSurface;      // pixels
        uniform vec2 uOrigin;       // the panel's top left, pixels
        uniform float uOpacity;

        vec4 premultiplied(vec4 color) {
            if (cLinear) {
                vec3 low = color.rgb / 12.92, high = pow((color.rgb + 0.055) / 1.055, vec3(2.4));
                color.rgb = mix(high, low, lessThanEqual(color.rgb, vec3(0.04045)));
            }
            color.a *= uOpacity;
            return vec4(color.rgb * color.a, color.a);
        }

        """

    private static let rectangle = """
        layout(location = 0) in ivec4 aRect;
        layout(location = 1) in uvec2 aPlace;
        layout(location = 2) in vec4 aColor;
        flat out vec4 vColor;

        vec2 placeCorner() {
            vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
            vec2 local = vec2(aRect.xy) + corner * vec2(aRect.zw);
            vec2 pixel = (uOrigin + local) / uSurface * 2.0 - 1.0;
            gl_Position = vec4(pixel.x, -pixel.y, 0.0, 1.0);
            vColor = premultiplied(aColor);
            return local;
        }

        """

    static func innerVertex(linear: Bool) -> String {
        header(linear: linear) + rectangle + "void main() { placeCorner(); }"
    }

    static let innerFragment = """
        #version 430 core
        flat in vec4 vColor;
        out vec4 fragment;
        void main() { fragment = vColor; }
        """

    static func edgeVertex(linear: Bool) -> String {
        header(linear: linear) + rectangle + """
            flat out uint vKind;
            out vec2 vLocal;
            void main() {
                vLocal = placeCorner();
                vKind = aPlace.x;
            }
            """
    }

    static let edgeFragment = """
        #version 430 core
        uniform vec2 uSize;         // the panel's, pixels
        uniform float uRadius;
        uniform float uReach;       // of the shadow, pixels
        flat in vec4 vColor;
        flat in uint vKind;
        in vec2 vLocal;
        out vec4 fragment;

        float outside(vec2 point) {  // signed distance to the rounded rectangle, negative inside
            vec2 beyond = abs(point - 0.5 * uSize) - 0.5 * uSize + uRadius;
            return length(max(beyond, 0.0)) + min(max(beyond.x, beyond.y), 0.0) - uRadius;
        }

        void main() {
            float distance = outside(vLocal);
            float inside = clamp(0.5 - distance, 0.0, 1.0);
            float coverage = inside;
            if (vKind == 1u) coverage = inside - clamp(-0.5 - distance, 0.0, 1.0);
            if (vKind == 2u) {
                // Lies a little lower than the panel, as if the light came from above.
                float away = clamp(1.0 - outside(vLocal - vec2(0.0, 5.0)) / uReach, 0.0, 1.0);
                coverage = (1.0 - inside) * away * away * away;
            }
            fragment = vColor * coverage;
        }
        """

    static func textVertex(linear: Bool) -> String {
        header(linear: linear) + rectangle + """
            flat out float vBoost;
            out vec2 vTexel;
            void main() {
                vec2 local = placeCorner();
                bool isGlyph = aPlace.y != 0xFFFFu;
                vTexel = isGlyph ? local - vec2(aRect.xy) + vec2(aPlace) : vec2(0.5);
                // Blending sRGB bytes thins light text on dark; linear light would make it too
                // heavy by itself.
                float light = dot(aColor.rgb, vec3(0.3, 0.6, 0.1));
                vBoost = cLinear ? 0.0 : 0.45 * smoothstep(0.25, 0.8, light);
            }
            """
    }

    static let textFragment = """
        #version 430 core
        uniform sampler2D uAtlas;
        flat in vec4 vColor;
        flat in float vBoost;
        in vec2 vTexel;
        out vec4 fragment;
        void main() {
            float coverage = texelFetch(uAtlas, ivec2(vTexel), 0).r;
            fragment = vColor * (coverage + vBoost * coverage * (1.0 - coverage));
        }
        """
}
