#include "CGLFW.h"

#include <X11/XKBlib.h>
#include <X11/Xlib.h>
#include <X11/keysym.h>
#include <xkbcommon/xkbcommon.h>

// From GLFW/glfw3native.h, which would drag in Xrandr's headers.
GLFWAPI Display *glfwGetX11Display(void);
GLFWAPI Window glfwGetX11Window(GLFWwindow *window);

int phosphor_x11_descriptor(void) {
    Display *display = glfwGetX11Display();
    return display ? ConnectionNumber(display) : -1;
}

int phosphor_x11_pending(void) {
    Display *display = glfwGetX11Display();
    return display ? XEventsQueued(display, QueuedAlready) : 0;
}

void phosphor_x11_sync(void) {
    Display *display = glfwGetX11Display();
    if (display) XSync(display, False);
}

void phosphor_x11_reset_compose(GLFWwindow *window) {
    Display *display = glfwGetX11Display();
    if (!display) return;
    XEvent event = {0};
    event.xkey.type = KeyPress;
    event.xkey.display = display;
    event.xkey.window = glfwGetX11Window(window);
    event.xkey.root = DefaultRootWindow(display);
    event.xkey.keycode = XKeysymToKeycode(display, XK_Escape);
    event.xkey.same_screen = True;
    XFilterEvent(&event, event.xkey.window);
}

uint32_t phosphor_x11_character(int scancode, int level) {
    Display *display = glfwGetX11Display();
    if (!display || scancode <= 0) return 0;
    XkbStateRec state;
    XkbGetState(display, XkbUseCoreKbd, &state);
    KeySym symbol = XkbKeycodeToKeysym(display, (KeyCode)scancode, state.group, level);
    if (symbol >= 0xfe50 && symbol <= 0xfe93) return 0xFFFFFFFF;  // XK_dead_grave … XK_dead_greek and its kin
    return xkb_keysym_to_utf32((xkb_keysym_t)symbol);
}
