// Sixteen pictures in four rows, with a little room between them.
uniform sampler2D p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14, p15;

const float room = 4.0;     // pixels on each side of a picture

void mainImage(out vec4 color, in vec2 pixel) {
    vec2 tile = iResolution.xy / 4.0;
    vec2 place = mod(pixel, tile);
    vec2 at = (place - room) / (tile - 2.0 * room);
    color = vec4(0.02, 0.03, 0.03, 1.0);
    if (any(lessThan(at, vec2(0.0))) || any(greaterThan(at, vec2(1.0)))) return;
    int column = int(pixel.x / tile.x), row = 3 - int(pixel.y / tile.y);
    switch (4 * row + column) {
    case 0: color = textureLod(p00, at, 0.0); break;
    case 1: color = textureLod(p01, at, 0.0); break;
    case 2: color = textureLod(p02, at, 0.0); break;
    case 3: color = textureLod(p03, at, 0.0); break;
    case 4: color = textureLod(p04, at, 0.0); break;
    case 5: color = textureLod(p05, at, 0.0); break;
    case 6: color = textureLod(p06, at, 0.0); break;
    case 7: color = textureLod(p07, at, 0.0); break;
    case 8: color = textureLod(p08, at, 0.0); break;
    case 9: color = textureLod(p09, at, 0.0); break;
    case 10: color = textureLod(p10, at, 0.0); break;
    case 11: color = textureLod(p11, at, 0.0); break;
    case 12: color = textureLod(p12, at, 0.0); break;
    case 13: color = textureLod(p13, at, 0.0); break;
    case 14: color = textureLod(p14, at, 0.0); break;
    case 15: color = textureLod(p15, at, 0.0); break;
    }
}
