#include "CJPEG.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>
#include <jerror.h>

typedef struct {
    struct jpeg_error_mgr base;
    jmp_buf jump;
} Trouble;

static void leave(j_common_ptr codec) { longjmp(((Trouble *)codec->err)->jump, 1); }

static void silent(j_common_ptr codec) { (void)codec; }

// What is cut off or damaged would be filled up with grey; what is only untidy is a picture all the same.
static void note(j_common_ptr codec, int level) {
    if (level >= 0) return;
    switch (codec->err->msg_code) {
        case JWRN_JPEG_EOF:
        case JWRN_HIT_MARKER:
        case JWRN_HUFF_BAD_CODE:
        case JWRN_ARITH_BAD_CODE:
        case JWRN_MUST_RESYNC: leave(codec);
        default: codec->err->num_warnings++;
    }
}

// A progressive file may have scan after scan, each of which goes over all pixels: honest ones have about ten.
static void watch(j_common_ptr codec) {
    if (codec->is_decompressor && ((j_decompress_ptr)codec)->input_scan_number > 100) leave(codec);
}

// Adobe writes inks the other way round: 255 is none.
static void from_inks(uint8_t *row, size_t pixels, int is_inverted) {
    for (size_t i = 0; i < pixels; i++, row += 4) {
        unsigned flip = is_inverted ? 0 : 255, black = row[3] ^ flip;
        for (int c = 0; c < 3; c++) row[c] = (uint8_t)(((row[c] ^ flip) * black + 127) / 255);
        row[3] = 255;
    }
}

int phosphor_jpeg_decode(const uint8_t *data, size_t length, uint8_t *rgba, size_t capacity, uint32_t *width,
                         uint32_t *height) {
    struct jpeg_decompress_struct codec;
    struct jpeg_progress_mgr progress;
    Trouble trouble;
    if (length < 4) return -1;
    memset(&codec, 0, sizeof codec);
    memset(&progress, 0, sizeof progress);
    codec.err = jpeg_std_error(&trouble.base);
    trouble.base.error_exit = leave;
    trouble.base.emit_message = note;
    trouble.base.output_message = silent;
    if (setjmp(trouble.jump)) {
        jpeg_destroy_decompress(&codec);
        return -1;
    }
    jpeg_create_decompress(&codec);
    progress.progress_monitor = watch;
    codec.progress = &progress;
    // A progressive picture is kept whole, two bytes a coefficient, beside its pixels.
    codec.mem->max_memory_to_use = 1L << 30;
    jpeg_mem_src(&codec, data, length);
    jpeg_read_header(&codec, TRUE);
    *width = codec.image_width;
    *height = codec.image_height;
    if (!rgba) {
        jpeg_destroy_decompress(&codec);
        return 0;
    }
    if ((uint64_t)codec.image_width * codec.image_height > capacity / 4) leave((j_common_ptr)&codec);
    int has_inks = codec.jpeg_color_space == JCS_CMYK || codec.jpeg_color_space == JCS_YCCK;
    codec.out_color_space = has_inks ? JCS_CMYK : JCS_EXT_RGBA;  // libjpeg-turbo's own; alpha is 255
    jpeg_start_decompress(&codec);
    if (codec.output_components != 4 || codec.output_width != *width || codec.output_height != *height) {
        leave((j_common_ptr)&codec);
    }
    while (codec.output_scanline < codec.output_height) {
        JSAMPROW row = rgba + (size_t)codec.output_scanline * *width * 4;
        if (jpeg_read_scanlines(&codec, &row, 1) != 1) leave((j_common_ptr)&codec);
        if (has_inks) from_inks(row, *width, codec.saw_Adobe_marker);
    }
    jpeg_destroy_decompress(&codec);
    return 0;
}
