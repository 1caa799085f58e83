import CSystem
import Glibc

/// How guests are started and how long they may take.
public struct GuestConfiguration: Sendable {
    /// The executable; nil for the host's own, started as the host was.
    public var executable: String?
    /// Its arguments before the parent's process number.
    public var arguments = ["guest"]
    /// Additions to the host's environment; they win over everything else.
    public var environment: [String: String] = [:]
    /// The deadlines; nil for those that suit the driver.
    public var deadlines: Deadlines?
    /// The deadlines while a sketch has nothing good to show.
    public var openingDeadlines = Deadlines.patient
    /// The guests' priority, from 0 to 19, higher being less urgent.
    ///
    /// At 10 a guest that spins still gets a tenth of each processor, and the host's frames at 1920x1080 miss every
    /// other beat on two cores; at 19 they do not.
    public var nice = 19
    /// What a guest may take of memory, in bytes, all that is resident counted; one that takes more is killed.
    public var memoryLimit = Self.defaultMemoryLimit
    /// Where drivers keep compiled shaders; nil for none of our own choice.
    public var cacheFolder: String? = Self.defaultCacheFolder
    /// How large that folder may grow, as Mesa writes it.
    public var cacheSize = "256M"
    /// Let llvmpipe's just-in-time compiler skip its optimiser: first pixels come in a half to a third of the time,
    /// and later frames are about as fast.
    public var quickCompile = true
    /// Threads that llvmpipe draws with; one less than the machine has, so that the host always finds one.
    public var softwareThreads = max(1, Self.processors - 1)
    /// Slots of each ring: one that is drawn, one that is newest, one that the host reads.
    public var slots = 3
    /// Seconds of quiet after which the back gets the last good program ready, should the front die.
    public var warmAfter = 0.4

    /// Seconds that handing over what a program keeps from frame to frame may take; past them it begins anew.
    public var handoverLimit = 0.1
    /// Seconds between copies of it for the case that the front dies.
    public var snapshotEvery = 1.0

    /// The usual configuration.
    public init() {}

    /// Processors of this machine.
    public static let processors = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))

    /// Half of this machine's memory, but not less than 2 GB.
    ///
    /// The drivers themselves take some 200 MB.
    public static let defaultMemoryLimit = max(
        2 << 30, sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE)) / 2)

    /// `phosphor/shaders` under the XDG cache folder; nil where there is no home.
    public static var defaultCacheFolder: String? {
        if let folder = variable("XDG_CACHE_HOME"), folder.hasPrefix("/") {
            return folder + "/phosphor/shaders"
        }
        return variable("HOME").map { $0 + "/.cache/phosphor/shaders" }
    }

    private static func variable(_ name: String) -> String? {
        guard let value = getenv(name), value.pointee != 0 else { return nil }
        return String(cString: value)
    }

    /// The environment of a guest, as `NAME=value`.
    ///
    /// What the user has set for Mesa is respected; only `environment` goes over it.
    func spawnEnvironment() -> [String] {
        var values: [String: String] = [:]
        if let cacheFolder {
            values["MESA_SHADER_CACHE_DIR"] = cacheFolder
            values["MESA_SHADER_CACHE_MAX_SIZE"] = cacheSize
            values["__GL_SHADER_DISK_CACHE_PATH"] = cacheFolder
        }
        if quickCompile { values["GALLIVM_PERF"] = "nopt" }
        values["LP_NUM_THREADS"] = String(softwareThreads)
        // Browsers begin every variable with zeros, and many shaders rest on that.
        values["glsl_zero_init"] = "true"
        // Otherwise Mesa says on standard error that we did.
        values["MESA_DEBUG"] = "silent"
        var entry = phosphor_environment()
        while let text = entry?.pointee {
            let line = String(cString: text)
            if let equals = line.firstIndex(of: "="), equals != line.startIndex {
                values[String(line[..<equals])] = String(line[line.index(after: equals)...])
            }
            entry = entry?.successor()
        }
        values["PHOSPHOR_GUEST_NICE"] = String(nice)
        // A guest that crashes must die at once and silently, instead of printing a backtrace for seconds.
        values["SWIFT_BACKTRACE"] = "enable=no"
        values.merge(environment) { $1 }
        return values.map { "\($0)=\($1)" }.sorted()
    }

    /// Makes the cache folder, private to the user, with all folders above it.
    ///
    /// Failing is no harm: drivers then compile everything anew.
    func prepareCache() {
        guard let cacheFolder, cacheFolder.hasPrefix("/") else { return }
        var path = ""
        for part in cacheFolder.split(separator: "/") {
            path += "/" + part
            mkdir(path, 0o700)
        }
    }
}
