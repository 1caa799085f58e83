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
        in vec3 vRay;
        out vec4 fragment;
        void main() {
            vec3 ray = uLook * vRay;
            vec2 place = (ray.xy / -ray.z - uFrom.xy) / uFrom.zw;
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
