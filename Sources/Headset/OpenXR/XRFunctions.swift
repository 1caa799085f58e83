import COpenXR

/// Where OpenXR's functions are found: the loader's `xrGetInstanceProcAddr`, or a test's.
typealias XRLookup = PFN_xrGetInstanceProcAddr

/// The functions that need no instance.
struct XRGlobalFunctions {
    let enumerateExtensions: PFN_xrEnumerateInstanceExtensionProperties
    let createInstance: PFN_xrCreateInstance

    init(_ lookup: XRLookup) throws(HeadsetError) {
        enumerateExtensions = try find("xrEnumerateInstanceExtensionProperties", of: nil, lookup)
        createInstance = try find("xrCreateInstance", of: nil, lookup)
    }
}

/// An instance's functions, by name without `xr`.
///
/// All of OpenXR is called through this table, never by its name: so a test can put a runtime of its own in place, and
/// extensions need no treatment of their own.
struct XRFunctions: Sendable {
    let destroyInstance: PFN_xrDestroyInstance
    let getInstanceProperties: PFN_xrGetInstanceProperties
    let pollEvent: PFN_xrPollEvent
    let stringToPath: PFN_xrStringToPath
    let pathToString: PFN_xrPathToString
    let getSystem: PFN_xrGetSystem
    let getSystemProperties: PFN_xrGetSystemProperties
    let enumerateBlendModes: PFN_xrEnumerateEnvironmentBlendModes
    let enumerateViews: PFN_xrEnumerateViewConfigurationViews

    let createSession: PFN_xrCreateSession
    let destroySession: PFN_xrDestroySession
    let beginSession: PFN_xrBeginSession
    let endSession: PFN_xrEndSession
    let requestExitSession: PFN_xrRequestExitSession
    let enumerateReferenceSpaces: PFN_xrEnumerateReferenceSpaces
    let createReferenceSpace: PFN_xrCreateReferenceSpace
    let createActionSpace: PFN_xrCreateActionSpace
    let locateSpace: PFN_xrLocateSpace
    let locateViews: PFN_xrLocateViews

    let waitFrame: PFN_xrWaitFrame
    let beginFrame: PFN_xrBeginFrame
    let endFrame: PFN_xrEndFrame

    let enumerateSwapchainFormats: PFN_xrEnumerateSwapchainFormats
    let createSwapchain: PFN_xrCreateSwapchain
    let destroySwapchain: PFN_xrDestroySwapchain
    let enumerateSwapchainImages: PFN_xrEnumerateSwapchainImages
    let acquireSwapchainImage: PFN_xrAcquireSwapchainImage
    let waitSwapchainImage: PFN_xrWaitSwapchainImage
    let releaseSwapchainImage: PFN_xrReleaseSwapchainImage

    let createActionSet: PFN_xrCreateActionSet
    let createAction: PFN_xrCreateAction
    let suggestBindings: PFN_xrSuggestInteractionProfileBindings
    let attachActionSets: PFN_xrAttachSessionActionSets
    let getCurrentProfile: PFN_xrGetCurrentInteractionProfile
    let syncActions: PFN_xrSyncActions
    let getBoolean: PFN_xrGetActionStateBoolean
    let getFloat: PFN_xrGetActionStateFloat
    let getVector: PFN_xrGetActionStateVector2f
    let getPose: PFN_xrGetActionStatePose
    let applyHaptics: PFN_xrApplyHapticFeedback

    /// Of XR_KHR_opengl_enable; nil where the runtime lacks it.
    let getGLRequirements: PFN_xrVoidFunction?
    /// Of XR_FB_display_refresh_rate; nil where the runtime lacks it.
    let getRefreshRate: PFN_xrGetDisplayRefreshRateFB?

