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

typedef struct {
    const uint8_t *data;
    size_t rest;
} Taken;

static void take(png_structp png, png_bytep out, png_size_t count) {
    Taken *taken = png_get_io_ptr(png);
    if (count > taken->rest) png_error(png, "it ends too early");
    memcpy(out, taken->data, count);
    taken->data += count;
    taken->rest -= count;
}

int phosphor_png_decode(const uint8_t *data, size_t length, uint8_t *rgba, size_t capacity, uint32_t *width,
                        uint32_t *height) {
    Taken taken = {data, length};
    if (length < 8 || png_sig_cmp(data, 0, 8)) return -1;
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, fail, silent);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    if (!info || setjmp(png_jmpbuf(png))) {
        png_destroy_read_struct(&png, &info, NULL);
        return -1;
    }
    png_set_read_fn(png, &taken, take);
    // What is too large is refused by whoever asks. Texts and profiles, which unpack to anything, are passed over.
    static const png_byte passed_over[] = "iCCP\0tEXt\0zTXt\0iTXt\0sPLT\0eXIf\0hIST";
    png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, passed_over, sizeof passed_over / 5);
    png_set_chunk_malloc_max(png, 8 << 20);
    png_read_info(png, info);
    *width = png_get_image_width(png, info);
    *height = png_get_image_height(png, info);
    if (!rgba) {
        png_destroy_read_struct(&png, &info, NULL);
        return 0;
    }
    if ((uint64_t)*width * *height > capacity / 4) png_error(png, "it is larger than it said");
    // Bytes as the file has them, whatever it says of gamma: a normal map or a table must come out as it went in.
    png_set_scale_16(png);
    png_set_expand(png);
    png_set_gray_to_rgb(png);
    png_set_add_alpha(png, 255, PNG_FILLER_AFTER);
    int passes = png_set_interlace_handling(png);
    png_read_update_info(png, info);
    if (png_get_rowbytes(png, info) != (size_t)*width * 4) png_error(png, "its rows are not what they should be");
    for (int pass = 0; pass < passes; pass++) {
        for (uint32_t y = 0; y < *height; y++) png_read_row(png, rgba + (size_t)y * *width * 4, NULL);
    }
    png_destroy_read_struct(&png, &info, NULL);
    return 0;
}
