import FoundationEssentials
import Glibc
import Guest
import Render

extension DoctorCommand {
    /// What holds guests back on this machine, found by asking and trying, and what raises the host.
    func limits(_ report: inout DoctorReport, _ info: GLInfo?) {
        if let info {
            sandbox(report, info.limits)
            rights(report)
            if info.isRobust {
                report.good("GPU resets", "noticed: contexts are robust, and rebuilt after one")
            } else {
                report.note(
                    "GPU resets", "not told by this driver: a guest that draws nothing is replaced")
            }
            report.good(
                "guests' rank",
                "nice \(info.limits.nice)"
                    + (info.limits.isFirstToGo ? ", the first to go where memory runs out" : "")
                    + (info.limits.dumpsCore ? "" : ", no core files"))
            frames(report, info)
        } else {
            blameSandbox(report)
        }
        var settings = Settings()
        if case .success(let loaded) = Settings.load() { settings = loaded }
        report.good(
            "memory", "\(settings.guestMemory >> 20) MB a guest, watched by the host",
            "another limit by a line `memory = 4096` in the settings")
        report.good("source", "4 MB of text a program")
        report.good("deadlines", "each step of a guest has one; a guest that is late is replaced")
        let priority = HostPriority.raise()
        if priority.advice == nil {
            report.good("host's rank", priority.words)
        } else {
            report.note("host's rank", priority.words, priority.advice)
        }
        let configuration = HostSetup.guestConfiguration
        report.good(
            "shader cache",
            "\(Folders.shown(Folders.cache + "/shaders")), \(configuration.cacheSize) at most")
    }

    /// How pictures come from guests, found by having them come, and how urgent the GPU's work for guests is.
    private func frames(_ report: DoctorReport, _ info: GLInfo) {
        do {
            // What a headless host draws with; a window's driver is the same but for rare machines.
            let context = try EGLContext()
            defer { withExtendedLifetime(context) {} }
            let frames = try Supervisor.tryFrames(configuration: HostSetup.guestConfiguration)
            switch frames {
            case .shared:
                report.good("frames", "\(frames.words): they stay where they are drawn")
            case .memory(let why):
                report.note(
                    "frames", "\(frames.words): \(why)", "works, but costs two copies a frame")
            }
        } catch {
            report.lack("frames", "could not be tried: \(error)")
        }
        if info.limits.hasLowContextPriority {
            report.good("GPU's rank", "guests' contexts have low priority")
        } else {
            report.note("GPU's rank", "this driver knows none: guests draw as urgently as the host")
        }
    }

    private func sandbox(_ report: DoctorReport, _ limits: GuestLimits) {
        if limits.isSandboxOff {
            return report.lack(
                "sandbox", "off (PHOSPHOR_SANDBOX=off): guests have your rights",
                "leave the variable unset, unless your driver fails without it")
        }
        let files =
            limits.landlock > 0 ? "Landlock \(limits.landlock)" : "no Landlock in this kernel"
        let calls = limits.hasSeccomp ? "seccomp" : "no seccomp"
        let cost = "in force before the first text (\(limits.sandboxMicroseconds) µs)"
        if limits.landlock > 0, limits.hasSeccomp {
            report.good("sandbox", "\(files) and \(calls), \(cost)")
        } else {
            report.lack(
                "sandbox", "\(files), \(calls)",
                "a kernel from 5.13 with CONFIG_SECURITY_LANDLOCK and lsm=landlock has both")
        }
    }

    /// What a guest was denied when it tried; a sandbox is what it does, not what it is meant to do.
    private func rights(_ report: DoctorReport) {
        do {
            let trials = try OneShot.trySandbox(configuration: HostSetup.guestConfiguration)
            let denied = trials.filter(\.isDenied).map(\.what)
            if !denied.isEmpty { report.list("denied", denied) }
            for trial in trials where !trial.isDenied {
                report.lack("not denied", "\(trial.what): \(trial.answer)")
            }
        } catch {
            report.lack("denied", "could not be tried: \(error)")
        }
    }

    /// Where no guest starts: whether it is the sandbox's fault.
    private func blameSandbox(_ report: DoctorReport) {
        var configuration = HostSetup.guestConfiguration
        configuration.environment["PHOSPHOR_SANDBOX"] = "off"
        guard (try? OneShot.probe(configuration: configuration)) != nil else { return }
        report.lack(
            "sandbox", "your driver does not start within it",
            "set PHOSPHOR_SANDBOX=off until that is mended, and report which driver it is")
    }
}
