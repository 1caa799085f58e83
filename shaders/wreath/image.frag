uniform sampler2D trails;
out vec4 color;

void main() {
    vec2 uv = gl_FragCoord.xy / iResolution.xy;
    vec3 light = texture(trails, uv).rgb;
    vec2 q = (uv - 0.5) * vec2(iResolution.x / iResolution.y, 1.0);
    vec3 night = mix(vec3(0.012, 0.016, 0.040), vec3(0.002, 0.002, 0.006), smoothstep(0.0, 0.85, length(q)));
    light = night + light;
    // A filmic shoulder: what is bright turns white before it is cut.
    light = light * (2.51 * light + 0.03) / (light * (2.43 * light + 0.59) + 0.14);
    color = vec4(pow(light, vec3(1.0 / 2.2)), 1.0);
}
