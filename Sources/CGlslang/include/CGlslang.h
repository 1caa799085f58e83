#pragma once
#include <stddef.h>

// The Khronos reference compiler (glslang) for its messages. Its own C interface offers no includes and no
// reflection, and Swift cannot import its C++ headers; hence this face. Guests only: it crashes or hangs on some
// inputs, and nothing here guards against that.

#ifdef __cplusplus
extern "C" {
#endif

/// The stages, in the order of OpenGL's pipeline; compute comes last.
enum phosphor_glslang_stage {
    PHOSPHOR_GLSLANG_VERTEX = 0,
    PHOSPHOR_GLSLANG_TESSELLATION_CONTROL = 1,
    PHOSPHOR_GLSLANG_TESSELLATION_EVALUATION = 2,
    PHOSPHOR_GLSLANG_GEOMETRY = 3,
    PHOSPHOR_GLSLANG_FRAGMENT = 4,
    PHOSPHOR_GLSLANG_COMPUTE = 5,
};

/// Parses one stage's text and writes glslang's log, as many bytes as fit, zero-terminated, into `log`.
/// 1 where the text is good, 0 where it has errors, -1 where glslang itself could not be started.
int phosphor_glslang_check(int stage, const char *text, size_t length, char *log, size_t capacity);

#ifdef __cplusplus
}
#endif
