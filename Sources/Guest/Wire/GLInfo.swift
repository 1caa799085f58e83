/// What a guest's OpenGL says of itself.
public struct GLInfo: Sendable, Codable, Equatable {
    /// GL_VENDOR.
    public var vendor: String
    /// GL_RENDERER.
    public var renderer: String
    /// GL_VERSION.
    public var version: String
    /// GL_SHADING_LANGUAGE_VERSION.
    public var glslVersion: String
    /// Whether a processor draws instead of a graphics card; deadlines and budgets differ.
    public var isSoftware: Bool
    /// GL_MAX_TEXTURE_SIZE, in texels.
    public var maximumTextureSize: Int
    /// Whether the driver tells when its context was reset.
    public var isRobust: Bool
    /// What holds the guest back.
    public var limits = GuestLimits()

    /// Makes an information.
    public init(
        vendor: String, renderer: String, version: String, glslVersion: String, isSoftware: Bool,
        maximumTextureSize: Int = 16384, isRobust: Bool = false, limits: GuestLimits = .init()
    ) {
        (self.vendor, self.renderer, self.version) = (vendor, renderer, version)
        (self.glslVersion, self.isSoftware) = (glslVersion, isSoftware)
        (self.maximumTextureSize, self.isRobust) = (maximumTextureSize, isRobust)
        self.limits = limits
    }
}

extension WireWriter {
    mutating func info(_ info: GLInfo) {
        text(info.vendor)
        text(info.renderer)
        text(info.version)
        text(info.glslVersion)
        flag(info.isSoftware)
        size(info.maximumTextureSize)
        flag(info.isRobust)
        limits(info.limits)
    }
}

extension WireReader {
    mutating func info() throws(WireError) -> GLInfo {
        var info = GLInfo(vendor: "", renderer: "", version: "", glslVersion: "", isSoftware: false)
        info.vendor = try text()
        info.renderer = try text()
        info.version = try text()
        info.glslVersion = try text()
        info.isSoftware = try flag()
        info.maximumTextureSize = try size("largest texture", in: 1...(1 << 20))
        info.isRobust = try flag()
        info.limits = try limits()
        return info
    }
}
