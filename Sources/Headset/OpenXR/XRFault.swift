import COpenXR

/// The one funnel from OpenXR's results to words for people: what happened, and what to do.
extension HeadsetError {
    /// What a call failed with.
    ///
    /// - Parameters:
    ///   - call: OpenXR's name of the function that was called.
    ///   - runtime: how the runtime calls itself, as far as is known.
    init(_ result: XrResult, from call: String, of runtime: String? = nil) {
        let name = runtime ?? "The OpenXR runtime"
        let detail = "\(call): \(result.name)"
        self.init("\(XRFault.words(for: result, of: name)) (\(detail))")
    }
}

/// What results mean to whoever wears the headset.
enum XRFault {
    /// A sentence or two, without the detail of call and result.
    static func words(for result: XrResult, of name: String) -> String {
        switch result {
        case XR_ERROR_RUNTIME_UNAVAILABLE:
            "No OpenXR runtime is active on this machine. Start one (SteamVR, Monado, WiVRn) and make it the "
                + "active one, or name its file in XR_RUNTIME_JSON."
        case XR_ERROR_RUNTIME_FAILURE, XR_ERROR_INITIALIZATION_FAILED:
            "\(name) does not answer. Is its service running? Start it (monado-service, SteamVR) and look at its log."
        case XR_ERROR_FILE_ACCESS_ERROR, XR_ERROR_FILE_CONTENTS_INVALID:
            "The file that names the active OpenXR runtime cannot be read or makes no sense. Set the runtime as the "
                + "active one again, or correct XR_RUNTIME_JSON."
        case XR_ERROR_API_VERSION_UNSUPPORTED:
            "\(name) is too old: Phosphor needs OpenXR 1.0. Update it."
        case XR_ERROR_EXTENSION_NOT_PRESENT:
            "\(name) lacks an extension that it had announced. Update it."
        case XR_ERROR_API_LAYER_NOT_PRESENT:
            "An OpenXR layer that XR_ENABLE_API_LAYERS names is not there. Install it, or unset the variable."
        case XR_ERROR_LIMIT_REACHED:
            "\(name) takes no more programs, or this one holds a session already. End the other one."
        case XR_ERROR_OUT_OF_MEMORY:
            "\(name) is out of memory."
        case XR_ERROR_FORM_FACTOR_UNSUPPORTED:
            "\(name) has no headset: it is made for other devices, or finds none at all. Connect one, and "
                + "see that the runtime knows its kind."
        case XR_ERROR_FORM_FACTOR_UNAVAILABLE:
            "\(name) finds no headset at the moment. Connect it and switch it on."
        case XR_ERROR_VIEW_CONFIGURATION_TYPE_UNSUPPORTED:
            "\(name) offers no picture for two eyes, which Phosphor needs."
        case XR_ERROR_GRAPHICS_DEVICE_INVALID, XR_ERROR_GRAPHICS_REQUIREMENTS_CALL_MISSING:
            "\(name) cannot use the OpenGL context that Phosphor draws with. With more than one graphics card, "
                + "run Phosphor on the one that the headset is connected to (DRI_PRIME)."
        case XR_ERROR_INSTANCE_LOST:
            "\(name) has gone: it was ended, or it crashed."
        case XR_ERROR_SESSION_LOST, XR_SESSION_LOSS_PENDING:
            "\(name) has taken the headset away: it was unplugged, or its driver failed."
        case XR_ERROR_SWAPCHAIN_FORMAT_UNSUPPORTED:
            "\(name) knows no picture format that Phosphor knows."
        default:
            "\(name) failed."
        }
    }
}

extension XrResult {
    /// Whether a call succeeded at all; some successes have something to add.
    var isSuccess: Bool { rawValue >= 0 }
    /// Whether everything of the session or the instance is of no use any more.
    var isLoss: Bool { self == XR_ERROR_INSTANCE_LOST || self == XR_ERROR_SESSION_LOST }

    /// OpenXR's own name, for those that a user may have to look up; the number of others.
    ///
    /// xrResultToString wants an instance, which is what cannot be had most of the time.
    var name: String {
        switch self {
        case XR_ERROR_VALIDATION_FAILURE: "XR_ERROR_VALIDATION_FAILURE"
        case XR_ERROR_RUNTIME_FAILURE: "XR_ERROR_RUNTIME_FAILURE"
        case XR_ERROR_OUT_OF_MEMORY: "XR_ERROR_OUT_OF_MEMORY"
        case XR_ERROR_API_VERSION_UNSUPPORTED: "XR_ERROR_API_VERSION_UNSUPPORTED"
        case XR_ERROR_INITIALIZATION_FAILED: "XR_ERROR_INITIALIZATION_FAILED"
        case XR_ERROR_FEATURE_UNSUPPORTED: "XR_ERROR_FEATURE_UNSUPPORTED"
        case XR_ERROR_EXTENSION_NOT_PRESENT: "XR_ERROR_EXTENSION_NOT_PRESENT"
        case XR_ERROR_LIMIT_REACHED: "XR_ERROR_LIMIT_REACHED"
        case XR_ERROR_HANDLE_INVALID: "XR_ERROR_HANDLE_INVALID"
        case XR_ERROR_INSTANCE_LOST: "XR_ERROR_INSTANCE_LOST"
        case XR_ERROR_SESSION_RUNNING: "XR_ERROR_SESSION_RUNNING"
        case XR_ERROR_SESSION_NOT_RUNNING: "XR_ERROR_SESSION_NOT_RUNNING"
        case XR_ERROR_SESSION_LOST: "XR_ERROR_SESSION_LOST"
        case XR_ERROR_SYSTEM_INVALID: "XR_ERROR_SYSTEM_INVALID"
        case XR_ERROR_LAYER_INVALID: "XR_ERROR_LAYER_INVALID"
        case XR_ERROR_LAYER_LIMIT_EXCEEDED: "XR_ERROR_LAYER_LIMIT_EXCEEDED"
        case XR_ERROR_SWAPCHAIN_RECT_INVALID: "XR_ERROR_SWAPCHAIN_RECT_INVALID"
        case XR_ERROR_SWAPCHAIN_FORMAT_UNSUPPORTED: "XR_ERROR_SWAPCHAIN_FORMAT_UNSUPPORTED"
        case XR_ERROR_CALL_ORDER_INVALID: "XR_ERROR_CALL_ORDER_INVALID"
        case XR_ERROR_POSE_INVALID: "XR_ERROR_POSE_INVALID"
        case XR_ERROR_FORM_FACTOR_UNSUPPORTED: "XR_ERROR_FORM_FACTOR_UNSUPPORTED"
        case XR_ERROR_FORM_FACTOR_UNAVAILABLE: "XR_ERROR_FORM_FACTOR_UNAVAILABLE"
        case XR_ERROR_API_LAYER_NOT_PRESENT: "XR_ERROR_API_LAYER_NOT_PRESENT"
        case XR_ERROR_FILE_ACCESS_ERROR: "XR_ERROR_FILE_ACCESS_ERROR"
        case XR_ERROR_FILE_CONTENTS_INVALID: "XR_ERROR_FILE_CONTENTS_INVALID"
        case XR_ERROR_RUNTIME_UNAVAILABLE: "XR_ERROR_RUNTIME_UNAVAILABLE"
        case XR_ERROR_GRAPHICS_DEVICE_INVALID: "XR_ERROR_GRAPHICS_DEVICE_INVALID"
        default: "result \(rawValue)"
        }
    }
}
