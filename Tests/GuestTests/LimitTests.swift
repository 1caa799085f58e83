import CSystem
import Foundation
import GLSL
import Glibc
import Testing

@testable import Guest

/// What holds a guest back: sandbox, memory, source size, descriptors; and whom a reset is blamed on.
@Suite(.serialized)
struct LimitTests {
    @Test func theSandboxIsInForceAndDeniesWhatItSays() throws {
        let configuration = BuiltProduct.configuration()
        let limits = try OneShot.probe(configuration: configuration).limits
        let hasLandlock = phosphor_landlock_abi() > 0
        #expect(limits.landlock == max(0, Int(phosphor_landlock_abi())))
        #expect(limits.hasSeccomp)
        #expect(!limits.dumpsCore)
        #expect(limits.isFirstToGo)
        let trials = try OneShot.trySandbox(configuration: configuration)
        #expect(trials.count >= 7)
        let files = ["reading /etc/passwd", "listing your home folder", "writing a file in /tmp"]
        for trial in trials where hasLandlock || !files.contains(trial.what) {
            #expect(trial.isDenied, "\(trial.what): \(trial.answer)")
        }
    }

    @Test func turnedOffItDeniesNothingAndSaysSo() throws {
        var configuration = BuiltProduct.configuration()
        configuration.environment["PHOSPHOR_SANDBOX"] = "off"
        let limits = try OneShot.probe(configuration: configuration).limits
        #expect(limits.isSandboxOff)
        #expect(limits.landlock == 0 && !limits.hasSeccomp)
        let trials = try OneShot.trySandbox(configuration: configuration)
        #expect(trials.first { $0.what == "a socket" }?.isDenied == false)
        #expect(trials.first { $0.what == "writing a file in /tmp" }?.isDenied == false)
    }

