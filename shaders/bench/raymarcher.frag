// Spheres and boxes on a floor: a distance field, soft shadows, ambient occlusion.
float box(vec3 p, vec3 b) {
    vec3 q = abs(p) - b;
    return length(max(q, 0.0)) + min(max(q.x, max(q.y, q.z)), 0.0);
}

float map(vec3 p) {
    float d = p.y + 1.0;
    for (int i = 0; i < 5; i++) {
        float a = float(i) * 1.2566 + 0.3 * iTime;
        vec3 c = vec3(2.0 * cos(a), 0.3 * sin(iTime + float(i)), 2.0 * sin(a));
        d = min(d, i % 2 == 0 ? length(p - c) - 0.6 : box(p - c, vec3(0.45)) - 0.05);
    }
    return d;
}

vec3 normal(vec3 p) {
    vec2 e = vec2(0.001, 0.0);
    return normalize(vec3(map(p + e.xyy) - map(p - e.xyy), map(p + e.yxy) - map(p - e.yxy),
                          map(p + e.yyx) - map(p - e.yyx)));
}

float shadow(vec3 p, vec3 l) {
    float s = 1.0;
    float t = 0.05;
    for (int i = 0; i < 24; i++) {
        float h = map(p + l * t);
        s = min(s, 10.0 * h / t);
        t += clamp(h, 0.05, 0.4);
        if (s < 0.01 || t > 6.0) break;
    }
    return clamp(s, 0.0, 1.0);
}

void mainImage(out vec4 color, in vec2 pixel) {
    vec2 uv = (2.0 * pixel - iResolution.xy) / iResolution.y;
    vec3 o = vec3(0.0, 1.2, -5.0);
    vec3 d = normalize(vec3(uv, 1.6));
    float t = 0.0;
    bool hit = false;
    for (int i = 0; i < 90 && t < 25.0; i++) {
        float h = map(o + d * t);
        if (h < 0.001 * t) { hit = true; break; }
        t += h;
    }
    vec3 c = vec3(0.4, 0.55, 0.8) - 0.4 * d.y;
    if (hit) {
        vec3 p = o + d * t;
        vec3 n = normal(p);
        vec3 l = normalize(vec3(0.6, 0.8, -0.4));
        float ao = 0.0;
        for (int i = 1; i <= 5; i++) {
            float h = 0.08 * float(i);
            ao += (h - map(p + n * h)) / float(i);
        }
        c = mix(vec3(0.9, 0.6, 0.4), vec3(0.5), step(p.y, -0.98));
        c *= 0.2 * (1.0 - clamp(ao, 0.0, 1.0)) + max(dot(n, l), 0.0) * shadow(p + n * 0.01, l);
    }
    color = vec4(sqrt(c), 1.0);
}
