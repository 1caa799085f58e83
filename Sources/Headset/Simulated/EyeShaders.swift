/// The shaders of the simulated headset's compositor: one triangle that covers the picture, a ray for each pixel.
enum EyeShaders {
    static let vertex = """
        #version 430 core
        uniform vec4 uView;     // tangents: left, down, width, height
        out vec3 vRay;          // in the eye's space
        void main() {
            vec2 place = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0;
            vRay = vec3(uView.xy + place * uView.zw, -1.0);
            gl_Position = vec4(place * 2.0 - 1.0, 0.0, 1.0);
        }
        """

    static let world = """
        #version 430 core
        uniform sampler2D uPicture;
        uniform vec4 uFrom;     // tangents of the eye that it was drawn for
        uniform mat3 uLook;     // from this eye's space to that eye's
        uniform vec4 uPart;
        uniform vec2 uInner;
        uniform sampler2D uDepth;
        uniform vec4 uDepthPart;
        uniform vec2 uPlanes;   // near and far in metres; 0 where there is no depth
        uniform vec3 uEye;      // where this eye is, in that eye's space
        in vec3 vRay;
        out vec4 fragment;
        vec2 placeOf(vec3 point) { return (point.xy / -point.z - uFrom.xy) / uFrom.zw; }
        // How far before that eye lies what its picture shows there, in metres.
        float distanceAt(vec2 place) {
            float depth = textureLod(uDepth, uDepthPart.xy + place * uDepthPart.zw, 0.0).r;
            return uPlanes.x * uPlanes.y / (uPlanes.y - depth * (uPlanes.y - uPlanes.x));
        }
        // Where that eye has what lies on a ray of this eye's, so far before that eye.
        vec2 placeAt(vec3 ray, float away) {
            return placeOf(uEye + ray * ((away + uEye.z) / -ray.z));
        }
        void main() {
            vec3 ray = uLook * vRay;
            vec2 place = placeOf(ray);
            if (uPlanes.y > 0.0) {
                // Along the ray from near to far, until it meets what the picture shows. Where it only passes behind
                // something, what lies there was never seen: the last place before that stands in.
                float most = 1.0 / max(uPlanes.x, 0.05);
                float before = most, behind = 0.0;
                vec2 seen = place;
                for (int i = 0; i < 256 && behind == 0.0; i++) {
                    float share = most * (1.0 - float(i) / 256.0);
                    vec2 next = placeAt(ray, 1.0 / share);
                    float found = distanceAt(clamp(next, 0.0, 1.0));
                    if (found > 1.0 / share)
                        seen = next;
                    else if (found > 0.995 / before)
                        behind = share;
                    before = behind == 0.0 ? share : before;
                }
                for (int i = 0; i < 8 && behind > 0.0; i++) {
                    float middle = 0.5 * (before + behind);
                    if (distanceAt(clamp(placeAt(ray, 1.0 / middle), 0.0, 1.0)) <= 1.0 / middle)
                        behind = middle;
                    else
                        before = middle;
                }
                if (behind > 0.0) {
                    place = placeAt(ray, 1.0 / behind);
                } else if (distance(seen, place) > 1e-5) {
                    // Depth is coarser than the picture: a little farther from the edge.
                    place = seen + normalize(seen - place) * 2.0 / (uDepthPart.zw * vec2(textureSize(uDepth, 0)));
                }
            }
            if (ray.z >= 0.0 || clamp(place, 0.0, 1.0) != place) discard;
            place = clamp(place, uInner, 1.0 - uInner);
            fragment = vec4(textureLod(uPicture, uPart.xy + place * uPart.zw, 0.0).rgb, 1.0);
        }
        """

    static let quad = """
        #version 430 core
        uniform sampler2D uPicture;
        uniform vec3 uEye;      // in the rectangle's space, as the ray
        uniform mat3 uLook;
        uniform vec2 uSize;
        uniform float uBlended;
        uniform vec4 uPart;
        uniform vec2 uInner;
        in vec3 vRay;
        out vec4 fragment;
        void main() {
            vec3 ray = uLook * vRay;
            vec2 place = (uEye.xy - ray.xy * (uEye.z / ray.z)) / uSize + 0.5;
            vec2 across = dFdx(place) * uPart.zw, up = dFdy(place) * uPart.zw;
            if (uEye.z <= 0.0 || ray.z >= 0.0 || clamp(place, 0.0, 1.0) != place) discard;
            place = clamp(place, uInner, 1.0 - uInner);
            vec4 color = textureGrad(uPicture, uPart.xy + place * uPart.zw, across, up);
            fragment = mix(vec4(color.rgb, 1.0), color, uBlended);
        }
        """
}
