import COpenXR

/// Phosphor's place at a runtime (`XrInstance`); it ends with this object.
///
/// The loader allows one at a time in a process, so the old one must have gone before a new one is made.
///
/// Sendable: nothing in it changes, and OpenXR allows its handle to be used by all threads at once; it is destroyed by
/// whoever lets go last, when nobody else can use it.
final class XRInstance: @unchecked Sendable {
    let handle: XrInstance
    let functions: XRFunctions
    /// Name and version, as the runtime calls itself.
    let runtime: String
    /// Which of `XRExtension.wanted` it has.
    let extensions: Set<String>
    /// Has calls of the main thread come back where the runtime's service does not answer.
    let lifeline: XRLifeline

    /// Asks the loader for the active runtime, and the runtime for an instance.
    ///
    /// May take long: the runtime's library is loaded, and it connects to a service. Any thread.
    init(_ lookup: XRLookup) throws(HeadsetError) {
        let global = try XRGlobalFunctions(lookup)
        let offered = try Self.extensions(global)
        guard offered.contains(XRExtension.openGL) else {
            throw HeadsetError(
                "The active OpenXR runtime takes no OpenGL pictures (it lacks \(XRExtension.openGL)). "
                    + "Make another runtime the active one; SteamVR, Monado and WiVRn do.")
        }
        extensions = offered.intersection(XRExtension.wanted)
        let lifeline = XRLifeline()
        self.lifeline = lifeline
        var made: XrInstance?
        let result = Self.withStrings(extensions.sorted()) { names in
            lifeline.guarding(XRLifeline.Patience.start) {
                phosphor_xr_create_instance(
                    global.createInstance, phosphor_xr_version(1, 0, 0), names.baseAddress,
                    UInt32(names.count), &made)
            }
        }
        guard result.isSuccess, let made else {
            throw HeadsetError(result, from: "xrCreateInstance")
        }
        handle = made
        lifeline.settle()
        do {
            functions = try XRFunctions(of: made, lookup)
        } catch {
            Self.destroy(made, lookup)
            throw error
        }
        var properties = XrInstanceProperties()
        properties.type = XR_TYPE_INSTANCE_PROPERTIES
        if functions.getInstanceProperties(made, &properties).isSuccess {
            let version = properties.runtimeVersion
            // Monado's name goes on with its makers and a version of Debian's.
            let name = text(&properties.runtimeName).prefix(upTo: " by ")
            runtime =
                name
                + " \(phosphor_xr_major(version)).\(phosphor_xr_minor(version)).\(phosphor_xr_patch(version))"
        } else {
            runtime = "The OpenXR runtime"
        }
    }

    /// Makes a call of the main thread's, which comes back in any case.
    func guarding<Result>(_ call: (XRFunctions) -> Result) -> Result {
        lifeline.guarding { call(functions) }
    }

    deinit { _ = lifeline.guarding { functions.destroyInstance(handle) } }

    /// A path's number (`XrPath`); 0, which is none, where the runtime does not take it.
    func path(_ string: String) -> XrPath {
        var path: XrPath = 0
        return functions.stringToPath(handle, string, &path).isSuccess ? path : 0
    }

    /// A path's text; nil for none.
    func string(_ path: XrPath) -> String? {
        guard path != 0 else { return nil }
        var buffer = [CChar](repeating: 0, count: 256)
        var count: UInt32 = 0
        guard functions.pathToString(handle, path, UInt32(buffer.count), &count, &buffer).isSuccess
        else { return nil }
        return String(
            decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// All extensions that the runtime offers.
    private static func extensions(_ global: XRGlobalFunctions) throws(HeadsetError) -> Set<String>
    {
        var count: UInt32 = 0
        var result = global.enumerateExtensions(nil, 0, &count, nil)
        var properties = [XrExtensionProperties](repeating: .init(), count: Int(count))
        for index in properties.indices { properties[index].type = XR_TYPE_EXTENSION_PROPERTIES }
        if result.isSuccess {
            result = global.enumerateExtensions(nil, count, &count, &properties)
        }
        guard result.isSuccess else {
            throw HeadsetError(result, from: "xrEnumerateInstanceExtensionProperties")
        }
        return Set(
            properties.prefix(Int(count)).map {
                var it = $0; return text(&it.extensionName)
            })
    }

    private static func destroy(_ instance: XrInstance, _ lookup: XRLookup) {
        var function: PFN_xrVoidFunction?
        guard lookup(instance, "xrDestroyInstance", &function) == XR_SUCCESS, let function else {
            return
        }
        _ = unsafeBitCast(function, to: PFN_xrDestroyInstance.self)(instance)
    }

    private static func withStrings<Result>(
        _ strings: [String], _ body: (UnsafeBufferPointer<UnsafePointer<CChar>?>) -> Result
    ) -> Result {
        let copies = strings.map { Array($0.utf8CString) }
        func step(_ index: Int, _ pointers: [UnsafePointer<CChar>?]) -> Result {
            guard index < copies.count else { return pointers.withUnsafeBufferPointer(body) }
            return copies[index].withUnsafeBufferPointer {
                step(index + 1, pointers + [$0.baseAddress])
            }
        }
        return step(0, [])
    }
}

/// OpenXR's extensions that are of use here.
enum XRExtension {
    static let openGL = "XR_KHR_opengl_enable"
    static let egl = "XR_MNDX_egl_enable"
    static let localFloor = "XR_EXT_local_floor"
    static let refreshRate = "XR_FB_display_refresh_rate"
    static let depth = "XR_KHR_composition_layer_depth"

    /// Asked for where they are; what is only reported is among them, and does no harm.
    static let wanted: Set<String> = [openGL, egl, localFloor, refreshRate, depth]
}

extension String {
    /// What stands before a mark; all of it where there is no such mark.
    fileprivate func prefix(upTo mark: String) -> String {
        var rest = self[...]
        while !rest.isEmpty, !rest.hasPrefix(mark) { rest = rest.dropFirst() }
        return rest.isEmpty ? self : String(self[..<rest.startIndex])
    }
}

/// The text in one of OpenXR's arrays of characters, which Swift has as a tuple.
func text<Characters>(_ characters: inout Characters) -> String {
    withUnsafeBytes(of: &characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
}
