// A lamp on a pendulum writes in the dark, and a kaleidoscope of seven mirrors sees it.
// GLSL Sandbox's names: time, mouse, resolution; backbuffer is the picture of the frame before.

#ifdef GL_ES
precision highp float;
#endif

uniform float time;
uniform vec2 mouse;
uniform vec2 resolution;
uniform sampler2D backbuffer;

const float mirrors = 7.0;
const float pi = 3.14159265;

float hash(vec2 p) {
    vec3 q = fract(vec3(p.xyx) * 0.1031);
    q += dot(q, q.yzx + 33.33);
    return fract((q.x + q.y) * q.z);
}

// Where the lamp is: four swings, two of them always about to fall out of step.
vec2 lamp(float t) {
    float a = 1.000 * t;
    float b = 1.503 * t + 0.4 * sin(0.11 * t);
    float c = 2.497 * t + 1.3;
    vec2 p = 0.25 * vec2(sin(a), cos(1.002 * a)) + 0.13 * vec2(sin(b), -cos(b)) + 0.07 * vec2(cos(c), sin(c));
    return p * (1.0 + 0.18 * sin(0.23 * t)) + 0.05 * (mouse - 0.5);
}

// Each place as the mirrors have it: all sectors become the first one.
vec2 folded(vec2 p) {
    float angle = atan(p.y, p.x) + 0.02 * time;
    float sector = 2.0 * pi / mirrors;
    angle = abs(mod(angle + 0.5 * sector, sector) - 0.5 * sector);
    return length(p) * vec2(cos(angle), sin(angle));
}

float stroke(vec2 p, vec2 a, vec2 b) {
    vec2 along = b - a;
    float at = clamp(dot(p - a, along) / max(dot(along, along), 1e-7), 0.0, 1.0);
    return length(p - a - at * along);
}

void main() {
    vec2 p = (gl_FragCoord.xy - 0.5 * resolution) / resolution.y;
    float pixel = 1.0 / resolution.y;

    // A byte cannot lose less than one step: each pixel has its own moments to lose one, 14 a second.
    vec3 old = texture2D(backbuffer, gl_FragCoord.xy / resolution).rgb;
    float own = 14.0 * time + hash(gl_FragCoord.xy);
    old -= (floor(own) - floor(own - 14.0 / 60.0)) * vec3(1.0, 1.35, 0.8) / 255.0;

    // New light: the lamp's way in the last moment, as the mirrors show it.
    vec2 q = folded(p);
    float near = 1.0;
    vec2 last = folded(lamp(time));
    for (int i = 1; i <= 3; i++) {
        vec2 next = folded(lamp(time - 0.012 * float(i)));
        near = min(near, stroke(q, last, next));
        last = next;
    }
    float width = 0.9 * pixel + 0.0005;
    vec3 light = 0.55 + 0.45 * cos(0.37 * time + vec3(0.0, 1.1, 2.5) - 3.0 * length(p));
    vec3 fresh = light * exp(-near * near / (width * width)) * 0.60;
    fresh += vec3(1.0, 0.95, 0.9) * 0.16 * exp(-near * near / (0.3 * width * width));
    fresh += light * 0.000006 / (near * near + 0.0012);

    vec3 night = vec3(0.020, 0.018, 0.045) * exp(-2.0 * dot(p, p));
    gl_FragColor = vec4(max(max(old, night), max(old, 0.0) + fresh * (1.0 - 0.7 * old)), 1.0);
}
