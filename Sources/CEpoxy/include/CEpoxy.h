#pragma once
// OpenGL and EGL for Swift, through libepoxy.
#include <epoxy/egl.h>
#include <epoxy/gl.h>

#include "GeneratedWrappers.h"

// libepoxy's own eglGetPlatformDisplay aborts before a display is initialised, so ask the library for the address.
// `platform` is EGL_PLATFORM_SURFACELESS_MESA and the like; returns EGL_NO_DISPLAY where there is no such platform.
static inline EGLDisplay phosphor_egl_platform_display(EGLenum platform, void *native) {
    PFNEGLGETPLATFORMDISPLAYEXTPROC get =
        (PFNEGLGETPLATFORMDISPLAYEXTPROC)epoxy_eglGetProcAddress("eglGetPlatformDisplayEXT");
    return get ? get(platform, native, 0) : EGL_NO_DISPLAY;
}

// EGL_NO_DISPLAY and its like are casts, which Swift does not import.
static inline EGLDisplay phosphor_egl_no_display(void) { return EGL_NO_DISPLAY; }
static inline EGLContext phosphor_egl_no_context(void) { return EGL_NO_CONTEXT; }
static inline EGLSurface phosphor_egl_no_surface(void) { return EGL_NO_SURFACE; }
static inline EGLConfig phosphor_egl_no_config(void) { return (EGLConfig)0; }
