#pragma once
#include <stddef.h>
#include <stdint.h>

// libjpeg reports errors by a callback that must not return, and Swift cannot be left by longjmp: this keeps it inside C.

/// Decodes any JPEG (grey, colours, CMYK; baseline or progressive) to 8-bit RGBA rows, top row first, into `rgba`, which
/// has room for `capacity` bytes; returns 0, or -1 for a broken file or too little room. With NULL for `rgba` it reads no
/// further than width and height. What Exif says of the picture's orientation is left to the caller.
int phosphor_jpeg_decode(const uint8_t *data, size_t length, uint8_t *rgba, size_t capacity, uint32_t *width,
                         uint32_t *height);
