import CSystem
import Foundation
import Glibc
import Testing

/// Whether there is a runtime to test with.
enum RuntimeCheck {
    /// Why these tests cannot run here; nil where they can.
    static let obstacle: String? = {
        if ProcessInfo.processInfo.environment["PHOSPHOR_HEADSET_TESTS"] == "off" {
            return "PHOSPHOR_HEADSET_TESTS is off"
        }
        let process = Process()
        process.executableURL = Home.package.appending(path: "scripts/setup-headset")
        process.arguments = ["--there"]
        process.standardOutput = FileHandle.nullDevice
        do { try process.run() } catch { return "scripts/setup-headset does not start: \(error)" }
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            return "there is no headset's runtime here; scripts/setup-headset gets one"
        }
        endWithParent()
        return nil
    }()

    static var comment: Comment { "\(obstacle ?? "the runtime is there")" }

    /// Has this process end with the one that started it: `swift test` that is killed leaves its tests running, which
    /// hold the one runtime that a machine has.
    private static func endWithParent() {
        let parent = getppid()
        Thread.detachNewThread {
            while phosphor_wait_ended(parent, 3_600_000) == 0 {}
            Glibc.kill(getpid(), SIGKILL)
        }
    }
}
