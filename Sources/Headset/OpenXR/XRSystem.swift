import COpenXR

/// The headset that a runtime has (`XrSystemId`), and what it can do.
struct XRSystem: Sendable {
    let id: XrSystemId
    /// The device, as the runtime calls it.
    let name: String
    let recommendedSize: ImageSize
    /// Of one eye's picture, which may be a part of a larger image.
    let largestSize: ImageSize
    let largestSwapchain: ImageSize
    /// How many layers a frame may have.
    let layers: Int
    /// Opaque where there is a choice: the picture is all that is seen.
    let blendMode: XrEnvironmentBlendMode

    /// Asks for a headset with a picture for each of two eyes.
    init(of instance: XRInstance) throws(HeadsetError) {
        let functions = instance.functions
        var wanted = XrSystemGetInfo()
        wanted.type = XR_TYPE_SYSTEM_GET_INFO
        wanted.formFactor = XR_FORM_FACTOR_HEAD_MOUNTED_DISPLAY
        var id: XrSystemId = 0
        var result = functions.getSystem(instance.handle, &wanted, &id)
        guard result.isSuccess else {
            throw HeadsetError(result, from: "xrGetSystem", of: instance.runtime)
        }
        self.id = id

        var properties = XrSystemProperties()
        properties.type = XR_TYPE_SYSTEM_PROPERTIES
        result = functions.getSystemProperties(instance.handle, id, &properties)
        guard result.isSuccess else {
            throw HeadsetError(result, from: "xrGetSystemProperties", of: instance.runtime)
        }
        name = text(&properties.systemName)
        layers = Int(properties.graphicsProperties.maxLayerCount)

        let views = try Self.views(of: instance, id)
        recommendedSize = ImageSize(
            width: Int(views[0].recommendedImageRectWidth),
            height: Int(views[0].recommendedImageRectHeight))
        largestSize = ImageSize(
            width: Int(views[0].maxImageRectWidth), height: Int(views[0].maxImageRectHeight))
        let graphics = properties.graphicsProperties
        largestSwapchain = ImageSize(
            width: Int(graphics.maxSwapchainImageWidth),
            height: Int(graphics.maxSwapchainImageHeight))
        blendMode = Self.blendMode(of: instance, id)
    }

    private static func views(of instance: XRInstance, _ id: XrSystemId) throws(HeadsetError)
        -> [XrViewConfigurationView]
    {
        var views = [XrViewConfigurationView](repeating: .init(), count: 2)
        for index in views.indices { views[index].type = XR_TYPE_VIEW_CONFIGURATION_VIEW }
        var count: UInt32 = 0
        let result = instance.functions.enumerateViews(
            instance.handle, id, XRSystem.stereo, 2, &count, &views)
        guard result.isSuccess, count == 2 else {
            throw HeadsetError(
                result.isSuccess ? XR_ERROR_VIEW_CONFIGURATION_TYPE_UNSUPPORTED : result,
                from: "xrEnumerateViewConfigurationViews", of: instance.runtime)
        }
        return views
    }

    private static func blendMode(of instance: XRInstance, _ id: XrSystemId)
        -> XrEnvironmentBlendMode
    {
        var modes = [XrEnvironmentBlendMode](repeating: .init(0), count: 8)
        var count: UInt32 = 0
        let result = instance.functions.enumerateBlendModes(
            instance.handle, id, XRSystem.stereo, UInt32(modes.count), &count, &modes)
        let offered = result.isSuccess ? modes.prefix(Int(count)) : []
        if offered.contains(XR_ENVIRONMENT_BLEND_MODE_OPAQUE) {
            return XR_ENVIRONMENT_BLEND_MODE_OPAQUE
        }
        return offered.first ?? XR_ENVIRONMENT_BLEND_MODE_OPAQUE
    }

    /// The only arrangement of views that Phosphor draws.
    static let stereo = XR_VIEW_CONFIGURATION_TYPE_PRIMARY_STEREO
}
