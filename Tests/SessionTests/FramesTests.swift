import Foundation
import Render
import Testing

/// How pictures come from guests to the host: shared where the driver can, and never a reason to see anything else.
@Suite(.serialized) struct FramesTests {
    let home: Home
    init() throws { home = try Home() }

    private let moving = """
        void mainImage(out vec4 color, in vec2 pixel) {
            color = vec4(fract(iTime + pixel.x / 64.0), pixel / iResolution.xy, 1.0);
        }

        """

    /// What it takes on software GL.
    private let sharing = ["PHOSPHOR_FRAMES": "shared"]

    private func frames() throws -> String {
        try StatusLine(home.send("status")).guest.frames ?? "none"
    }

    /// Waits until pictures come this way.
    private func wait(for words: String) throws {
        let end = Date.now.addingTimeInterval(180)
        while try frames() != words { try #require(Date.now < end, "no \(words)") }
    }

    @Test(
        "what a user sees is the same bytes either way, and status and doctor tell which way it is")
    func sameScreenshots() throws {
        defer { home.remove() }
        let sketch = try home.write("a.frag", moving)
        var pictures: [Pixels] = []
        for (name, environment) in [("memfd", ["PHOSPHOR_FRAMES": "memfd"]), ("shared", sharing)] {
            let running = try PhosphorProcess(
                ["run", "--headless", "--size", "333x187", sketch], home: home,
                environment: environment)
            defer { running.kill() }
            try home.send("wait good")
            try wait(for: name == "shared" ? "shared (memory objects)" : "memfd")
            try home.send("time 1.5")
            try home.send("editor on")
            try home.send("goto 2:5")
            // Before the pin, whose notice goes after a while.
            try home.send("screenshot \(name).png")
            try home.send("pin")
            try home.send("panic")
            try home.send("screenshot \(name)-pinned.png")
            try home.send("quit")
            #expect(running.finish().status == 0)
            pictures.append(try Pixels(pngFile: home.path("\(name).png")))
            #expect(try Pixels(pngFile: home.path("\(name)-pinned.png")).width == 333)
            let doctor = try home.phosphor("doctor", environment: environment).output
            #expect(
                doctor.contains(
                    name == "shared" ? "shared (memory objects)" : "memfd: PHOSPHOR_FRAMES"))
            #expect(doctor.contains("GPU's rank"))
        }
        #expect(pictures[0].difference(from: pictures[1])?.max == 0)
    }

    @Test("shared pictures come back after guests die, the window changes, and the driver resets")
    func comesBack() throws {
        defer { home.remove() }
        let running = try home.launch(
            try home.write("a.frag", moving), size: "200x100", environment: sharing)
        defer { running.kill() }
        let shared = "shared (memory objects)"
        try wait(for: shared)
        for guest in home.guests(of: running.pid) { kill(guest, SIGKILL) }
        try home.send("screenshot after-death.png")
        try wait(for: shared)
        try home.send("drill reset host")
        try home.send("screenshot after-reset.png")
        try wait(for: shared)
        try home.send("drill reset front")
        try wait(for: shared)
        try home.send("screenshot after-all.png")
        for name in ["after-death", "after-reset", "after-all"] {
            let picture = try Pixels(pngFile: home.path("\(name).png"))
            #expect(Set((0..<200).map { picture[$0, 50] }).count > 20, "\(name) is a picture")
        }
        try home.send("quit")
        #expect(running.finish().status == 0)
    }

    @Test("on software GL nothing is shared unless the user says so, and doctor says why")
    func softwareSharesNothing() throws {
        defer { home.remove() }
        let running = try home.launch(try home.write("a.frag", moving))
        defer { running.kill() }
        #expect(try frames() == "memfd")
        let doctor = try home.phosphor("doctor").output
        #expect(
            doctor.contains("memfd: on software GL a guest could spoil more than pixels"),
            "\(doctor)")
    }

    @Test("without Vulkan the program runs as before, and doctor says what is missing")
    func withoutVulkan() throws {
        defer { home.remove() }
        let none = sharing.merging(
            ["VK_ICD_FILENAMES": "/nonexistent", "VK_DRIVER_FILES": "/nonexistent"]) { $1 }
        let done = try home.play(
            "wait good\nscreenshot a.png\nstatus\nquit\n",
            sketch: try home.write("a.frag", moving), environment: none)
        #expect(done.status == 0, "\(done.errors)")
        #expect(try StatusLine(done.lines.last ?? "").guest.frames == "memfd")
        let doctor = try home.phosphor("doctor", environment: none)
        #expect(doctor.status == 0)
        #expect(doctor.output.contains("mesa-vulkan-drivers"), "\(doctor.output)")
    }
}
