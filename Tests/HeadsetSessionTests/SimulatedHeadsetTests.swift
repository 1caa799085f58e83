import CSystem
import Foundation
import Headset
import Render
import Testing

/// All tests that need the runtime, of which a machine has one: one after the other.
///
/// They run where the runtime is: nothing is downloaded in a test.
@Suite(.serialized, .enabled(if: RuntimeCheck.obstacle == nil, RuntimeCheck.comment))
enum HeadsetSessions {}

extension HeadsetSessions {
    /// The script itself, with programs that are not ours.
    @Suite(.serialized) struct SimulatedHeadsetTests {
        let home: Home
        init() throws { home = try Home() }

        /// Runs the script to its end.
        private func script(_ arguments: String...) throws -> Finished {
            let process = Process()
            let (output, errors) = (Pipe(), Pipe())
            process.executableURL = URL(fileURLWithPath: SimulatedRuntime.path)
            process.arguments = arguments
            process.environment = SimulatedRuntime.environment(home)
            (process.standardOutput, process.standardError) = (output, errors)
            process.standardInput = FileHandle.nullDevice
            try process.run()
            let text = output.fileHandleForReading.readDataToEndOfFile()
            let said = errors.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            return Finished(
                status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
                errors: String(decoding: said, as: UTF8.self))
        }

        @Test("a command runs beside the runtime, and gives its output and its exit code")
        func command() throws {
            defer { home.remove() }
            let done = try script(
                "sh", "-c",
                "test -S \"$XDG_RUNTIME_DIR/monado_comp_ipc\" && echo $HEADSET_PID; exit 7")
            #expect(done.status == 7, "\(done.errors)")
            let pid = try #require(Int32(done.output.dropLast()), "\(done.errors)")
            // Nothing lies about afterwards.
            for folder in [FileManager.default.temporaryDirectory.path, "/dev/shm"] {
                let left = try FileManager.default.contentsOfDirectory(atPath: folder)
                #expect(!left.contains { $0.hasPrefix("simulated-headset-\(pid).") })
            }
        }

        @Test("wrong use is told as such")
        func usage() throws {
            defer { home.remove() }
            #expect(try script().errors.contains("a command is missing"))
            #expect(try script("--screen", "wide", "true").errors.contains("1280x720, not 'wide'"))
            #expect(
                try script("--sceen", "1x1", "true").errors.contains("unknown option '--sceen'"))
            #expect(try script("no-such-command").errors.contains("no command 'no-such-command'"))
            #expect(try script("--help").output.contains("Usage: scripts/simulated-headset"))
        }

        @Test("all that it started dies with it, even where it is killed")
        func killed() throws {
            defer { home.remove() }
            let runtime = try SimulatedRuntime(home)
            let children = home.guests(of: runtime.pid)
            // Two displays, the runtime, the command.
            #expect(children.count == 4)
            runtime.end()
            for child in children { #expect(phosphor_wait_ended(child, 10_000) == 1) }
        }

        @Test("a test that is killed takes the script with it, and what was started beside it")
        func orphaned() throws {
            defer { home.remove() }
            // Somebody who holds the pipe that the command reads, and dies without a word.
            let process = Process()
            let output = Pipe()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = [
                "--default-signal", "bash", "-c",
                "exec 3>&1; exec > >(exec \"$0\" sh -c 'echo $HEADSET_PID; \"$HEADSET_START\" sleep 1000 & "
                    + "echo $!; exec cat > /dev/null' >&3); exec sleep 1000",
                SimulatedRuntime.path,
            ]
            process.environment = SimulatedRuntime.environment(home)
            process.standardOutput = output
            process.standardError = FileHandle.nullDevice
            try process.run()
            defer { kill(process.processIdentifier, SIGKILL) }
            var said = ""
            while said.count(where: { $0 == "\n" }) < 2 {
                let data = output.fileHandleForReading.availableData
                try #require(!data.isEmpty, "\(said)")
                said += String(decoding: data, as: UTF8.self)
            }
            let pids = said.split(separator: "\n").compactMap { Int32($0) }
            try #require(pids.count == 2, "\(said)")
            let started = pids + home.guests(of: pids[0])
            kill(process.processIdentifier, SIGKILL)
            for pid in started { #expect(phosphor_wait_ended(pid, 20_000) == 1) }
        }

        @Test("a second one waits for the first")
        func second() throws {
            defer { home.remove() }
            let first = try SimulatedRuntime(home)
            let process = Process()
            let errors = Pipe()
            process.executableURL = URL(fileURLWithPath: SimulatedRuntime.path)
            process.arguments = ["true"]
            process.environment = SimulatedRuntime.environment(home)
            process.standardError = errors
            try process.run()
            let said = errors.fileHandleForReading.availableData
            #expect(
                String(decoding: said, as: UTF8.self).contains("waiting for the simulated headset"))
            #expect(process.isRunning)
            first.end()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
        }

        @Test("Phosphor and its guests start with the runtime's libraries, sandbox and all")
        func libraries() throws {
            defer { home.remove() }
            let runtime = try SimulatedRuntime(home, ["--null"])
            let sketch = try home.write("ball.frag", Sketches.flat)
            let process = try PhosphorProcess(
                ["run", "--headless", "--size", "64x64", "--script", "-", sketch], home: home,
                environment: runtime.environment, through: runtime.starter)
            process.send(
                "wait good\neditor on\nscreenshot flat.png\neditor off\nscreenshot plain.png\n")
            let done = process.finish()
            #expect(done.status == 0, "\(done.errors)")
            #expect(try Pixels(pngFile: home.path("plain.png"))[3, 3] == SIMD4(0, 153, 0, 255))
            let doctor = try PhosphorProcess(
                ["doctor"], home: home, environment: runtime.environment, through: runtime.starter)
            let said = doctor.finish()
            #expect(said.status == 0, "\(said.output)\(said.errors)")
        }

        @Test("the runtime can be killed and started again")
        func restart() throws {
            defer { home.remove() }
            let runtime = try SimulatedRuntime(home)
            let first = try #require(runtime.service)
            let remote = try RemoteHeadset()
            runtime.killService()
            #expect(phosphor_wait_ended(first, 10_000) == 1)
            runtime.startService()
            while runtime.service == nil { usleep(10_000) }
            #expect(runtime.service != first)
            // Somebody who was there is not told, and somebody new is.
            _ = remote
            try RemoteHeadset().turn(left: 5)
        }
    }
}
