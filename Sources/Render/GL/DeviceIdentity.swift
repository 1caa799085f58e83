import CEpoxy

/// Which device, by which version of its driver, a context draws with.
///
/// Memory can be shared by processes and interfaces where all sixteen bytes of both are the same
/// (GL_EXT_memory_object), and nowhere else.
public struct DeviceIdentity: Equatable, Sendable {
    /// GL_DRIVER_UUID_EXT, sixteen bytes.
    public var driver: [UInt8]
    /// GL_DEVICE_UUID_EXT, sixteen bytes.
    public var device: [UInt8]

    /// Bytes of each.
    public static let size = 16

    /// An identity with these bytes; nil where they are not sixteen each.
    public init?(driver: [UInt8], device: [UInt8]) {
        guard driver.count == Self.size, device.count == Self.size else { return nil }
        (self.driver, self.device) = (driver, device)
    }

    /// The current context's; nil where its driver cannot import memory, or draws with several devices.
    public static func current() -> DeviceIdentity? {
        guard GLQuery.hasExtension("GL_EXT_memory_object"),
            GLQuery.hasExtension("GL_EXT_memory_object_fd")
        else { return nil }
        var count: GLint = 0
        glGetIntegerv(GLenum(GL_NUM_DEVICE_UUIDS_EXT), &count)
        guard count == 1 else { return nil }
        var driver = [UInt8](repeating: 0, count: size)
        var device = driver
        glGetUnsignedBytevEXT(GLenum(GL_DRIVER_UUID_EXT), &driver)
        glGetUnsignedBytei_vEXT(GLenum(GL_DEVICE_UUID_EXT), 0, &device)
        return glGetError() == GLenum(GL_NO_ERROR)
            ? DeviceIdentity(driver: driver, device: device) : nil
    }
}
