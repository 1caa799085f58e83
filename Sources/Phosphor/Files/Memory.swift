import FoundationEssentials

/// What is remembered from one start to the next: how the text looks, what was open, and where the caret was.
struct Memory: Codable, Sendable, Equatable {
    struct Place: Codable, Sendable, Equatable {
        var caret: Int
        var firstLine: Int
    }

    var textSize: Int = 18
    var backing: Double = 0.92
    var headset = HeadsetMemory()
    /// Sketches opened before, the last one first.
    var recent: [String] = []
    /// Caret (a byte offset) and scroll of each of them.
    var places: [String: Place] = [:]

    init() {}

    /// A file of an older or newer version lacks some keys: each has its default.
    init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        textSize = try keys.decodeIfPresent(Int.self, forKey: .textSize) ?? textSize
        backing = try keys.decodeIfPresent(Double.self, forKey: .backing) ?? backing
        headset = try keys.decodeIfPresent(HeadsetMemory.self, forKey: .headset) ?? headset
        recent = try keys.decodeIfPresent([String].self, forKey: .recent) ?? []
        places = try keys.decodeIfPresent([String: Place].self, forKey: .places) ?? [:]
        textSize = min(max(textSize, 12), 72)
        backing = min(max(backing, 0), 1)
    }

    private static var path: String { Folders.state + "/memory.json" }

    /// What was remembered; the defaults, and the reason, where the file cannot be read.
    static func load() -> (memory: Memory, problem: String?) {
        guard AtomicFile.stamp(path) != nil else { return (Memory(), nil) }
        do {
            let bytes = try AtomicFile.read(path, limit: 1 << 20)
            return (try JSONDecoder().decode(Memory.self, from: Data(bytes)), nil)
        } catch {
            return (
                Memory(),
                "\(Folders.shown(path)) cannot be read, so text size and recent sketches start anew"
            )
        }
    }

    /// Writes it; gives the reason where that failed.
    func save() -> String? {
        do {
            try AtomicFile.makeFolder(Folders.state)
            try AtomicFile.write(Array(JSONEncoder().encode(self)), to: Self.path)
            return nil
        } catch {
            return "\(error)"
        }
    }

    mutating func opened(_ path: String) {
        recent.removeAll { $0 == path }
        recent.insert(path, at: 0)
        for old in recent.dropFirst(50) { places[old] = nil }
        recent = Array(recent.prefix(50))
    }
}
