import CEpoxy
import COpenXR
import Render

/// A session (`XrSession`), with the space that all poses are given in; it ends with this object.
///
/// Sendable in the sense that OpenXR allows its handles to all threads at once; GL is used by what the main thread
/// calls alone. Whoever lets go last must be the main thread, with the context current: a runtime deletes its GL
/// objects then.
final class XRSession: @unchecked Sendable {
    let instance: XRInstance
    let handle: XrSession
    /// "GLX" or "EGL".
    let binding: String

    /// Begins a session with the GL context that is current on this thread.
    init(_ instance: XRInstance, _ system: XRSystem) throws(HeadsetError) {
        self.instance = instance
        let binding = phosphor_xr_current_binding()
        switch binding {
        case PHOSPHOR_XR_GLX: self.binding = "GLX"
        case PHOSPHOR_XR_EGL where instance.extensions.contains(XRExtension.egl):
            self.binding = "EGL"
        case PHOSPHOR_XR_EGL:
            throw HeadsetError(
                "\(instance.runtime) takes pictures only from a program with a window on X11 (it lacks "
                    + "\(XRExtension.egl)). Start Phosphor in a window, without --headless.")
        default:
            throw HeadsetError(
                "No OpenGL context is current on the thread that wants the headset; this is a mistake in Phosphor. "
                    + "Please report it.")
        }
        try Self.checkVersion(instance, system)
        var made: XrSession?
        let result = instance.guarding {
            phosphor_xr_create_session(
                $0.createSession, instance.handle, system.id, binding, &made)
        }
        guard result.isSuccess, let made else {
            throw Self.refusal(result, instance, binding)
        }
        handle = made
    }

    /// Why there is no session.
    ///
    /// Monado makes an EGL context of its own that shares with ours. It does not ask for reset notification, and EGL
    /// refuses to share between contexts of which one has it.
    private static func refusal(
        _ result: XrResult, _ instance: XRInstance, _ binding: phosphor_xr_binding
    ) -> HeadsetError {
        let isRefused =
            result == XR_ERROR_INITIALIZATION_FAILED || result == XR_ERROR_RUNTIME_FAILURE
        if binding == PHOSPHOR_XR_EGL, isRefused, ResetWatch().isNotified {
            return HeadsetError(
                "\(instance.runtime) cannot share an EGL context that is told of GPU resets (xrCreateSession: "
                    + "\(result.name)). Start Phosphor in a window, or headless with --headset from the beginning."
            )
        }
        return HeadsetError(result, from: "xrCreateSession", of: instance.runtime)
    }

    deinit { _ = instance.guarding { $0.destroySession(handle) } }

    /// The runtime wants to be asked which OpenGL it needs before it gives a session.
    private static func checkVersion(_ instance: XRInstance, _ system: XRSystem)
        throws(HeadsetError)
    {
        guard let get = instance.functions.getGLRequirements else {
            throw HeadsetError(
                XR_ERROR_EXTENSION_NOT_PRESENT, from: "xrGetOpenGLGraphicsRequirementsKHR",
                of: instance.runtime)
        }
        var (oldest, newest): (XrVersion, XrVersion) = (0, 0)
        let result = phosphor_xr_gl_requirements(get, instance.handle, system.id, &oldest, &newest)
        guard result.isSuccess else {
            throw HeadsetError(
                result, from: "xrGetOpenGLGraphicsRequirementsKHR", of: instance.runtime)
        }
        var (major, minor): (GLint, GLint) = (0, 0)
        glGetIntegerv(GLenum(GL_MAJOR_VERSION), &major)
        glGetIntegerv(GLenum(GL_MINOR_VERSION), &minor)
        // The newest is only what the runtime's makers have tried; no runtime refuses a newer one.
        let ours = phosphor_xr_version(UInt16(max(0, major)), UInt16(max(0, minor)), 0)
        guard ours >= oldest else {
            throw HeadsetError(
                "\(instance.runtime) needs OpenGL \(phosphor_xr_major(oldest)).\(phosphor_xr_minor(oldest)), and your "
                    + "driver has \(major).\(minor). Update the graphics driver.")
        }
    }

    /// Makes sure that the runtime has swapchains of the one format that the contract with the host names.
    ///
    /// Bytes in any other would be taken for linear light, and all panels would come out too bright.
    /// - Returns: the format for depth; nil where the runtime takes none.
    func checkFormats() throws(HeadsetError) -> Int64? {
        var formats = [Int64](repeating: 0, count: 128)
        var count: UInt32 = 0
        let result = instance.functions.enumerateSwapchainFormats(
            handle, UInt32(formats.count), &count, &formats)
        guard result.isSuccess else {
            throw HeadsetError(result, from: "xrEnumerateSwapchainFormats", of: instance.runtime)
        }
        let offered = formats.prefix(Int(count))
        guard offered.contains(OpenXRSwapchain.format) else {
            let list = offered.map { "0x" + String($0, radix: 16) }.joined(separator: " ")
            throw HeadsetError(
                "\(instance.runtime) has no pictures of the format GL_SRGB8_ALPHA8 (it offers \(list)). "
                    + "Update it, or make another runtime the active one.")
        }
        guard instance.extensions.contains(XRExtension.depth) else { return nil }
        return OpenXRSwapchain.depthFormats.first(where: offered.contains)
    }

    /// What the runtime says of its display's rate; nil where it does not say.
    func refreshRate() -> Double? {
        var rate: Float = 0
        guard let get = instance.functions.getRefreshRate, get(handle, &rate).isSuccess,
            rate.isFinite, rate > 1
        else { return nil }
        // 60 Hz come as 60.000004.
        return (Double(rate) * 1000).rounded() / 1000
    }
}
