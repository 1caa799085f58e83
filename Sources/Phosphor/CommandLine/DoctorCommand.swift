import ArgumentParser
import FoundationEssentials
import Glibc
import Guest
import Render

/// `phosphor doctor`: what was found on this machine, what is missing, and how to get it.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Tell what was found on this machine, what is missing, and how to get it.",
        discussion: "Exits with 0 where sketches can be drawn, 1 where something needed is missing.")

    func run() throws {
        var isWell = true
        func line(_ mark: String, _ what: String, _ found: String, _ advice: String? = nil) {
            print("\(mark) \(what.padded(to: 14)) \(found)")
            if let advice { print("  \(String(repeating: " ", count: 14)) → \(advice)") }
        }
        do {
            let info = try OneShot.probe(configuration: HostSetup.guestConfiguration)
            line("✓", "OpenGL", "\(info.version)")
            line(
                "✓", "renderer", "\(info.renderer) (\(info.vendor))",
                info.isSoftware ? "software rendering: everything works, slowly; a GPU's driver makes it fast" : nil)
            line("✓", "GLSL", info.glslVersion)
            line(
                info.isRobust ? "✓" : "·", "robust context",
                info.isRobust ? "yes: a reset of the GPU is noticed" : "no: a reset of the GPU ends the guest")
            line("✓", "guest process", "starts, compiles, draws")
        } catch {
            isWell = false
            line("✗", "OpenGL", "\(error)", "install libgl1-mesa-dri and libegl1, or your GPU's driver")
        }
        let display = getenv("DISPLAY").map { String(cString: $0) } ?? ""
        line(
            display.isEmpty ? "·" : "✓", "display", display.isEmpty ? "none" : display,
            display.isEmpty ? "`phosphor run --headless` and `phosphor render` work without one" : nil)
        line("·", "headset", "not used by this version", "a later one draws into an OpenXR headset")
        line("·", "audio", "not used by this version: sketches that listen hear silence")
        do {
            let font = try Font.bundled(searching: HostSetup.fontFolders)
            line("✓", "font", font.family)
        } catch {
            isWell = false
            line("✗", "font", "\(error)", "run scripts/install again, or set PHOSPHOR_SHARE to the folder with fonts/")
        }
        if let share = Folders.share {
            line("✓", "shipped files", Folders.shown(Folders.absolute(share)))
        } else {
            line("✗", "shipped files", "not found", "set PHOSPHOR_SHARE to the folder with shaders/ and fonts/")
        }
        switch Settings.load() {
        case .success(let settings):
            let path = Folders.shown(Settings.path)
            let isThere = AtomicFile.stamp(Settings.path) != nil
            line("✓", "settings", isThere ? path : "\(path) (not there: all is as it comes)")
            line("✓", "sketches", Folders.shown(settings.sketchFolder))
        case .failure(let mistake):
            isWell = false
            line("✗", "settings", "\(mistake)", "until it is mended, the standard settings hold")
        }
        line("✓", "state", Folders.shown(Folders.state))
        line("✓", "shader cache", Folders.shown(Folders.cache + "/shaders"))
        line("✓", "socket", Folders.runtime)
        line("·", "sandbox", "not yet: guests run with your rights, at a lower priority, and die with the host")
        Glibc.exit(isWell ? 0 : 1)
    }
}

extension String {
    /// The text with blanks behind it up to a width.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
