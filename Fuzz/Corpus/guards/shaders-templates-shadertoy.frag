// A new sketch. The picture is made by one function, called for every pixel:
// it gets the pixel's place and gives its colour. iTime runs in seconds.

void mainImage(out vec4 color, in vec2 pixel) {
    // From the middle of the screen; the height goes from -1 to 1.
    vec2 p = (2.0 * pixel - iResolution.xy) / iResolution.y;

    float wave = sin(8.0 * length(p) - 2.0 * iTime + 2.0 * sin(2.0 * p.x));
    vec3 light = 0.6 + 0.4 * cos(vec3(0.0, 1.5, 3.0) + 0.5 * iTime + p.xyx);

    color = vec4(light * (0.15 + 0.85 * smoothstep(-1.0, 1.0, wave)), 1.0);
}
