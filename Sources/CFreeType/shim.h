#pragma once
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H
#include FT_STROKER_H
#include FT_GLYPH_H

// The load targets are function-like macros, which Swift does not import.
static inline FT_Int32 phosphor_ft_load_target_light(void) { return FT_LOAD_TARGET_LIGHT; }
static inline FT_Int32 phosphor_ft_load_target_normal(void) { return FT_LOAD_TARGET_NORMAL; }