    /// Finds them all; the error names the one that a runtime lacks.
    init(of instance: XrInstance, _ lookup: XRLookup) throws(HeadsetError) {
        destroyInstance = try find("xrDestroyInstance", of: instance, lookup)
        getInstanceProperties = try find("xrGetInstanceProperties", of: instance, lookup)
        pollEvent = try find("xrPollEvent", of: instance, lookup)
        stringToPath = try find("xrStringToPath", of: instance, lookup)
        pathToString = try find("xrPathToString", of: instance, lookup)
        getSystem = try find("xrGetSystem", of: instance, lookup)
        getSystemProperties = try find("xrGetSystemProperties", of: instance, lookup)
        enumerateBlendModes = try find("xrEnumerateEnvironmentBlendModes", of: instance, lookup)
        enumerateViews = try find("xrEnumerateViewConfigurationViews", of: instance, lookup)
        createSession = try find("xrCreateSession", of: instance, lookup)
        destroySession = try find("xrDestroySession", of: instance, lookup)
        beginSession = try find("xrBeginSession", of: instance, lookup)
        endSession = try find("xrEndSession", of: instance, lookup)
        requestExitSession = try find("xrRequestExitSession", of: instance, lookup)
        enumerateReferenceSpaces = try find("xrEnumerateReferenceSpaces", of: instance, lookup)
        createReferenceSpace = try find("xrCreateReferenceSpace", of: instance, lookup)
        createActionSpace = try find("xrCreateActionSpace", of: instance, lookup)
        locateSpace = try find("xrLocateSpace", of: instance, lookup)
        locateViews = try find("xrLocateViews", of: instance, lookup)
        waitFrame = try find("xrWaitFrame", of: instance, lookup)
        beginFrame = try find("xrBeginFrame", of: instance, lookup)
        endFrame = try find("xrEndFrame", of: instance, lookup)
        enumerateSwapchainFormats = try find("xrEnumerateSwapchainFormats", of: instance, lookup)
        createSwapchain = try find("xrCreateSwapchain", of: instance, lookup)
        destroySwapchain = try find("xrDestroySwapchain", of: instance, lookup)
        enumerateSwapchainImages = try find("xrEnumerateSwapchainImages", of: instance, lookup)
        acquireSwapchainImage = try find("xrAcquireSwapchainImage", of: instance, lookup)
        waitSwapchainImage = try find("xrWaitSwapchainImage", of: instance, lookup)
        releaseSwapchainImage = try find("xrReleaseSwapchainImage", of: instance, lookup)
        createActionSet = try find("xrCreateActionSet", of: instance, lookup)
        createAction = try find("xrCreateAction", of: instance, lookup)
        suggestBindings = try find("xrSuggestInteractionProfileBindings", of: instance, lookup)
        attachActionSets = try find("xrAttachSessionActionSets", of: instance, lookup)
        getCurrentProfile = try find("xrGetCurrentInteractionProfile", of: instance, lookup)
        syncActions = try find("xrSyncActions", of: instance, lookup)
        getBoolean = try find("xrGetActionStateBoolean", of: instance, lookup)
        getFloat = try find("xrGetActionStateFloat", of: instance, lookup)
        getVector = try find("xrGetActionStateVector2f", of: instance, lookup)
        getPose = try find("xrGetActionStatePose", of: instance, lookup)
        applyHaptics = try find("xrApplyHapticFeedback", of: instance, lookup)
        getGLRequirements = found("xrGetOpenGLGraphicsRequirementsKHR", of: instance, lookup)
        getRefreshRate = found("xrGetDisplayRefreshRateFB", of: instance, lookup)
    }
}

/// A function by its name; an error where the runtime lacks what all must have.
private func find<Function>(_ name: String, of instance: XrInstance?, _ lookup: XRLookup)
    throws(HeadsetError) -> Function
{
    if let function: Function = found(name, of: instance, lookup) { return function }
    throw HeadsetError("The OpenXR runtime has no \(name): it is broken, or too old. Update it.")
}

/// A function by its name; nil where there is none, as with extensions that were not asked for.
private func found<Function>(_ name: String, of instance: XrInstance?, _ lookup: XRLookup)
    -> Function?
{
    var function: PFN_xrVoidFunction?
    guard lookup(instance, name, &function) == XR_SUCCESS, let function else { return nil }
    return unsafeBitCast(function, to: Function.self)
}
