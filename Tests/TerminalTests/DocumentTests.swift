import Foundation
import Terminal
import Testing

@Suite("Documents keep up with the command table")
struct DocumentTests {
    private func document(_ path: String) throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    @Test("The README names every command", arguments: CommandHelp.names)
    func readme(name: String) throws {
        let rows = try document("README.md").split(separator: "\n").filter { $0.hasPrefix("| `") }
        let isNamed = rows.contains { $0.contains("`\(name)`") || $0.contains("`\(name) ") }
        #expect(isNamed, "README.md has no row for '\(name)'")
    }

    @Test("The manual page has every command with its form and summary")
    func manual() throws {
        let page = try document("share/man/man1/phosphor.1")
        for entry in CommandHelp.table {
            let form = entry.form.replacing("-", with: "\\-").replacing("\"", with: "\\(dq")
            #expect(page.contains(".TP\n.B \(form)\n"), "the manual lacks '\(entry.form)'")
        }
    }

    @Test("The shipped sessions are scripts that read", arguments: ["first-light.session"])
    func sessions(name: String) throws {
        let script = try Script(text: document("sessions/\(name)"), name: name)
        #expect(script.lines.contains { $0.command == .rollback(nil) })
        #expect(script.lines.contains { $0.command == .wait(.error, seconds: nil) })
    }

    @Test("The pictures' session reads")
    func pictures() throws {
        let path = "docs/pictures/pictures.session"
        let script = try Script(text: document(path), name: path)
        #expect(script.lines.count > 10)
    }
}
