#version 410 core
// A corridor without end, tiled with lamps that answer the music, over a wet floor.
// Bonzomatic's names; where nobody plays, texFFT is silent and the lamps keep their own time.

uniform float fGlobalTime;          // seconds
uniform float fFrameTime;           // seconds since the frame before
uniform vec2 v2Resolution;          // pixels
uniform sampler1D texFFT;           // towards 0 are low notes
uniform sampler1D texFFTSmoothed;
uniform sampler1D texFFTIntegrated;
uniform sampler2D texPreviousFrame;

in vec2 out_texcoord;
layout(location = 0) out vec4 out_color;

const vec2 room = vec2(1.6, 1.0);   // half of its width and height

float hash(vec2 p) {
    vec3 q = fract(vec3(p.xyx) * vec3(0.1031, 0.1030, 0.0973));
    q += dot(q, q.yzx + 33.33);
    return fract((q.x + q.y) * q.z);
}

// From blue over violet to rose, and back.
vec3 hue(float h) {
    float x = 0.5 - 0.5 * cos(6.28318 * h);
    vec3 c = mix(vec3(0.10, 0.36, 1.00), vec3(0.56, 0.18, 0.98), smoothstep(0.0, 0.55, x));
    return mix(c, vec3(1.00, 0.20, 0.52), smoothstep(0.45, 1.0, x));
}

// How bright a lamp is: waves run along the corridor, and some lamps lead their own life.
float level(vec2 cell) {
    float beat = fGlobalTime * 1.1 + 0.05 * texture(texFFTIntegrated, 0.05).r;
    float own = hash(cell);
    float wave = pow(0.5 + 0.5 * sin(0.42 * cell.x - 2.4 * beat + 1.9 * sin(0.13 * cell.x + cell.y)), 6.0);
    float spark = step(0.86, hash(cell + floor(beat * 1.5 + own)));
    float sound = 20.0 * texture(texFFTSmoothed, 0.02 + 0.4 * own).r + 6.0 * texture(texFFT, 0.03).r;
    return 0.035 + 1.1 * wave + 0.85 * spark + sound;
}

// A wall of lamps at a place of it; blur is how much of the wall one pixel sees.
vec3 wall(vec2 place, float blur, float side) {
    vec2 grid = vec2(1.25, 2.5) * place + vec2(0.0, side > 2.0 ? 0.0 : 0.5);
    vec2 cell = floor(grid);
    vec2 f = abs(grid - cell - 0.5);
    vec2 wide = vec2(0.020) + blur * vec2(1.25, 2.5);
    vec2 edge = smoothstep(0.43 + wide, 0.43 - wide, f);
    float shape = mix(edge.x * edge.y, 0.74, smoothstep(0.1, 0.7, max(wide.x, wide.y)));
    // Brightest in its middle, like a tube behind milky glass.
    float tube = 0.55 + 0.45 * exp(-9.0 * f.y * f.y);
    vec3 light = hue(0.014 * cell.x + 0.11 * side + 0.03 * fGlobalTime + 0.16 * hash(cell + 5.0));
    light = mix(light, vec3(1.0, 0.92, 0.86), 0.22);
    return light * level(cell + 31.0 * side) * shape * tube + vec3(0.006, 0.008, 0.014);
}

// What a ray meets: the walls left and right, or the ceiling; far away all is mist.
vec3 look(vec3 from, vec3 d, float pixel) {
    vec2 t2 = (room * sign(d.xy) - from.xy) / d.xy;
    float t = min(t2.x, t2.y > 0.0 ? t2.y : 1e3);
    vec3 hit = from + t * d;
    bool isSide = t2.x <= t2.y;
    float facing = isSide ? abs(d.x) : abs(d.y);
    float blur = pixel * t / max(facing, 0.02) * 0.6;
    vec3 c = wall(isSide ? hit.zy : hit.zx, blur, isSide ? sign(d.x) : 3.0);
    // The air holds a little of the light that runs along.
    vec3 mist = mix(vec3(0.30, 0.10, 0.42), vec3(0.10, 0.22, 0.52), 0.5 + 0.5 * sin(0.2 * fGlobalTime));
    float clear = exp(-0.060 * t);
    return c * clear + mist * (1.0 - clear) * (0.8 + 0.2 * sin(2.4 * fGlobalTime));
}

void main() {
    vec2 p = (out_texcoord - 0.5) * vec2(v2Resolution.x / v2Resolution.y, 1.0);
    float pixel = 1.0 / v2Resolution.y;
    float roll = 0.10 * sin(0.17 * fGlobalTime);
    p = mat2(cos(roll), sin(roll), -sin(roll), cos(roll)) * p;
    vec3 eye = vec3(0.35 * sin(0.21 * fGlobalTime), -0.12 + 0.10 * sin(0.33 * fGlobalTime), 2.2 * fGlobalTime);
    vec3 d = normalize(vec3(p + vec2(0.10 * cos(0.21 * fGlobalTime), 0.02), 0.72));

    vec3 c;
    float floorAt = d.y < 0.0 ? (-room.y - eye.y) / d.y : 1e4;
    float sideAt = (room.x * sign(d.x) - eye.x) / d.x;
    if (floorAt < sideAt) {
        // Water on dark stone: it mirrors, and small waves draw the lamps out.
        vec3 hit = eye + floorAt * d;
        float calm = 1.0 / (1.0 + 0.25 * floorAt * floorAt);
        vec2 wave = calm * vec2(sin(5.0 * hit.z + 3.0 * hit.x + 1.3 * fGlobalTime), sin(7.0 * hit.x - 2.0 * hit.z + 1.7 * fGlobalTime));
        vec3 n = normalize(vec3(0.020 * wave.x, 1.0, 0.030 * wave.y));
        float mirror = 0.10 + 0.90 * pow(1.0 - max(dot(-d, n), 0.0), 3.0);
        vec3 r = reflect(d, n);
        float clear = exp(-0.045 * floorAt);
        c = 0.85 * look(hit, vec3(r.x, abs(r.y) + 1e-4, r.z), 6.0 * pixel) * mirror * clear;
        c += (1.0 - clear) * look(eye, vec3(d.x, abs(d.y) + 1e-4, d.z), pixel);
    } else {
        c = look(eye, d, pixel);
    }

    c *= 1.0 - 0.35 * dot(out_texcoord - 0.5, out_texcoord - 0.5);
    c = 1.0 - exp(-2.0 * c);
    // Lamps go out slowly: some of what was there a moment ago stays, most of it where it was bright.
    vec3 old = texture(texPreviousFrame, (out_texcoord - 0.5) * 0.994 + 0.5).rgb;
    float keep = pow(0.55, clamp(60.0 * fFrameTime, 0.0, 4.0));
    c = mix(c, old, keep * smoothstep(0.2, 0.9, max(old.r, max(old.g, old.b))));
    out_color = vec4(c + (hash(gl_FragCoord.xy) - 0.5) / 255.0, 1.0);
}
