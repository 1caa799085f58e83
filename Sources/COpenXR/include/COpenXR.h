#pragma once
#include <openxr/openxr.h>
#include <stdint.h>

// OpenXR for Swift. The parts that need headers of X, GLX and EGL stay in COpenXR.c, whose names would clash with those
// of CEpoxy and CGLFW. Functions take the runtime's own as a parameter, so that tests can put another in its place.

/// xrGetInstanceProcAddr of the loader; Swift wants its address, which an imported function gives only in a wrapper.
PFN_xrGetInstanceProcAddr phosphor_xr_loader(void);

// ---- Constants that Swift does not import, or that Debian 12's headers (1.0.20) do not have yet ----

/// XR_MAKE_VERSION is a macro with parameters.
static inline XrVersion phosphor_xr_version(uint16_t major, uint16_t minor, uint32_t patch) {
    return XR_MAKE_VERSION(major, minor, patch);
}
static inline uint32_t phosphor_xr_major(XrVersion version) { return XR_VERSION_MAJOR(version); }
static inline uint32_t phosphor_xr_minor(XrVersion version) { return XR_VERSION_MINOR(version); }
static inline uint32_t phosphor_xr_patch(XrVersion version) { return XR_VERSION_PATCH(version); }
/// XR_REFERENCE_SPACE_TYPE_LOCAL_FLOOR_EXT of XR_EXT_local_floor.
static inline XrReferenceSpaceType phosphor_xr_local_floor(void) { return (XrReferenceSpaceType)1000426000; }

// ---- Instance ----

/// xrCreateInstance; its information holds arrays of characters, which Swift has as tuples.
XrResult phosphor_xr_create_instance(PFN_xrCreateInstance create, XrVersion version, const char *const *extensions,
                                     uint32_t count, XrInstance *instance);

/// What matters of an event, whatever its type: an XrEventDataBuffer would be a tuple of 4,000 bytes in Swift.
typedef struct {
    XrStructureType type;
    /// Of XrEventDataSessionStateChanged.
    XrSession session;
    XrSessionState state;
    /// Of XrEventDataReferenceSpaceChangePending.
    XrReferenceSpaceType space;
    XrTime change;
    /// Of XrEventDataDisplayRefreshRateChangedFB.
    float rate;
} phosphor_xr_event;

/// xrPollEvent: XR_SUCCESS with an event, XR_EVENT_UNAVAILABLE without.
XrResult phosphor_xr_poll_event(PFN_xrPollEvent poll, XrInstance instance, phosphor_xr_event *event);

// ---- Graphics ----

/// How the runtime gets at the GL context that is current.
typedef enum {
    PHOSPHOR_XR_NONE,
    /// XrGraphicsBindingOpenGLXlibKHR
    PHOSPHOR_XR_GLX,
    /// XrGraphicsBindingEGLMNDX
    PHOSPHOR_XR_EGL
} phosphor_xr_binding;

/// Through which of the two the calling thread has a context current.
phosphor_xr_binding phosphor_xr_current_binding(void);
/// xrGetOpenGLGraphicsRequirementsKHR, which must come before xrCreateSession.
XrResult phosphor_xr_gl_requirements(PFN_xrVoidFunction get, XrInstance instance, XrSystemId system,
                                     XrVersion *oldest, XrVersion *newest);
/// xrCreateSession with a binding to the context that is current.
XrResult phosphor_xr_create_session(PFN_xrCreateSession create, XrInstance instance, XrSystemId system,
                                    phosphor_xr_binding binding, XrSession *session);
/// xrEnumerateSwapchainImages: the names of up to `capacity` GL textures.
XrResult phosphor_xr_textures(PFN_xrEnumerateSwapchainImages enumerate, XrSwapchain swapchain, uint32_t *names,
                              uint32_t capacity, uint32_t *count);

// ---- The thread that waits for frames ----

/// Starts a thread with a name for debuggers and /proc (pthread_create(3), prctl(2)); Swift's own call of it upsets the
/// compiler (6.3). 0, or an error number.
int phosphor_xr_start_thread(const char *name, void (*body)(void *), void *argument, unsigned long *thread);
