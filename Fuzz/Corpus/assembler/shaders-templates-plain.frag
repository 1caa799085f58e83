// A new sketch in plain GLSL: 450 core, as long as you write no #version.
// Known by name: iResolution, iTime, iTimeDelta, iFrame, iFrameRate, iMouse, iDate.

out vec4 color;

void main() {
    // From the middle of the screen; the height goes from -1 to 1.
    vec2 p = (2.0 * gl_FragCoord.xy - iResolution.xy) / iResolution.y;

    float glow = 0.03 / abs(length(p) - 0.6 - 0.1 * sin(5.0 * atan(p.y, p.x) + 2.0 * iTime));
    vec3 light = 0.5 + 0.5 * cos(vec3(0.0, 2.0, 4.0) + iTime);

    color = vec4(light * glow, 1.0);
}
