#version 150
// Silk that somebody shakes out slowly: folds upon folds, lit from one side.
// KodeLife's names: time, resolution, and the block VertexData that its vertex stage hands on.

uniform float time;
uniform vec2 resolution;

in VertexData {
    vec4 v_position;
    vec3 v_normal;
    vec2 v_texcoord;
} inData;

out vec4 fragColor;

// How high the cloth lies: long folds, bent twice, with finer ones riding on them. The
// exponential makes crests narrow and valleys wide, as cloth falls.
float cloth(vec2 p) {
    p = mat2(0.80, 0.60, -0.60, 0.80) * p;
    float bend = sin(0.9 * p.y + 0.17 * time) + 0.6 * sin(1.7 * p.y - 1.1 * p.x + 0.23 * time + 2.0);
    float x = 2.1 * p.x + 1.1 * bend;
    float sum = exp(1.6 * sin(x + 0.10 * time) - 1.6);
    x += 0.9 * sin(1.3 * p.y + 0.7 * x - 0.13 * time);
    sum += 0.55 * exp(1.4 * sin(1.9 * x + 1.7 * bend) - 1.4);
    x += 0.5 * sin(2.9 * p.y - 0.19 * time + bend);
    sum += 0.24 * exp(1.2 * sin(3.7 * x - 1.3) - 1.2);
    return sum + 0.09 * sin(6.1 * x + 2.0 * p.y + 0.3 * time);
}

// Its slope, and how high it lies on the mean of the same four places.
vec3 surface(vec2 p) {
    const float e = 0.012;
    float right = cloth(p + vec2(e, 0.0));
    float left = cloth(p - vec2(e, 0.0));
    float above = cloth(p + vec2(0.0, e));
    float below = cloth(p - vec2(0.0, e));
    return vec3((right - left) / (2.0 * e), (above - below) / (2.0 * e),
        0.25 * (right + left + above + below));
}

void main() {
    vec2 uv = inData.v_texcoord;
    vec2 p = (uv - 0.5) * vec2(resolution.x / resolution.y, 1.0);

    vec3 s = surface(2.4 * p + vec2(0.03 * time, 0.6));
    vec3 normal = normalize(vec3(-0.75 * s.xy, 1.0));
    vec3 eye = normalize(vec3(-0.35 * p, 1.0));
    vec3 lamp = normalize(vec3(-0.65, 0.75, 0.55));
    vec3 moon = normalize(vec3(0.85, -0.35, 0.40));

    // Threads run one way only, so a highlight is a line across them (after Kajiya and Kay).
    vec3 thread = normalize(cross(normal, vec3(0.35, 1.0, 0.1)));
    vec3 halfway = normalize(lamp + eye);
    float along = dot(thread, halfway);
    float sheen = pow(max(1.0 - along * along, 0.0), 40.0) * max(dot(normal, lamp), 0.0);
    float glint = pow(max(dot(normal, halfway), 0.0), 60.0);
    float rim = pow(1.0 - max(dot(normal, eye), 0.0), 2.0);

    // Two dyes, shot through each other: which one is seen hangs on how the cloth is turned.
    vec3 warp = vec3(0.62, 0.045, 0.115);
    vec3 weft = vec3(0.10, 0.035, 0.26);
    float turned = smoothstep(-0.5, 0.7, dot(normal.xy, normalize(vec2(-0.8, 1.0))));
    vec3 dye = mix(weft, warp, turned);
    float deep = smoothstep(-0.05, 0.95, s.z);

    vec3 c = dye * (0.10 + 1.10 * max(dot(normal, lamp), 0.0)) * mix(0.25, 1.0, deep);
    c += vec3(0.10, 0.16, 0.42) * 0.55 * max(dot(normal, moon), 0.0) * mix(0.4, 1.0, deep);
    c += vec3(1.00, 0.55, 0.38) * 0.80 * sheen * deep;
    c += vec3(1.00, 0.86, 0.70) * 0.55 * glint;
    c += vec3(0.75, 0.20, 0.42) * 0.22 * rim;

    c *= 1.0 - 0.45 * dot(uv - 0.5, uv - 0.5) * 2.0;
    fragColor = vec4(pow(1.0 - exp(-1.7 * c), vec3(0.72)), 1.0);
}
