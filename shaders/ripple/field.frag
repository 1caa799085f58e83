// Glass that is lit from within: cold in the trough, warm where a wave is high.
in vec3 place;
in vec3 normal;
flat in vec3 bar;
out vec4 color;

void main() {
    vec3 deep = vec3(0.004, 0.020, 0.055), sea = vec3(0.010, 0.26, 0.40), sun = vec3(1.60, 0.50, 0.10);
    vec3 rose = vec3(0.75, 0.06, 0.24);
    float high = clamp(bar.x / 1.15, 0.0, 1.0);
    vec3 tone = mix(sea, rose, smoothstep(0.22, 0.62, high));
    tone = mix(tone, sun, smoothstep(0.55, 0.95, high));
    vec3 light;
    if (normal.z > 0.5) {
        // The lid glows, each a little differently, and shines where the wave turns to the light.
        light = tone * (0.22 + 1.3 * high * high) * (0.6 + 0.8 * bar.z);
        light += vec3(0.55, 0.75, 0.9) * pow(clamp(0.45 * bar.y, 0.0, 1.0), 3.0);
    } else {
        float lit = 0.22 + 0.78 * max(0.0, dot(normal, normalize(vec3(0.6, -0.5, 0.0))));
        float up = clamp(place.z / max(bar.x, 0.05), 0.0, 1.0);
        light = mix(deep, tone * (0.2 + 0.9 * high), up * up) * lit;
    }
    // Far bars sink into the night.
    float far = distance(place.xy, vec2(0.0, -9.5));
    float near = smoothstep(17.5, 6.5, far);
    color = vec4(light * near, near);
}
