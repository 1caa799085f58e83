// A flock of paper birds at dusk. The vertex stage says where each bird is, one point a bird;
// the geometry stage folds it out of paper. It surrounds you: iProjection and iView are the eye's.
// @vertices 421 points

out vec3 middle;    // where the bird is, in metres
out vec3 ahead;     // where it flies
out float flap;     // its wings, -1 to 1
flat out int index; // 0 is no bird but the sky

float hash(float n) {
    return fract(sin(n * 12.9898) * 43758.5453);
}

// The flock's way through the air, and a bird's own way within the flock.
vec3 path(float n, float t) {
    float late = t - 2.2 * hash(n + 0.7);
    vec3 lead = vec3(7.0 * sin(0.21 * late), 3.7 + 1.2 * sin(0.34 * late), -17.0 + 6.0 * cos(0.17 * late));
    float a = 6.28318 * hash(n + 1.3) + (0.25 + 0.3 * hash(n + 2.9)) * t;
    float r = 1.5 + 13.0 * pow(hash(n + 3.1), 0.7);
    float up = 2.0 * hash(n + 4.7) - 1.0;
    vec3 own = vec3(r * cos(a), 3.6 * up + 0.7 * sin(2.0 * a + n), 0.75 * r * sin(a));
    // Now and then the flock draws together, and opens again.
    return lead + own * (0.75 + 0.35 * sin(0.27 * late + 2.0 * up));
}

void main() {
    index = gl_VertexID;
    float n = float(index);
    middle = path(n, iTime);
    ahead = normalize(path(n, iTime + 0.05) - middle);
    // Who climbs beats its wings, who sinks glides.
    float climb = smoothstep(-0.25, 0.25, ahead.y);
    flap = 0.35 + mix(0.15, 0.75, climb) * sin((7.0 + 2.0 * hash(n + 5.5)) * iTime + 6.28318 * hash(n + 6.1));
    gl_Position = vec4(middle, 1.0);
}
