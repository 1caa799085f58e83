#pragma once
#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <stdint.h>

/// Asks GLFW for X11 before it starts. Version 3.4 would prefer Wayland, where GLX and headset bindings fail.
static inline void phosphor_glfw_prefer_x11(void) {
#ifdef GLFW_PLATFORM
    glfwInitHint(GLFW_PLATFORM, GLFW_PLATFORM_X11);
#endif
}

// Xlib's names clash with Swift's and its macros do not import: what is needed of it is wrapped here.

/// The file descriptor of GLFW's X connection, to wait on; -1 where GLFW does not run on X11.
int phosphor_x11_descriptor(void);

/// Whether GLFW's X connection has events already read into memory, which the descriptor no longer announces.
int phosphor_x11_pending(void);

/// Waits until the X server has done all that it was asked for, and has sent the events that came before (XSync).
void phosphor_x11_sync(void);

/// Forgets a dead key that Xlib's input method holds for `window`. GLFW has no call for it: a key press that
/// continues no compose sequence, shown to the filter alone, makes Xlib drop the sequence.
void phosphor_x11_reset_compose(GLFWwindow *window);

/// The Unicode character that the layout gives for a scancode at a shift level (0 plain, 1 shift, 2 AltGr) in the
/// active group; 0 for none, and 0xFFFFFFFF for a dead key.
uint32_t phosphor_x11_character(int scancode, int level);
