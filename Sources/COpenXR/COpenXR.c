#define XR_USE_GRAPHICS_API_OPENGL
#define XR_USE_PLATFORM_XLIB
#define XR_USE_PLATFORM_EGL
#include <EGL/egl.h>
#include <GL/glx.h>
#include <X11/Xlib.h>
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

#include "COpenXR.h"

#include <openxr/openxr_platform.h>

/// Without a runtime the loader writes ten lines to standard error, each time it is asked; we say it in one. Set before
/// main, since setenv(3) is no friend of threads; whoever sets the variable has its lines.
__attribute__((constructor)) static void quieten_loader(void) { setenv("XR_LOADER_DEBUG", "none", 0); }

PFN_xrGetInstanceProcAddr phosphor_xr_loader(void) { return xrGetInstanceProcAddr; }

XrResult phosphor_xr_create_instance(PFN_xrCreateInstance create, XrVersion version, const char *const *extensions,
                                     uint32_t count, XrInstance *instance) {
    XrInstanceCreateInfo info = {XR_TYPE_INSTANCE_CREATE_INFO};
    strcpy(info.applicationInfo.applicationName, "Phosphor");
    strcpy(info.applicationInfo.engineName, "Phosphor");
    info.applicationInfo.applicationVersion = 1;
    info.applicationInfo.apiVersion = version;
    info.enabledExtensionCount = count;
    info.enabledExtensionNames = extensions;
    return create(&info, instance);
}

XrResult phosphor_xr_poll_event(PFN_xrPollEvent poll, XrInstance instance, phosphor_xr_event *event) {
    XrEventDataBuffer buffer;
    // The bytes need no zeros, and there are 4,000 of them: the runtime writes what belongs to the type.
    buffer.type = XR_TYPE_EVENT_DATA_BUFFER;
    buffer.next = NULL;
    XrResult result = poll(instance, &buffer);
    if (result != XR_SUCCESS) return result;
    memset(event, 0, sizeof *event);
    event->type = buffer.type;
    switch (buffer.type) {
    case XR_TYPE_EVENT_DATA_SESSION_STATE_CHANGED: {
        const XrEventDataSessionStateChanged *data = (const void *)&buffer;
        event->session = data->session;
        event->state = data->state;
        break;
    }
    case XR_TYPE_EVENT_DATA_REFERENCE_SPACE_CHANGE_PENDING: {
        const XrEventDataReferenceSpaceChangePending *data = (const void *)&buffer;
        event->session = data->session;
        event->space = data->referenceSpaceType;
        event->change = data->changeTime;
        break;
    }
    case XR_TYPE_EVENT_DATA_DISPLAY_REFRESH_RATE_CHANGED_FB: {
        const XrEventDataDisplayRefreshRateChangedFB *data = (const void *)&buffer;
        event->rate = data->toDisplayRefreshRate;
        break;
    }
    default: break;
    }
    return result;
}

/// A function of a library that is loaded already: where it is not, no context of it can be current. So neither GLX nor
/// EGL gets loaded by the asking, and none of them must be there.
static void *loaded(const char *library, const char *name) {
    void *handle = dlopen(library, RTLD_LAZY | RTLD_NOLOAD);
    if (!handle) return NULL;
    void *found = dlsym(handle, name);
    dlclose(handle);  // Only the count that dlopen added: whoever loaded it keeps it.
    return found;
}

static void *egl(const char *name) { return loaded("libEGL.so.1", name); }

static void *glx(const char *name) {
    void *found = loaded("libGLX.so.0", name);
    return found ? found : loaded("libGL.so.1", name);
}

phosphor_xr_binding phosphor_xr_current_binding(void) {
    EGLContext (*current_egl)(void) = (EGLContext(*)(void))egl("eglGetCurrentContext");
    if (current_egl && current_egl() != EGL_NO_CONTEXT) return PHOSPHOR_XR_EGL;
    GLXContext (*current_glx)(void) = (GLXContext(*)(void))glx("glXGetCurrentContext");
    if (current_glx && current_glx()) return PHOSPHOR_XR_GLX;
    return PHOSPHOR_XR_NONE;
}

XrResult phosphor_xr_gl_requirements(PFN_xrVoidFunction get, XrInstance instance, XrSystemId system,
                                     XrVersion *oldest, XrVersion *newest) {
    XrGraphicsRequirementsOpenGLKHR needs = {XR_TYPE_GRAPHICS_REQUIREMENTS_OPENGL_KHR};
    XrResult result = ((PFN_xrGetOpenGLGraphicsRequirementsKHR)get)(instance, system, &needs);
    *oldest = needs.minApiVersionSupported;
    *newest = needs.maxApiVersionSupported;
    return result;
}

