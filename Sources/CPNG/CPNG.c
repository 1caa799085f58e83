#include "CPNG.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    uint8_t *bytes;
    size_t length, capacity;
} Growing;

static void append(png_structp png, png_bytep data, png_size_t count) {
    Growing *g = png_get_io_ptr(png);
    if (g->length + count > g->capacity) {
        size_t capacity = (g->length + count) * 2;
        uint8_t *bytes = realloc(g->bytes, capacity);
        if (!bytes) png_error(png, "out of memory");
        g->bytes = bytes;
        g->capacity = capacity;
    }
    memcpy(g->bytes + g->length, data, count);
    g->length += count;
}

static void silent(png_structp png, png_const_charp message) { (void)png, (void)message; }

static void fail(png_structp png, png_const_charp message) {
    (void)message;
    png_longjmp(png, 1);
}

int phosphor_png_encode(const uint8_t *rgba, uint32_t width, uint32_t height, ptrdiff_t stride, int opaque,
                        uint8_t **out, size_t *length) {
    Growing g = {0};
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, fail, silent);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    if (!info || setjmp(png_jmpbuf(png))) {
        png_destroy_write_struct(&png, &info);
        free(g.bytes);
        return -1;
    }
    png_set_write_fn(png, &g, append, NULL);
    png_set_compression_level(png, 3);  // pictures of a live session: speed before the last per cent of size
    png_set_IHDR(png, info, width, height, 8, opaque ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_RGBA, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_sRGB(png, info, PNG_sRGB_INTENT_PERCEPTUAL);
    png_write_info(png, info);
    if (opaque) png_set_filler(png, 0, PNG_FILLER_AFTER);
    for (uint32_t y = 0; y < height; y++) png_write_row(png, rgba + (ptrdiff_t)y * stride);
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    *out = g.bytes;
    *length = g.length;
    return 0;
}

int phosphor_png_decode(const uint8_t *data, size_t length, uint8_t **rgba, uint32_t *width, uint32_t *height) {
    png_image image;
    memset(&image, 0, sizeof image);
    image.version = PNG_IMAGE_VERSION;
    if (!png_image_begin_read_from_memory(&image, data, length)) return -1;
    image.format = PNG_FORMAT_RGBA;
    uint8_t *pixels = malloc(PNG_IMAGE_SIZE(image));
    if (!pixels || !png_image_finish_read(&image, NULL, pixels, 0, NULL)) {
        png_image_free(&image);
        free(pixels);
        return -1;
    }
    *rgba = pixels;
    *width = image.width;
    *height = image.height;
    return 0;
}
