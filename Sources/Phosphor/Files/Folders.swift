import FoundationEssentials
import Glibc
import Guest

/// Where things lie, by the XDG base directory specification and by where this executable was installed.
enum Folders {
    private static func variable(_ name: String) -> String? {
        guard let value = getenv(name) else { return nil }
        let text = String(cString: value)
        return text.isEmpty ? nil : text
    }

    /// The user's home folder.
    static var home: String { variable("HOME") ?? "/tmp" }

    private static func base(_ name: String, _ fallback: String) -> String {
        // The specification says that relative paths are to be ignored.
        if let value = variable(name), value.hasPrefix("/") { return value + "/phosphor" }
        return home + "/" + fallback + "/phosphor"
    }

    /// Settings, written by the user.
    static var config: String { base("XDG_CONFIG_HOME", ".config") }
    /// What is remembered from one start to the next.
    static var state: String { base("XDG_STATE_HOME", ".local/state") }
    /// The journal of all sketches.
    static var journal: String { state + "/journal.sqlite" }
    /// What may be deleted at any time.
    static var cache: String { base("XDG_CACHE_HOME", ".cache") }
    /// Sketches that the user makes, unless the settings say otherwise.
    static var sketches: String { home + "/Phosphor" }

    /// The command sockets of running programs.
    ///
    /// `XDG_RUNTIME_DIR`, or a folder that only this user can enter.
    static var runtime: String {
        variable("XDG_RUNTIME_DIR").map { $0 + "/phosphor" } ?? "/tmp/phosphor-\(getuid())"
    }

    /// The folder that holds `shaders`, `fonts` and `sessions`: `PHOSPHOR_SHARE`, the installation's, or the checkout's.
    static let share: String? = {
        func isShare(_ folder: String) -> Bool {
            access(folder + "/shaders/welcome.frag", R_OK) == 0
                && access(folder + "/fonts", R_OK) == 0
        }
        if let told = variable("PHOSPHOR_SHARE"), isShare(told) { return told }
        var folder = parent(of: OwnProgram.path)
        if isShare(folder + "/../share/phosphor") { return folder + "/../share/phosphor" }
        while folder != "/" {
            if isShare(folder) { return folder }
            folder = parent(of: folder)
        }
        return nil
    }()

    /// A path's folder; "/" for a file in the root, "." for a bare name.
    static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// A path's last part.
    static func name(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    }

    /// The absolute, tidied form of a path, `~` expanded; symbolic links are kept.
    static func absolute(_ path: String, from folder: String? = nil) -> String {
        var path = path
        if path == "~" || path.hasPrefix("~/") { path = home + path.dropFirst() }
        if !path.hasPrefix("/") {
            path = (folder ?? FileManager.default.currentDirectoryPath) + "/" + path
        }
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }

    /// A path as people read it, with `~` for home.
    static func shown(_ path: String) -> String {
        path.hasPrefix(home + "/") ? "~" + path.dropFirst(home.count) : path
    }
}