/// The binding to a GLX context; 0 where one of its parts is not to be had.
static int bind_glx(XrGraphicsBindingOpenGLXlibKHR *binding) {
    Display *(*display)(void) = (Display * (*)(void)) glx("glXGetCurrentDisplay");
    GLXContext (*context)(void) = (GLXContext(*)(void))glx("glXGetCurrentContext");
    GLXDrawable (*drawable)(void) = (GLXDrawable(*)(void))glx("glXGetCurrentDrawable");
    int (*query)(Display *, GLXContext, int, int *) =
        (int (*)(Display *, GLXContext, int, int *))glx("glXQueryContext");
    GLXFBConfig *(*choose)(Display *, int, const int *, int *) =
        (GLXFBConfig * (*)(Display *, int, const int *, int *)) glx("glXChooseFBConfig");
    int (*attribute)(Display *, GLXFBConfig, int, int *) =
        (int (*)(Display *, GLXFBConfig, int, int *))glx("glXGetFBConfigAttrib");
    if (!display || !context || !drawable || !query || !choose || !attribute) return 0;
    binding->xDisplay = display();
    binding->glxContext = context();
    binding->glxDrawable = drawable();
    if (!binding->xDisplay || !binding->glxContext) return 0;
    int screen = 0, id = 0, count = 0, visual = 0;
    if (query(binding->xDisplay, binding->glxContext, GLX_SCREEN, &screen) != Success) return 0;
    if (query(binding->xDisplay, binding->glxContext, GLX_FBCONFIG_ID, &id) != Success) return 0;
    const int wanted[] = {GLX_FBCONFIG_ID, id, None};
    GLXFBConfig *configs = choose(binding->xDisplay, screen, wanted, &count);
    if (!configs) return 0;
    if (count > 0) {
        binding->glxFBConfig = configs[0];
        attribute(binding->xDisplay, configs[0], GLX_VISUAL_ID, &visual);
        binding->visualid = (uint32_t)visual;
    }
    XFree(configs);
    return count > 0;
}

/// The binding to an EGL context; 0 where one of its parts is not to be had.
static int bind_egl(XrGraphicsBindingEGLMNDX *binding) {
    EGLDisplay (*display)(void) = (EGLDisplay(*)(void))egl("eglGetCurrentDisplay");
    EGLContext (*context)(void) = (EGLContext(*)(void))egl("eglGetCurrentContext");
    EGLBoolean (*query)(EGLDisplay, EGLContext, EGLint, EGLint *) =
        (EGLBoolean(*)(EGLDisplay, EGLContext, EGLint, EGLint *))egl("eglQueryContext");
    EGLBoolean (*choose)(EGLDisplay, const EGLint *, EGLConfig *, EGLint, EGLint *) =
        (EGLBoolean(*)(EGLDisplay, const EGLint *, EGLConfig *, EGLint, EGLint *))egl("eglChooseConfig");
    void *address = egl("eglGetProcAddress");
    if (!display || !context || !query || !choose || !address) return 0;
    // The field's type has changed its name between versions of the header.
    memcpy(&binding->getProcAddress, &address, sizeof address);
    binding->display = display();
    binding->context = context();
    EGLint id = 0, count = 0;
    // A context without a configuration has the number 0, and no configuration is right for it then.
    if (query(binding->display, binding->context, EGL_CONFIG_ID, &id) && id != 0) {
        const EGLint wanted[] = {EGL_CONFIG_ID, id, EGL_NONE};
        choose(binding->display, wanted, &binding->config, 1, &count);
    }
    return binding->display != EGL_NO_DISPLAY && binding->context != EGL_NO_CONTEXT;
}

XrResult phosphor_xr_create_session(PFN_xrCreateSession create, XrInstance instance, XrSystemId system,
                                    phosphor_xr_binding binding, XrSession *session) {
    XrGraphicsBindingOpenGLXlibKHR through_glx = {XR_TYPE_GRAPHICS_BINDING_OPENGL_XLIB_KHR};
    XrGraphicsBindingEGLMNDX through_egl = {XR_TYPE_GRAPHICS_BINDING_EGL_MNDX};
    XrSessionCreateInfo info = {XR_TYPE_SESSION_CREATE_INFO};
    info.systemId = system;
    if (binding == PHOSPHOR_XR_GLX && bind_glx(&through_glx)) info.next = &through_glx;
    if (binding == PHOSPHOR_XR_EGL && bind_egl(&through_egl)) info.next = &through_egl;
    if (!info.next) return XR_ERROR_GRAPHICS_DEVICE_INVALID;
    return create(instance, &info, session);
}

XrResult phosphor_xr_textures(PFN_xrEnumerateSwapchainImages enumerate, XrSwapchain swapchain, uint32_t *names,
                              uint32_t capacity, uint32_t *count) {
    XrSwapchainImageOpenGLKHR images[16] = {{XR_TYPE_UNKNOWN}};
    if (capacity > 16) capacity = 16;
    for (uint32_t i = 0; i < 16; i++) images[i].type = XR_TYPE_SWAPCHAIN_IMAGE_OPENGL_KHR;
    XrResult result = enumerate(swapchain, capacity, count, (XrSwapchainImageBaseHeader *)images);
    if (result != XR_SUCCESS) return result;
    for (uint32_t i = 0; i < *count && i < capacity; i++) names[i] = images[i].image;
    return result;
}

typedef struct {
    char name[16];
    void (*body)(void *);
    void *argument;
} Start;

static void *begin(void *memory) {
    Start start = *(Start *)memory;
    free(memory);
    prctl(PR_SET_NAME, start.name);
    start.body(start.argument);
    return NULL;
}

int phosphor_xr_start_thread(const char *name, void (*body)(void *), void *argument, unsigned long *thread) {
    Start *start = calloc(1, sizeof *start);
    if (!start) return ENOMEM;
    strncpy(start->name, name, sizeof start->name - 1);
    start->body = body;
    start->argument = argument;
    pthread_t made;
    int error = pthread_create(&made, NULL, begin, start);
    if (error) free(start);
    *thread = made;
    return error;
}
