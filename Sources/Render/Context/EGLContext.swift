public import CEpoxy

/// An OpenGL core context without any window, through EGL's surfaceless platform.
///
/// Used by guests and by headless runs. Owns display and context; both end with it. A thread makes
/// it current and then stays with it.
///
/// GL objects must be released before the context that they were made in: deleting one with no
/// context current ends the process inside libepoxy. Local variables give no such order, since the
/// optimiser may move releases; let an owner hold the context longest.
public final class EGLContext {
    /// The display, as an OpenXR binding wants it.
    public let display: EGLDisplay?
    /// The context, as an OpenXR binding wants it.
    public let context: CEpoxy.EGLContext?
    /// The configuration, as an OpenXR binding wants it.
    public let config: EGLConfig?

    /// How urgent its work is to the GPU, beside that of other contexts.
    public enum Priority: Sendable {
        /// What the driver gives; also where it knows no ranks.
        case usual
        /// Behind all others (EGL_IMG_context_priority).
        case low
    }

    /// What it got.
    public let priority: Priority

    /// Makes a 4.5 core context (4.3 where the driver has no more) and makes it current on this
    /// thread.
    ///
    /// - Parameters:
    ///   - robust: ask for robust access and for reset notification, where there is any.
    ///   - wish: the priority to ask for, where the driver has any.
    public init(robust: Bool = true, priority wish: Priority = .usual) throws {
        var display = phosphor_egl_platform_display(EGLenum(EGL_PLATFORM_SURFACELESS_MESA), nil)
        if display == phosphor_egl_no_display() {
            display = phosphor_egl_platform_display(
                EGLenum(EGL_PLATFORM_DEVICE_EXT), Self.firstDevice())
        }
        guard display != phosphor_egl_no_display() else {
            throw RenderError(
                "No EGL platform without a display was found. Install Mesa's EGL (libegl-mesa0) or a driver with EGL."
            )
        }
        var (major, minor): (EGLint, EGLint) = (0, 0)
        guard eglInitialize(display, &major, &minor) == EGL_TRUE else {
            throw RenderError.egl("eglInitialize")
        }
        guard eglBindAPI(EGLenum(EGL_OPENGL_API)) == EGL_TRUE else {
            throw RenderError.egl("eglBindAPI")
        }
        var config = phosphor_egl_no_config()
        var count: EGLint = 0
        let wanted: [EGLint] = [
            EGL_SURFACE_TYPE, 0, EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT, EGL_NONE,
        ]
        _ = eglChooseConfig(display, wanted, &config, 1, &count)
        self.display = display
        self.config = config
        let isLow = wish == .low && epoxy_has_egl_extension(display, "EGL_IMG_context_priority")
        let context = try Self.makeContext(
            display: display, config: config, robust: robust,
            more: isLow
                ? [EGLint(EGL_CONTEXT_PRIORITY_LEVEL_IMG), EGLint(EGL_CONTEXT_PRIORITY_LOW_IMG)]
                : [])
        self.context = context
        var got = EGLint(EGL_CONTEXT_PRIORITY_MEDIUM_IMG)
        if isLow {
            _ = eglQueryContext(display, context, EGLint(EGL_CONTEXT_PRIORITY_LEVEL_IMG), &got)
        }
        priority = got == EGLint(EGL_CONTEXT_PRIORITY_LOW_IMG) ? .low : .usual
        guard eglMakeCurrent(display, nil, nil, context) == EGL_TRUE else {
            throw RenderError.egl("eglMakeCurrent")
        }
    }

    deinit {
        _ = eglMakeCurrent(display, nil, nil, nil)
        _ = eglDestroyContext(display, context)
    }

    private static func firstDevice() -> EGLDeviceEXT? {
        var device: EGLDeviceEXT?
        var count: EGLint = 0
        return eglQueryDevicesEXT(1, &device, &count) == EGL_TRUE && count > 0 ? device : nil
    }

    private static func makeContext(
        display: EGLDisplay?, config: EGLConfig?, robust: Bool, more: [EGLint]
    ) throws -> CEpoxy.EGLContext? {
        for minor: EGLint in [5, 3] {
            for robust in robust ? [true, false] : [false] {
                var attributes: [EGLint] = [
                    EGL_CONTEXT_MAJOR_VERSION, 4, EGL_CONTEXT_MINOR_VERSION, minor,
                    EGL_CONTEXT_OPENGL_PROFILE_MASK, EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                ]
                attributes += more
                if robust {
                    attributes += [
                        EGL_CONTEXT_OPENGL_ROBUST_ACCESS, EGL_TRUE,
                        EGL_CONTEXT_OPENGL_RESET_NOTIFICATION_STRATEGY, EGL_LOSE_CONTEXT_ON_RESET,
                    ]
                }
                let context = eglCreateContext(display, config, nil, attributes + [EGL_NONE])
                if context != phosphor_egl_no_context() { return context }
            }
        }
        throw RenderError(
            "The driver gives no OpenGL 4.3 core context (EGL error 0x\(String(eglGetError(), radix: 16))). "
                + "Phosphor needs OpenGL 4.3 or later; Mesa's software driver (libgl1-mesa-dri) has it everywhere."
        )
    }
}
