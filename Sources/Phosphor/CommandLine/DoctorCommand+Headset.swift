import FoundationEssentials
import Headset

extension DoctorCommand {
    /// What there is of a headset, and how to get one.
    func headset(_ report: DoctorReport) {
        if let text = ProcessInfo.processInfo.environment["PHOSPHOR_HEADSET"], !text.isEmpty {
            return report.note(
                "headset", "\(text) (PHOSPHOR_HEADSET), in place of any that is there")
        }
        let advice =
            "install a runtime (SteamVR, Monado, WiVRn) and make it the active one; without a headset, "
            + "`scripts/simulated-headset phosphor` runs one that shows nothing to anybody"
        guard HeadsetSource.hasRuntime() else {
            return report.note("headset", "no OpenXR runtime is set up", advice)
        }
        let found = OpenXRHeadset.probe()
        if let problem = found.problem {
            return report.note(
                "headset",
                found.runtime.map { "\($0): \(problem)" } ?? "\(problem)",
                found.runtime == nil ? advice : "Phosphor takes it when it comes")
        }
        report.good("headset", "\(found.system ?? "a headset") through \(found.runtime ?? "?")")
        var facts: [String] = []
        if let size = found.recommendedSize { facts.append("\(size.width)x\(size.height) an eye") }
        if let rate = found.refreshRate { facts.append("\(Int(rate.rounded())) Hz") }
        facts.append(
            found.bindings.isEmpty
                ? "takes no OpenGL"
                : "takes OpenGL through " + found.bindings.joined(separator: ", "))
        if found.layers > 0 { facts.append("\(found.layers) layers") }
        report.more(facts.joined(separator: " · "))
        if found.bindings.isEmpty {
            report.more(
                "→ Phosphor needs XR_KHR_opengl_enable or XR_MNDX_egl_enable: try another runtime")
        }
    }
}
