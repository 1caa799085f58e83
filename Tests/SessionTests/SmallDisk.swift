import Foundation

/// A disk that is soon full; gone with `remove`.
struct SmallDisk {
    private let folder: String

    /// Mounts one over a folder, of a size as mount(8) has it; nil where only root could.
    init?(over folder: String, size: String) throws {
        self.folder = folder
        guard try Self.run("mount", "-t", "tmpfs", "-o", "size=\(size)", "phosphor-test", folder)
        else { return nil }
    }

    /// Makes it another size.
    func resize(to size: String) throws {
        _ = try Self.run("mount", "-o", "remount,size=\(size)", folder)
    }

    func remove() { _ = try? Self.run("umount", "-l", folder) }

    private static func run(_ words: String...) throws -> Bool {
        let process = try Process.run(URL(fileURLWithPath: "/usr/bin/env"), arguments: words)
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
