// The shell, turning on its tip.

in vec3 position;
in vec3 normal;
in vec2 texcoord;
out vec3 place;
out vec3 slope;
out vec2 cell;

mat3 turning(float time) {
    float a = 0.25 * time + 0.4, b = 0.42 + 0.06 * sin(0.37 * time);
    mat3 about = mat3(cos(a), 0.0, -sin(a), 0.0, 1.0, 0.0, sin(a), 0.0, cos(a));
    mat3 leaning = mat3(cos(b), sin(b), 0.0, -sin(b), cos(b), 0.0, 0.0, 0.0, 1.0);
    return leaning * about;
}

void main() {
    mat3 turn = turning(iTime);
    place = turn * (position - vec3(0.0, 0.38, 0.0));
    place.y += 0.03 * sin(0.9 * iTime) - 0.14;
    slope = turn * normal;
    cell = texcoord;
    vec3 eye = place - vec3(0.0, 0.1, 5.2);
    vec2 scale = vec2(min(1.0, iResolution.y / iResolution.x), min(1.0, iResolution.x / iResolution.y)) * 3.5;
    gl_Position = vec4(scale * eye.xy, -eye.z - 0.4, -eye.z);
}
