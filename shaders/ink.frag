// Two inks fall into clear water and curl around each other. Touch the water with the pointer.
// glslViewer's names: DOUBLE_BUFFER_0 is a pass that reads its own last picture, u_doubleBuffer0.

#ifdef GL_ES
precision highp float;
#endif

uniform sampler2D u_doubleBuffer0;  // 0.5
uniform vec2 u_resolution;
uniform vec2 u_mouse;
uniform float u_time;
uniform int u_frame;

// In the buffer: the water's spin, the stream that follows from it, and the two inks.
vec4 water(vec2 pixel, vec2 size) {
    return texture2D(u_doubleBuffer0, clamp(pixel, vec2(0.5), size - 0.5) / size);
}

float hash(float n) {
    return fract(sin(n * 91.3458) * 47453.5453);
}

#if defined(DOUBLE_BUFFER_0)

// A drop that hangs at the surface for a while: where it is, and how much comes out of it.
vec3 drop(float n, float aspect) {
    float turn = u_time / 5.0 + 0.37 * n;
    float life = fract(turn);
    float x = aspect * (0.5 + 0.36 * (2.0 * hash(floor(turn) + 17.0 * n) - 1.0));
    return vec3(x + 0.020 * sin(1.9 * u_time + n) + 0.008 * sin(7.0 * u_time), 0.93, smoothstep(0.0, 0.1, life) * smoothstep(0.75, 0.45, life));
}

void main() {
    vec2 size = vec2(textureSize(u_doubleBuffer0, 0));
    vec2 pixel = gl_FragCoord.xy;
    vec2 place = pixel / size.y;

    // A stream's slope, turned by a right angle, is how the water moves: nothing is lost or made by that.
    vec2 x = vec2(1.0, 0.0);
    vec2 y = vec2(0.0, 1.0);
    vec2 speed = vec2(water(pixel + y, size).y - water(pixel - y, size).y,
        water(pixel - x, size).y - water(pixel + x, size).y) * 0.5;
    speed = clamp(speed, -6.0, 6.0);
    vec4 here = water(pixel - speed, size);

    // Ink is heavier than water: where it ends, the water begins to spin.
    vec2 from = pixel - speed;
    vec2 right = water(from + 2.0 * x, size).zw;
    vec2 left = water(from - 2.0 * x, size).zw;
    here.x += 0.018 * (left.x + left.y - right.x - right.y);
    // The water was never quite still.
    here.x += 0.0006 * sin(11.0 * place.x + 0.7 * u_time) * sin(9.0 * place.y - 0.5 * u_time + 3.0 * place.x);
    here.x *= 0.996;

    // The stream is what the spin asks for: a step towards it in each frame, near and far at once.
    float stream = 0.0;
    for (int i = 0; i < 4; i++) {
        float s = i == 0 ? 1.0 : i == 1 ? 3.0 : i == 2 ? 8.0 : 20.0;
        stream += water(pixel + s * x, size).y + water(pixel - s * x, size).y
            + water(pixel + s * y, size).y + water(pixel - s * y, size).y + s * s * here.x * (i == 3 ? 0.5 : 1.0);
    }
    here.y = stream / 16.0;
    vec2 wall = smoothstep(vec2(0.0), vec2(6.0), min(pixel, size - pixel));
    here.y *= wall.x * wall.y;

    // New ink, and a finger that stirs.
    for (int i = 0; i < 6; i++) {
        float n = float(i);
        vec3 d = drop(n, size.x / size.y);
        float amount = 0.42 * d.z * exp(-dot(place - d.xy, place - d.xy) / 0.00020);
        here.zw += amount * (i % 2 == 0 ? vec2(1.0, 0.05) : vec2(0.05, 1.0));
    }
    vec2 finger = place - u_mouse / u_resolution.y;
    if (u_mouse.x > 0.0) here.x += 0.05 * finger.x * exp(-dot(finger, finger) / 0.003);
    here.zw *= 0.9976;
    gl_FragColor = u_frame < 2 ? vec4(0.0) : here;
}

#else

void main() {
    vec2 uv = gl_FragCoord.xy / u_resolution;
    vec2 size = vec2(textureSize(u_doubleBuffer0, 0));
    vec4 w = texture2D(u_doubleBuffer0, uv);

    // A lit sheet behind the glass, and what each ink lets through of it.
    float far = length((uv - vec2(0.5, 0.62)) * vec2(0.9, 1.1));
    vec3 c = mix(vec3(0.98, 0.965, 0.925), vec3(0.58, 0.70, 0.76), smoothstep(0.0, 0.85, far));
    c *= exp(-1.6 * w.z * vec3(2.9, 1.75, 0.62));
    c *= exp(-1.6 * w.w * vec3(0.35, 2.1, 2.0));

    // Folds of ink catch a little light from the side.
    vec2 e = 1.5 / size;
    float thick = w.z + w.w;
    vec2 slope = thick - vec2(dot(texture2D(u_doubleBuffer0, uv + vec2(e.x, 0.0)).zw, vec2(1.0)),
        dot(texture2D(u_doubleBuffer0, uv + vec2(0.0, e.y)).zw, vec2(1.0)));
    c += vec3(0.55, 0.60, 0.70) * clamp(dot(slope, vec2(0.8, -0.6)), -0.10, 0.22) * smoothstep(0.0, 0.5, thick);
    gl_FragColor = vec4(pow(max(c, 0.0), vec3(0.95)), 1.0);
}

#endif