    @Test func aForbiddenCallEndsTheProcessWithItsName() async throws {
        await #expect(processExitsWith: .exitCode(PHOSPHOR_SANDBOX_EXIT)) {
            _ = phosphor_seccomp_enter()
            _ = phosphor_try_exec()
        }
        #expect(
            phosphor_sandbox_denied(PHOSPHOR_SANDBOX_EXIT).map { String(cString: $0) } == "execve")
        #expect(phosphor_sandbox_denied(3) == nil)
        // The host tells the call from the exit code.
        var configuration = BuiltProduct.configuration()
        configuration.executable = "/bin/sh"
        configuration.arguments = ["-c", "exit \(PHOSPHOR_SANDBOX_EXIT)"]
        let bench = try Bench(configuration: configuration)
        bench.supervisor.submit(1, program: try Shaders.flat(1, 2, 3))
        #expect(bench.run { bench.supervisor.statistics.deaths > 0 })
        let causes = bench.events.compactMap { event -> String? in
            guard case .died(_, let cause, _) = event else { return nil }
            return cause
        }
        #expect(causes.first?.contains("sandbox denies (execve)") == true, "\(causes)")
    }

    @Test func threadsAndTheShaderCacheWorkInTheSandbox() throws {
        let folder = NSTemporaryDirectory() + "phosphor-cache-\(getpid())"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var configuration = BuiltProduct.configuration()
        configuration.cacheFolder = folder
        configuration.environment = [:]
        let bench = try Bench(configuration: configuration)
        #expect(bench.show(1, try Shaders.flat(1, 2, 3)))
        #expect(
            bench.run {
                let files = FileManager.default.enumerator(atPath: folder)?.allObjects ?? []
                return files.count > 3
            }, "the driver could write nothing into its cache")
    }

    @Test func aGuestHasNoDescriptorOfTheHosts() throws {
        let path = NSTemporaryDirectory() + "phosphor-mark-\(getpid())"
        let mark = open(path, O_RDWR | O_CREAT, 0o600)
        var pair: [Int32] = [-1, -1]
        socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &pair)
        defer {
            for descriptor in [mark] + pair { close(descriptor) }
            unlink(path)
        }
        let bench = try Bench()
        #expect(bench.show(1, try Shaders.flat(1, 2, 3)))
        #expect(bench.run { bench.supervisor.statistics.pids.count == 2 })
        for pid in bench.supervisor.statistics.pids.values {
            let folder = "/proc/\(pid)/fd"
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            let links = names.filter { (Int($0) ?? 0) > 2 }.reduce(into: [String: String]()) {
                $0[$1] = try? FileManager.default.destinationOfSymbolicLink(
                    atPath: "\(folder)/\($1)")
            }
            #expect(links["3"]?.hasPrefix("socket:") == true)
            #expect(links.values.filter { $0.hasPrefix("socket:") }.count == 1, "\(links)")
            #expect(!links.values.contains { $0.contains("phosphor-mark") }, "\(links)")
        }
    }

    @Test func aProgramThatEatsMemoryIsStoppedWithItsReason() throws {
        var configuration = BuiltProduct.configuration(deadline: 120)
        configuration.memoryLimit = 400 << 20
        let bench = try Bench(configuration: configuration)
        #expect(bench.show(1, try Shaders.flat(1, 2, 3)))
        // Macros that double: 200,000 constants of four numbers from a dozen lines.
        let doubling = (0..<17).map { "#define A\($0 + 1) A\($0) A\($0)" }.joined(separator: "\n")
        let bomb = """
            #define A0 vec4(1),
            \(doubling)
            const vec4 t[131073] = vec4[131073](A17 vec4(0));
            out vec4 color;
            void main() { color = t[int(gl_FragCoord.x * 7.0) % 131072]; }
            """
        bench.supervisor.submit(2, program: try Shaders.fragment(bomb))
        let verdict = bench.verdict(2, within: 120)
        guard case .crashed(let reason) = verdict else {
            Issue.record("the verdict was \(String(describing: verdict))")
            return
        }
        #expect(reason.contains("more than 400 MB of memory"))
        // The picture was never in danger, and the next program finds a guest.
        #expect(bench.pixel(0, 0) == [1, 2, 3])
        #expect(bench.show(3, try Shaders.flat(4, 5, 6)))
    }

    @Test func aProgramTooLongForAnyDriverIsRefusedWithItsSize() throws {
        let bench = try Bench()
        let filler = String(repeating: "// 30 bytes of comment, no more\n", count: 140_000)
        let stage = AssembledStage(
            stage: .fragment, text: "#version 430\n" + filler, lineMap: .generated,
            isGenerated: false)
        let pass = AssembledPass(name: "image", stages: [stage])
        let program = AssembledProgram(dialect: .plain, passes: [pass], views: 1)
        bench.supervisor.submit(1, program: program)
        guard case .error(let problems) = bench.verdict(1) else {
            Issue.record("a source of more than 4 MB was not refused")
            return
        }
        let message = try #require(problems.first?.message)
        #expect(message.contains("\(13 + filler.utf8.count) bytes"))
        #expect(message.contains("\(WireLimits.program)"))
    }

    @Test func aResetIsBlamedOnNobodyUntilItComesAgainAndAgain() throws {
        let bench = try Bench()
        #expect(bench.show(1, try Shaders.flat(1, 1, 1)))
        #expect(bench.show(2, try Shaders.flat(2, 2, 2)))
        var rounds = 0
        while bench.verdicts(2).count == 1, rounds < 20 {
            rounds += 1
            let deaths = bench.supervisor.statistics.deaths
            // Only a front that draws can be blamed for it: the frame is asked for before it has seen what it lost.
            #expect(
                bench.run(asking: false) {
                    guard let front = bench.supervisor.front, front.isIdle,
                        front.loaded.contains(2),
                        bench.supervisor.canTakeFrame(now: phosphor_now())
                    else { return false }
                    let isSent = front.send(.loseContext)
                    bench.supervisor.requestFrame(DrawState())
                    return isSent
                })
            #expect(bench.run { bench.supervisor.statistics.deaths > deaths })
            guard bench.verdicts(2).count == 1 else { break }
            let sequence = bench.supervisor.pictureSequence
            #expect(bench.run { bench.supervisor.pictureSequence > sequence + 2 })
            #expect(bench.pixel(0, 0) == [2, 2, 2])
        }
        #expect(rounds >= 3)
        guard case .crashed(let reason) = bench.verdicts(2).last else {
            Issue.record("\(rounds) resets were not enough: \(bench.verdicts(2))")
            return
        }
        #expect(reason == "the driver was reset again and again")
        #expect(bench.run { bench.pixel(0, 0) == [1, 1, 1] })
    }

    @Test(arguments: [GuestDrill.reset, .kill, .stop], [GuestRole.front, .back])
    func drillsChangeNothing(_ drill: GuestDrill, _ role: GuestRole) throws {
        let bench = try Bench()
        #expect(bench.show(1, try Shaders.flat(7, 8, 9)))
        for _ in 0..<4 {
            let deaths = bench.supervisor.statistics.deaths
            #expect(bench.run { bench.supervisor.drill(drill, role) })
            // A back that is stopped is found when it has something to do.
            if drill == .stop, role == .back {
                bench.supervisor.submit(1, program: try Shaders.flat(7, 8, 9, note: "\(deaths)"))
            }
            #expect(bench.run { bench.supervisor.statistics.deaths > deaths })
            let sequence = bench.supervisor.pictureSequence
            #expect(bench.run { bench.supervisor.pictureSequence > sequence + 2 })
            #expect(bench.pixel(3, 3) == [7, 8, 9])
            #expect(bench.run { bench.supervisor.isIdle })
        }
        #expect(!bench.verdicts(1).contains { !$0.isGood }, "\(bench.verdicts(1))")
    }
}
