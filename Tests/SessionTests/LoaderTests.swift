import CSystem
import Foundation
import Render
import Testing

/// The program started through a loader (`ld-linux… --library-path FOLDERS phosphor`), as beside a simulated headset:
/// the kernel then takes the loader for the program, and its words for arguments.
@Suite(.serialized) struct LoaderTests {
    let home: Home
    init() throws { home = try Home() }

    /// This system's own loader, which the tests run with as well.
    private func loader() throws -> [String] {
        let maps = try #require(FileHandle(forReadingAtPath: "/proc/self/maps"))
            .readDataToEndOfFile()
        let line = try #require(
            String(decoding: maps, as: UTF8.self).split(separator: "\n")
                .first { $0.contains("/ld-linux") })
        let path = try #require(line.split(separator: " ").last)
        return [String(path), "--inhibit-cache", "--library-path", home.path("libraries")]
    }

    @Test("guests are started the same way, and replaced when they die")
    func guests() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", red)
        let running = try PhosphorProcess(
            ["run", "--headless", "--size", "64x64", sketch], home: home, through: loader())
        defer { running.kill() }
        try home.send("wait good")
        let guests = home.guests(of: running.pid)
        #expect(!guests.isEmpty)
        for guest in guests {
            let words = try String(contentsOfFile: "/proc/\(guest)/cmdline", encoding: .utf8)
                .split(separator: "\0").map(String.init)
            #expect(words.first?.contains("ld-linux") == true)
            #expect(words.contains(PhosphorProcess.executable.path) && words.contains("guest"))
            kill(guest, SIGKILL)
        }
        try home.send("screenshot after.png")
        #expect(try Pixels(pngFile: home.path("after.png"))[5, 5] == SIMD4(255, 0, 0, 255))
        try home.send("quit")
        #expect(running.finish().status == 0)
    }

    @Test("its arguments, fonts and sketches are its own, by a relative path, too")
    func arguments() throws {
        defer { home.remove() }
        let process = try PhosphorProcess(
            ["run", "--headless", "--size", "320x180", "--script", "-"], home: home,
            through: loader())
        // Without a sketch it opens the welcome sketch, which lies where the program is found.
        process.send("wait good\neditor on\nscreenshot editor.png\nstatus\n")
        let done = process.finish()
        #expect(done.status == 0, "\(done.errors)")
        #expect(try StatusLine(done.lines[0]).file.contains("welcome"))
        let usage = try PhosphorProcess(["--no-such-option"], home: home, through: loader())
        let wrong = usage.finish()
        #expect(wrong.status == 2)
        #expect(wrong.errors.contains("--no-such-option"))
        // From the folder that it lies in, by its name there.
        let folder = PhosphorProcess.executable.deletingLastPathComponent()
        let relative = Process()
        let output = Pipe()
        let words = try loader()
        relative.executableURL = URL(fileURLWithPath: words[0])
        relative.arguments = words.dropFirst() + ["./phosphor", "check", home.path("a.frag")]
        relative.environment = home.environment
        relative.currentDirectoryURL = folder
        relative.standardOutput = output
        try home.write("a.frag", "void main() { nope }\n")
        try relative.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        relative.waitUntilExit()
        #expect(relative.terminationStatus == 1)
        #expect(String(decoding: text, as: UTF8.self).contains("a.frag:1"))
    }
}
