// Welcome to Phosphor. This text is the picture behind it: live.
//
// The key under Escape closes this editor and opens it again
// (Ctrl with that key does so on every keyboard layout).
// Every keystroke is compiled. Break something, and the last
// good picture stays.
//
// Change this number, and look:

const float ribbons = 12.0;

// And these: how fast it flows, how wide it swings, its light.

const float flow = 0.35;
const float swing = 0.30;
const vec3 mint = vec3(0.16, 1.00, 0.52);
const vec3 dusk = vec3(0.36, 0.22, 1.00);
const vec3 ember = vec3(1.00, 0.42, 0.16);

// The keys to begin with:
//
//   F4      back to the last good   Ctrl+Z, Y  undo, redo
//   F6, F7  rewind the time, pause  F8         next error
//   Ctrl+N  a new sketch            Ctrl+O     open one
//   Ctrl+S  save (this: a copy)     Ctrl+Tab   the console
//   F1      help, with all keys     Escape     one level out
//
// iTime is in seconds, iResolution in pixels; see below.

// A place on the screen: x from left to right, y from -0.5 to 0.5.
vec2 place(vec2 pixel) {
    return (pixel - 0.5 * iResolution.xy) / iResolution.y;
}

// The height of a ribbon: slow waves that never quite meet again.
float wave(float x, float ribbon, float time) {
    float a = sin(1.7 * x + time + 2.6 * ribbon);
    float b = sin(3.1 * x - 0.7 * time + 5.0 * ribbon);
    return swing * a * (0.55 + 0.3 * b);
}

void mainImage(out vec4 color, in vec2 pixel) {
    vec2 p = place(pixel);
    float time = flow * iTime;

    // All ribbons ride on one long swell.
    float swell = 0.45 * swing * sin(0.6 * p.x + 0.4 * time);

    // Night, a little lighter where the light comes from.
    vec3 sum = vec3(0.014, 0.018, 0.028) + 0.004 * mint / (0.1 + abs(p.y));

    for (float i = 0.0; i < ribbons; i++) {
        float ribbon = i / ribbons;
        float away = p.y - swell - wave(p.x, ribbon, time);

        // Each ribbon is a thin bright thread, with a veil that hangs below it.
        float thread = 0.001 / (abs(away) + 0.0015);
        float veil = 1.0 / (1.0 + max(-3.5 * away, 40.0 * away));
        veil *= veil * veil;

        // Its colour turns from mint to dusk along the way; some glow like ember.
        float turn = 0.5 + 0.5 * sin(1.4 * p.x + 4.5 * ribbon - 0.6 * time);
        vec3 light = mix(mint, dusk, turn);
        light = mix(light, ember, max(0.0, 5.0 * turn * ribbon - 3.3));
        sum += light * (thread + 0.1 * veil);
    }

    // Bright light goes white, as on a screen; the corners fall into the dark.
    sum *= 1.3 - 0.6 * dot(p, p);
    color = vec4(1.0 - exp(-sum), 1.0);
}
