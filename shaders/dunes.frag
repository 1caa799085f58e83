#version 300 es
// A desert at the last light: seven rows of dunes, the wind takes sand from their crests.
// A text for OpenGL ES 3.0 with its own main; it declares what it uses, Phosphor fills it by name.
precision highp float;

uniform vec3 iResolution;
uniform float iTime;

out vec4 color;

float hash(vec2 p) {
    vec3 q = fract(vec3(p.xyx) * 0.1031);
    q += dot(q, q.yzx + 33.33);
    return fract((q.x + q.y) * q.z);
}

float noise(vec2 p) {
    vec2 i = floor(p);
    vec2 f = p - i;
    f = f * f * (3.0 - 2.0 * f);
    return mix(mix(hash(i), hash(i + vec2(1.0, 0.0)), f.x),
        mix(hash(i + vec2(0.0, 1.0)), hash(i + vec2(1.0, 1.0)), f.x), f.y);
}

// The outline of a row: long backs that the wind has made steeper on one side.
float crest(float x, float row) {
    float lean = x + 0.32 * sin(1.7 * x + 2.0 * row);
    float high = 0.5 + 0.5 * sin(1.15 * lean + 4.1 * row);
    return 0.72 * high * high + 0.34 * noise(vec2(1.9 * x, 7.0 * row)) + 0.04 * sin(5.0 * lean + row);
}

vec3 sky(vec2 p, vec2 sun) {
    float up = clamp(1.25 * p.y + 0.15, 0.0, 1.0);
    vec3 c = mix(vec3(1.00, 0.50, 0.22), vec3(0.66, 0.22, 0.30), smoothstep(0.0, 0.38, up));
    c = mix(c, vec3(0.13, 0.10, 0.27), smoothstep(0.25, 0.80, up));
    float far = length(p - sun);
    c += vec3(1.00, 0.52, 0.20) * 0.55 * exp(-4.5 * far);
    // Thin clouds lie in stripes, lit from below.
    float cloud = noise(vec2(1.4 * p.x + 0.012 * iTime, 13.0 * p.y)) * noise(vec2(3.7 * p.x - 0.02 * iTime, 29.0 * p.y));
    c += vec3(0.85, 0.28, 0.16) * 0.55 * cloud * smoothstep(0.02, 0.2, p.y) * smoothstep(0.62, 0.15, p.y);
    float disc = smoothstep(0.0022, -0.0022, far - 0.105);
    return mix(c, vec3(1.30, 0.90, 0.52) - 0.35 * (sun.y + 0.10 - p.y), disc);
}

void main() {
    vec2 p = (gl_FragCoord.xy - 0.5 * iResolution.xy) / iResolution.y;
    vec2 sun = vec2(0.26, 0.085);
    float pixel = 1.0 / iResolution.y;
    vec3 c = sky(p, sun);

    for (int i = 0; i < 7; i++) {
        // Rows come nearer: larger, lower, faster past us.
        float row = float(i);
        float near = (row + 1.0) / 7.0;
        float scale = mix(4.2, 0.95, sqrt(near));
        float x = scale * p.x + 0.05 * iTime * (0.25 + near) * scale * 0.55 + 11.0 * row;
        float size = mix(0.055, 0.300, near * near);
        float foot = mix(0.015, -0.620, pow(near, 1.25));
        float top = foot + size * crest(x, row);
        float below = top - p.y;
        float under = max(below, 0.0) / size;

        // A side that looks towards the sun glows, the other one is in its own shade.
        float e = 0.02;
        float slope = (crest(x + e, row) - crest(x - e, row)) / (2.0 * e) * size * scale;
        float lit = smoothstep(-0.42, 0.42, -slope * clamp(4.0 * (p.x - sun.x), -1.0, 1.0) + 0.1);
        float ripple = sin(24.0 * under + 2.2 * x + 3.0 * noise(vec2(2.6 * x, 9.0 * under)));
        vec3 sand = mix(vec3(0.165, 0.052, 0.090), vec3(0.930, 0.355, 0.130), lit * (0.35 + 0.65 * exp(-2.6 * under)));
        sand *= 1.0 + 0.10 * ripple * smoothstep(0.3, 1.0, near) * smoothstep(0.0, 0.2, under);
        sand += vec3(1.00, 0.50, 0.20) * 0.40 * exp(-under / 0.04) * (0.25 + 0.75 * lit);
        sand *= mix(1.0, 0.50, near * near) * mix(1.0, 0.55, smoothstep(0.0, 1.1, under) * near);
        // Far rows stand in the glow of the air.
        vec3 air = mix(vec3(0.98, 0.46, 0.22), vec3(0.74, 0.26, 0.26), smoothstep(0.0, 0.9, abs(p.x - sun.x)));
        sand = mix(sand, air, 0.78 * pow(1.0 - near, 1.3));
        c = mix(c, sand, smoothstep(-pixel, pixel, below));

        // What blows off the crest, in streaks that run with the wind.
        float gust = noise(vec2(1.3 * x - 0.8 * iTime, 3.0 * row)) * smoothstep(0.3, 0.9, noise(vec2(6.0 * x - 2.6 * iTime, -26.0 * below / size + row)));
        c += vec3(1.00, 0.60, 0.32) * 0.30 * near * gust * exp(-abs(below + 0.012) / (0.10 * size)) * step(below, 0.01);
    }

    vec2 q = gl_FragCoord.xy / iResolution.xy - 0.5;
    c *= 1.0 - 0.55 * dot(q, q);
    c = pow(1.0 - exp(-1.75 * c), vec3(0.92));
    color = vec4(c + (hash(gl_FragCoord.xy) - 0.5) / 255.0, 1.0);
}
