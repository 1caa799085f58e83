import CSystem
import Glibc

/// Takes from a guest what no driver needs, before the first text of a user reaches a compiler.
///
/// In two steps, since Landlock holds the thread that asks and those that it makes, while seccomp can reach threads that
/// run already: Landlock goes before the driver starts its own threads, seccomp after the context stands, when a driver
/// has had the calls that only its start needs. Both take less than a millisecond together.
///
/// Limitations: everything under `/usr`, `/sys` and `/proc` can be read (of other processes only what ptrace(2) would
/// allow, which is nothing); the shader cache can be written; what the graphics driver itself lets a client do, it does.
struct Sandbox {
    /// What came of it.
    private(set) var limits = GuestLimits()

    /// Gives up priority, and memory before anybody else; what the user may not turn off.
    mutating func holdBack() {
        // A guest that crashes must be gone at once: no core file of its mappings, see also SWIFT_BACKTRACE.
        var core = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &core)
        if getrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &core) == 0 {
            limits.dumpsCore = core.rlim_cur > 0
        }
        if let nice = Self.variable("PHOSPHOR_GUEST_NICE").flatMap({ Int32($0) }) {
            _ = phosphor_set_nice(nice)
            // Long turns, but the host's short ones come in between; see `HostPriority.shortenTurns`.
            _ = phosphor_set_slice(100_000_000)
        }
        phosphor_forbid_priority()
        limits.nice = Int(phosphor_nice())
        limits.isFirstToGo = phosphor_offer_to_oom() == 0
        limits.isSandboxOff = Self.variable("PHOSPHOR_SANDBOX") == "off"
    }

    /// Leaves of the file system what drivers need; before the first of the driver's threads.
    ///
    /// Where the kernel has no Landlock this does nothing, and `limits` says so.
    mutating func closeFiles() {
        guard !limits.isSandboxOff else { return }
        let start = phosphor_now()
        let version = phosphor_landlock_abi()
        guard version > 0 else { return }
        let ruleset = phosphor_landlock_begin(version)
        guard ruleset >= 0 else { return }
        defer { close(ruleset) }
        for path in Self.readable { phosphor_landlock_allow(ruleset, version, path, 0) }
        for path in Self.writable { phosphor_landlock_allow(ruleset, version, path, 1) }
        if phosphor_landlock_enter(ruleset) == 0 { limits.landlock = Int(version) }
        limits.sandboxMicroseconds = Int((phosphor_now() - start) / 1000)
    }

    /// Denies system calls that no driver needs; after the driver's start.
    mutating func closeCalls() {
        guard !limits.isSandboxOff else { return }
        let start = phosphor_now()
        limits.hasSeccomp = phosphor_seccomp_enter() == 0
        limits.sandboxMicroseconds += Int((phosphor_now() - start) / 1000)
    }

    /// What drivers read: libraries, their configuration, what the machine says of itself.
    private static var readable: [String] {
        var paths = [
            "/usr", "/lib", "/lib32", "/lib64", "/opt", "/nix/store", "/gnu/store", "/app",
            "/run/opengl-driver", "/sys", "/proc", "/etc/ld.so.cache", "/etc/ld.so.conf",
            "/etc/ld.so.conf.d", "/etc/glvnd", "/etc/egl", "/etc/drirc", "/etc/nvidia",
            "/etc/amd", "/etc/vulkan", "/etc/localtime", "/etc/alternatives", "/dev/urandom",
        ]
        // What came with the loader that this program was started through.
        paths += OwnProgram.libraryFolders
        // Where the user has put a driver of their own.
        for name in [
            "LD_LIBRARY_PATH", "LIBGL_DRIVERS_PATH", "GBM_BACKENDS_PATH",
            "__EGL_VENDOR_LIBRARY_DIRS", "__EGL_VENDOR_LIBRARY_FILENAMES", "DRIRC_CONFIGDIR",
            "VK_DRIVER_FILES", "VK_ICD_FILENAMES",
        ] {
            paths += variable(name)?.split(separator: ":").map(String.init) ?? []
        }
        if let home = variable("HOME") { paths += [home + "/.drirc", home + "/.nv"] }
        return paths.filter { $0.hasPrefix("/") && $0 != "/" }
    }

    /// What drivers write: the graphics card, and the shader cache.
    private static var writable: [String] {
        var paths = [
            "/dev/null", "/dev/zero", "/dev/dri", "/dev/kfd", "/dev/udmabuf", "/dev/dma_heap",
            "/dev/nvidiactl", "/dev/nvidia-modeset", "/dev/nvidia-uvm", "/dev/nvidia-uvm-tools",
            "/dev/nvidia-caps",
        ]
        paths += (0..<16).map { "/dev/nvidia\($0)" }
        paths += [
            "MESA_SHADER_CACHE_DIR", "MESA_GLSL_CACHE_DIR", "__GL_SHADER_DISK_CACHE_PATH",
        ].compactMap(variable)
        return paths
    }

    private static func variable(_ name: String) -> String? {
        guard let value = getenv(name), value.pointee != 0 else { return nil }
        return String(cString: value)
    }
}
