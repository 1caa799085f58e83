#include "CGlslang.h"

#include <glslang/Public/ResourceLimits.h>
#include <glslang/Public/ShaderLang.h>

#include <algorithm>
#include <climits>
#include <cstring>

namespace {

// glslang's tables are made once a process and kept: a second start would cost as much as the first, 30 to 100 ms.
bool start() {
    static const bool started = glslang::InitializeProcess();
    return started;
}

bool language(int stage, EShLanguage &result) {
    switch (stage) {
    case PHOSPHOR_GLSLANG_VERTEX: result = EShLangVertex; return true;
    case PHOSPHOR_GLSLANG_TESSELLATION_CONTROL: result = EShLangTessControl; return true;
    case PHOSPHOR_GLSLANG_TESSELLATION_EVALUATION: result = EShLangTessEvaluation; return true;
    case PHOSPHOR_GLSLANG_GEOMETRY: result = EShLangGeometry; return true;
    case PHOSPHOR_GLSLANG_FRAGMENT: result = EShLangFragment; return true;
    case PHOSPHOR_GLSLANG_COMPUTE: result = EShLangCompute; return true;
    default: return false;
    }
}

void write(const char *text, char *log, size_t capacity) {
    if (capacity == 0) return;
    size_t count = std::min(std::strlen(text), capacity - 1);
    std::memcpy(log, text, count);
    log[count] = 0;
}

} // namespace

int phosphor_glslang_check(int stage, const char *text, size_t length, char *log, size_t capacity) {
    write("", log, capacity);
    EShLanguage kind;
    if (!start() || !language(stage, kind) || length > INT_MAX) return -1;
    // The client stays NONE: with a client named, glslang applies the rules of SPIR-V, under which every plain
    // uniform is an error. Cascading errors, because the default stops at the first.
    EShMessages messages = static_cast<EShMessages>(EShMsgDefault | EShMsgCascadingErrors);
    glslang::TShader shader(kind);
    int count = static_cast<int>(length);
    shader.setStringsWithLengths(&text, &count, 1);
    // Without a #version a source is GLSL 1.10.
    bool good = shader.parse(GetDefaultResources(), 110, false, messages);
    write(shader.getInfoLog(), log, capacity);
    return good ? 1 : 0;
}
