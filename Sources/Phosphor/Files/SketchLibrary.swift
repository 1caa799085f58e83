import FoundationEssentials
import Glibc

/// The sketches that can be opened: recent ones, the user's own, and those that ship.
struct SketchLibrary: Sendable {
    struct Entry: Sendable, Equatable {
        enum Section: String, Sendable { case recent, own, shipped }
        var section: Section
        var path: String
        /// What the chooser shows.
        var title: String
    }

    /// Lists them all; a path stands once, in the first section it belongs to.
    ///
    /// Reads the disk.
    static func list(recent: [String], own folder: String) -> [Entry] {
        var seen = Set<String>()
        var entries: [Entry] = []
        func add(_ section: Entry.Section, _ path: String, _ title: String) {
            guard seen.insert(path).inserted else { return }
            entries.append(Entry(section: section, path: path, title: title))
        }
        for path in recent where access(path, R_OK) == 0 { add(.recent, path, Folders.shown(path)) }
        for path in sketches(in: folder) { add(.own, path, Folders.name(of: path)) }
        if let share = Folders.share {
            for path in sketches(in: Folders.absolute(share) + "/shaders") {
                add(.shipped, path, Folders.name(of: path))
            }
        }
        return entries
    }

    private static func sketches(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().filter { !$0.hasPrefix(".") && $0 != "templates" && $0 != "bench" }
            .map {
                folder + "/" + $0
            }.filter {
                var isFolder = false
                guard FileManager.default.fileExists(atPath: $0, isDirectory: &isFolder) else {
                    return false
                }
                if isFolder {
                    let inside = (try? FileManager.default.contentsOfDirectory(atPath: $0)) ?? []
                    return inside.contains { SketchLibrary.isShader($0) }
                }
                return isShader($0)
            }
    }

    private static let extensions = ["vert", "tesc", "tese", "geom", "frag", "comp", "glsl", "fs"]

    private static func isShader(_ name: String) -> Bool {
        guard let dot = name.lastIndex(of: ".") else { return false }
        return extensions.contains(String(name[name.index(after: dot)...]).lowercased())
    }

    /// A free path for a new sketch in `folder`, named after the day: `2026-11-21-1.frag`.
    static func newPath(in folder: String, date: Date = Date()) -> String {
        let parts = Calendar.current.dateComponents([.year, .month, .day], from: date)
        func two(_ value: Int?) -> String { (value ?? 0) < 10 ? "0\(value ?? 0)" : "\(value ?? 0)" }
        let day = "\(parts.year ?? 2000)-\(two(parts.month))-\(two(parts.day))"
        var number = 1
        while access("\(folder)/\(day)-\(number).frag", F_OK) == 0 { number += 1 }
        return "\(folder)/\(day)-\(number).frag"
    }

    /// The text that a new sketch begins with; a built-in one where the shipped files are not found.
    static func template(_ name: String) -> String? {
        if let share = Folders.share,
            let bytes = try? AtomicFile.read(
                "\(share)/shaders/templates/\(name).frag", limit: 1 << 20)
        {
            return String(decoding: bytes, as: UTF8.self)
        }
        guard name == "shadertoy" else { return nil }
        return """
            void mainImage(out vec4 color, in vec2 pixel) {
                vec2 uv = pixel / iResolution.xy;
                color = vec4(uv, 0.5 + 0.5 * sin(iTime), 1.0);
            }

            """
    }
}
