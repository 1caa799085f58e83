// A new sketch that surrounds you. Each pixel gets the place of your eye and the way it looks:
// metres, x right, y up, z towards you. You stand at the origin; your eyes are 1.6 m up.

vec3 scene(vec3 eye, vec3 ray) {
    // The ground is a grid; above it, a sky with a glow.
    vec3 sky = mix(vec3(0.9, 0.5, 0.35), vec3(0.08, 0.12, 0.30), smoothstep(0.0, 0.5, ray.y));
    if (ray.y < 0.0) {
        vec2 p = eye.xz - eye.y * ray.xz / ray.y;
        vec2 line = abs(fract(p) - 0.5);
        float far = exp(-0.06 * length(p - eye.xz));
        sky = mix(sky, vec3(0.05, 0.07, 0.10) + 0.4 * smoothstep(0.46, 0.5, max(line.x, line.y)), far);
    }

    // A ball that floats ahead of you.
    vec3 o = eye - vec3(0.0, 1.5 + 0.1 * sin(iTime), -2.0);
    float b = dot(o, ray);
    float d = b * b - dot(o, o) + 0.25;
    if (d < 0.0 || b > 0.0) return sky;
    vec3 n = normalize(o + ray * (-b - sqrt(d)));
    return (0.5 + 0.5 * cos(3.0 * n + vec3(0.0, 1.0, 2.0) + iTime)) * (0.6 + 0.4 * n.y);
}

// For each eye, in a headset.
void mainVR(out vec4 color, in vec2 pixel, in vec3 eye, in vec3 ray) {
    color = vec4(scene(eye, ray), 1.0);
}

// In a window: a camera that looks about.
void mainImage(out vec4 color, in vec2 pixel) {
    vec2 p = (2.0 * pixel - iResolution.xy) / iResolution.y;
    float a = 0.3 * sin(0.4 * iTime);
    vec3 ray = normalize(vec3(0.6 * p, -1.0));
    ray.xz = mat2(cos(a), sin(a), -sin(a), cos(a)) * ray.xz;
    color = vec4(scene(vec3(0.0, 1.6, 0.0), ray), 1.0);
}
