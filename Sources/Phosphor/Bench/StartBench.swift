import CSystem
import FoundationEssentials
import Glibc
import Guest

/// From exec to the first good frame, and out again: the whole life of a program whose script waits for that frame.
struct StartBench {
    let effort: Double

    func run(_ report: inout BenchReport) throws {
        report.title(
            "start: milliseconds from exec to the first good frame and the program's end, headless, 1280x720"
        )
        print("  goal: under 400 warm")
        let folder = "/tmp/phosphor-bench-start-\(getpid())"
        try AtomicFile.makeFolder(folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try AtomicFile.write(Array("wait good 60\n".utf8), to: folder + "/script")
        var times: [Double] = []
        for index in 0..<max(4, Int(11 * effort)) {
            let start = phosphor_now()
            guard try runOnce(folder) == 0 else { throw Failure("a start failed; see above") }
            // The first one fills the shader cache and the page cache.
            if index > 0 { times.append(Double(phosphor_now() - start) / 1e6) }
        }
        let all = Samples(times)
        report.add(
            "start", "welcome sketch, warm",
            ["p50": all.median, "p99": all.percentile(99), "max": all.maximum])
    }

    private func runOnce(_ folder: String) throws -> Int32 {
        setenv("XDG_CACHE_HOME", folder, 1)
        defer { unsetenv("XDG_CACHE_HOME") }
        var pair: [Int32] = [-1, -1]
        guard phosphor_socket_pair(&pair, 4096) == 0 else { throw Failure("no socket pair") }
        defer { for each in pair { close(each) } }
        let pid = OwnProgram.spawn(
            ["run", "--headless", "--script", folder + "/script"], socket: pair[1])
        var status: Int32 = -1
        guard pid > 0, phosphor_reap(pid, 1, &status) == 1 else { throw Failure("a start failed") }
        return status
    }
}
