// Layers of arcs.
float hash(vec2 p) { return fract(sin(dot(p, vec2(12.9898, 78.233))) * 43758.5453); }

float tile(vec2 p) {
    vec2 i = floor(p);
    vec2 f = fract(p) - 0.5;
    if (hash(i) > 0.5) f.x = -f.x;
    float a = abs(length(f - 0.5) - 0.5);
    float b = abs(length(f + 0.5) - 0.5);
    return min(a, b);
}

void mainImage(out vec4 color, in vec2 pixel) {
    vec2 uv = (pixel - 0.5 * iResolution.xy) / iResolution.y;
    vec3 c = vec3(0.05);
    float layers = 9.0;
    for (float i = 0.0; i < layers; i += 1.0) {
        float z = fract(i / layers + 0.05 * iTime);
        float s = mix(14.0, 1.0, z);
        float d = tile(uv * s + i * 3.7) / s;
        c = mix(c, 0.5 + 0.5 * cos(i + vec3(0.0, 2.0, 4.0)), z * smoothstep(0.02, 0.01, d));
    }
    color = vec4(c, 1.0);
}
