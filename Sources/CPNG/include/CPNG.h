#pragma once
#include <stddef.h>
#include <stdint.h>

// libpng reports errors by longjmp, which Swift cannot cross: these keep it inside C.

/// Encodes 8-bit RGBA rows (top row first, `stride` bytes apart, negative to go up) as PNG into a new malloc'ed
/// block; returns 0 and sets `*out`, `*length`, or returns -1.
int phosphor_png_encode(const uint8_t *rgba, uint32_t width, uint32_t height, ptrdiff_t stride, int opaque,
                        uint8_t **out, size_t *length);

/// Decodes any PNG to 8-bit RGBA rows, top row first, into `rgba`, which has room for `capacity` bytes; returns 0, or -1
/// for a broken file or too little room. With NULL for `rgba` it reads no further than width and height.
int phosphor_png_decode(const uint8_t *data, size_t length, uint8_t *rgba, size_t capacity, uint32_t *width,
                        uint32_t *height);
