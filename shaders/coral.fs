/*{
    "DESCRIPTION": "Coral that grows by reaction and diffusion. ISF 2: inputs of five types, and a picture that persists, drawn six times a frame before it is shown.",
    "CREDIT": "Phosphor",
    "ISFVSN": "2",
    "CATEGORIES": ["Generator"],
    "INPUTS": [
        { "NAME": "feed", "LABEL": "Food", "TYPE": "float", "DEFAULT": 0.0420, "MIN": 0.020, "MAX": 0.070 },
        { "NAME": "kill", "LABEL": "Hunger", "TYPE": "float", "DEFAULT": 0.0610, "MIN": 0.050, "MAX": 0.070 },
        { "NAME": "tint", "LABEL": "Coral", "TYPE": "color", "DEFAULT": [0.98, 0.36, 0.25, 1.0] },
        { "NAME": "lamp", "LABEL": "Where light comes from", "TYPE": "point2D", "DEFAULT": [0.30, 0.85], "MIN": [0, 0], "MAX": [1, 1] },
        { "NAME": "deep", "LABEL": "Water", "TYPE": "long", "VALUES": [0, 1, 2], "LABELS": ["Lagoon", "Ocean", "Night"], "DEFAULT": 1 },
        { "NAME": "anew", "LABEL": "Grow anew", "TYPE": "event" }
    ],
    "PASSES": [
        { "TARGET": "reef", "PERSISTENT": true, "FLOAT": true, "WIDTH": "$WIDTH/2", "HEIGHT": "$HEIGHT/2" },
        { "TARGET": "reef", "PERSISTENT": true, "FLOAT": true, "WIDTH": "$WIDTH/2", "HEIGHT": "$HEIGHT/2" },
        { "TARGET": "reef", "PERSISTENT": true, "FLOAT": true, "WIDTH": "$WIDTH/2", "HEIGHT": "$HEIGHT/2" },
        { "TARGET": "reef", "PERSISTENT": true, "FLOAT": true, "WIDTH": "$WIDTH/2", "HEIGHT": "$HEIGHT/2" },
        { "TARGET": "reef", "PERSISTENT": true, "FLOAT": true, "WIDTH": "$WIDTH/2", "HEIGHT": "$HEIGHT/2" },
        { "TARGET": "reef", "PERSISTENT": true, "FLOAT": true, "WIDTH": "$WIDTH/2", "HEIGHT": "$HEIGHT/2" },
        {}
    ]
}*/

float hash(vec2 p) {
    vec3 q = fract(vec3(p.xyx) * 0.1031);
    q += dot(q, q.yzx + 33.33);
    return fract((q.x + q.y) * q.z);
}

vec4 at(vec2 offset) {
    return IMG_NORM_PIXEL(reef, isf_FragNormCoord + offset / RENDERSIZE);
}

// One step of Gray and Scott's reaction: x is food, y the coral that eats it, z how long ago it came.
vec4 grown() {
    vec4 here = at(vec2(0.0));
    vec4 around = 0.20 * (at(vec2(1.0, 0.0)) + at(vec2(-1.0, 0.0)) + at(vec2(0.0, 1.0)) + at(vec2(0.0, -1.0)))
        + 0.05 * (at(vec2(1.0, 1.0)) + at(vec2(-1.0, 1.0)) + at(vec2(1.0, -1.0)) + at(vec2(-1.0, -1.0)));
    vec2 spread = vec2(1.0, 0.5) * (around.xy - here.xy);
    float eaten = here.x * here.y * here.y;
    // It finds a little more food towards the middle, so that no two places grow alike.
    float far = length((isf_FragNormCoord - 0.5) * vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0));
    float food = feed + 0.010 * smoothstep(0.7, 0.0, far) - 0.004;
    vec2 next = here.xy + spread + vec2(food * (1.0 - here.x) - eaten, eaten - (kill + food) * here.y);
    float age = mix(here.z, step(0.15, next.y), 0.0020);
    return vec4(clamp(next, 0.0, 1.0), age, 1.0);
}

// Larvae settle in a few places; each is as large as coral needs to live, which is a matter of pixels.
vec4 settled() {
    vec2 place = gl_FragCoord.xy / 20.0;
    vec2 cell = floor(place);
    vec2 off = place - cell - 0.25 - 0.5 * vec2(hash(cell + 3.0), hash(cell + 8.0));
    float larva = step(0.72, hash(cell)) * smoothstep(0.22, 0.12, length(off));
    return vec4(1.0 - 0.5 * larva, 0.5 * larva, 0.0, 1.0);
}

vec3 shown() {
    vec2 uv = isf_FragNormCoord;
    vec2 e = vec2(2.0, 0.0);
    vec4 here = at(vec2(0.0));
    float high = smoothstep(0.04, 0.36, here.y);
    vec2 slope = vec2(at(e.xy).y - at(-e.xy).y, at(e.yx).y - at(-e.yx).y);
    vec3 n = normalize(vec3(-2.4 * slope, 0.55));

    vec2 aspect = vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
    vec3 light = normalize(vec3((lamp - uv) * aspect, 0.55));
    float day = max(dot(n, light), 0.0);
    float gleam = pow(max(dot(n, normalize(light + vec3(0.0, 0.0, 1.0))), 0.0), 40.0);

    vec3 water = deep == 0 ? vec3(0.05, 0.32, 0.34) : deep == 1 ? vec3(0.015, 0.105, 0.190) : vec3(0.020, 0.020, 0.065);
    // Light nets on the sand, which the waves above draw.
    vec2 q = uv * aspect * 9.0;
    float net = sin(q.x + 1.3 * sin(q.y + 0.6 * TIME)) + sin(1.3 * q.y + 1.7 * sin(0.8 * q.x - 0.5 * TIME));
    vec3 bed = water * (0.75 + 0.55 * pow(max(1.0 - abs(net) * 0.7, 0.0), 3.0));
    bed *= 0.55 + 0.45 * smoothstep(0.25, 0.9, here.x);

    // Young tips are pale, old stems have the full colour and shade below.
    vec3 young = mix(tint.rgb, vec3(1.0, 0.86, 0.70), 0.75);
    vec3 stem = mix(young, tint.rgb, smoothstep(0.15, 0.75, here.z));
    vec3 coral = stem * (0.16 + 0.95 * day) + vec3(0.9, 0.95, 1.0) * 0.35 * gleam;
    coral += water * 0.6 * (1.0 - day);
    vec3 c = mix(bed, coral, high);
    float glow = 1.0 - 0.75 * smoothstep(0.1, 1.25, length((uv - lamp) * aspect));
    return 1.0 - exp(-1.9 * c * glow);
}

void main() {
    if (PASSINDEX == 6) {
        gl_FragColor = vec4(shown(), 1.0);
    } else {
        gl_FragColor = FRAMEINDEX == 0 || anew ? settled() : grown();
    }
}
