import ArgumentParser
import FoundationEssentials
import Glibc
import Guest
import Render

/// `phosphor doctor`: what was found on this machine, what is missing, and how to get it.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Tell what was found on this machine, what is missing, and how to get it.",
        discussion: "Exits with 0 where sketches can be drawn, 1 where something needed is missing."
    )

    func run() throws {
        var report = DoctorReport()
        let info = openGL(&report)
        surroundings(&report)
        report.heading("limits in force")
        limits(&report, info)
        Glibc.exit(report.isWell ? 0 : 1)
    }

    /// What guests say of their OpenGL; nil where none starts.
    private func openGL(_ report: inout DoctorReport) -> GLInfo? {
        do {
            let info = try OneShot.probe(configuration: HostSetup.guestConfiguration)
            report.good("OpenGL", "\(info.version)")
            report.good(
                "renderer", "\(info.renderer) (\(info.vendor))",
                info.isSoftware
                    ? "software rendering: everything works, slowly; a GPU's driver makes it fast"
                    : nil)
            report.good("GLSL", info.glslVersion)
            report.good("guest process", "starts, compiles, draws")
            return info
        } catch {
            report.bad(
                "OpenGL", "\(error)", "install libgl1-mesa-dri and libegl1, or your GPU's driver")
            return nil
        }
    }

    private func surroundings(_ report: inout DoctorReport) {
        let display = getenv("DISPLAY").map { String(cString: $0) } ?? ""
        if display.isEmpty {
            report.note(
                "display", "none",
                "`phosphor run --headless` and `phosphor render` work without one")
        } else {
            report.good("display", display)
        }
        headset(report)
        report.note("audio", "not used by this version: sketches that listen hear silence")
        do {
            report.good("font", try Font.bundled(searching: HostSetup.fontFolders).family)
        } catch {
            report.bad(
                "font", "\(error)",
                "run scripts/install again, or set PHOSPHOR_SHARE to the folder with fonts/")
        }
        if let share = Folders.share {
            report.good("shipped files", Folders.shown(Folders.absolute(share)))
        } else {
            report.lack(
                "shipped files", "not found",
                "set PHOSPHOR_SHARE to the folder with shaders/ and fonts/")
        }
        switch Settings.load() {
        case .success(let settings):
            let path = Folders.shown(Settings.path)
            let isThere = AtomicFile.stamp(Settings.path) != nil
            report.good("settings", isThere ? path : "\(path) (not there: all is as it comes)")
            report.good("sketches", Folders.shown(settings.sketchFolder))
        case .failure(let mistake):
            report.bad("settings", "\(mistake)", "until it is mended, the standard settings hold")
        }
        report.good("state", Folders.shown(Folders.state))
        report.good("socket", Folders.runtime)
    }
}

/// The lines that the doctor prints: a mark, what it is about, what was found, and what to do.
struct DoctorReport {
    /// Whether sketches can be drawn as meant.
    private(set) var isWell = true
    private static let width = 14

    func heading(_ text: String) { print("\n  \(text)") }
    func good(_ what: String, _ found: String, _ advice: String? = nil) {
        line("✓", what, found, advice)
    }
    /// Neither good nor bad.
    func note(_ what: String, _ found: String, _ advice: String? = nil) {
        line("·", what, found, advice)
    }
    /// Something is not as it should be, but sketches are drawn.
    func lack(_ what: String, _ found: String, _ advice: String? = nil) {
        line("✗", what, found, advice)
    }
    mutating func bad(_ what: String, _ found: String, _ advice: String? = nil) {
        isWell = false
        line("✗", what, found, advice)
    }
    /// Several things in as many lines of some 70 columns as they need.
    func list(_ what: String, _ items: [String]) {
        var lines: [String] = []
        for item in items {
            if let last = lines.last, last.count + item.count < 70 {
                lines[lines.count - 1] = "\(last), \(item)"
            } else {
                lines.append(item)
            }
        }
        for (index, text) in lines.enumerated() {
            let text = index < lines.count - 1 ? text + "," : text
            if index == 0 { good(what, text) } else { more(text) }
        }
    }
    /// More of what the line before is about.
    func more(_ text: String) { print("  \("".padded(to: Self.width)) \(text)") }

    private func line(_ mark: String, _ what: String, _ found: String, _ advice: String?) {
        print("\(mark) \(what.padded(to: Self.width)) \(found)")
        if let advice { more("→ \(advice)") }
    }
}

extension String {
    /// The text with blanks behind it up to a width.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
