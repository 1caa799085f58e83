import Editor
import GLSL
import Terminal

extension FuzzTarget {
    /// What is read as a command is printed such that it reads as the same; completion stays inside the line.
    func command(_ bytes: [UInt8]) throws(Broken) {
        let text = String(decoding: bytes, as: UTF8.self)
        for line in text.split(separator: "\n", maxSplits: 20) {
            guard let command = try? CommandParser.parse(String(line)) else { continue }
            let printed = "\(command)"
            guard let again = try? CommandParser.parse(printed) else {
                throw Broken("'\(line)' is printed as '\(printed)', which is no command")
            }
            try hold("\(again)" == printed, "'\(printed)' comes back as '\(again)'")
        }
        _ = try? Script(text: text, name: "fuzz")
        _ = try? KeyChord(parsing: text)
    }

    /// Each byte or two is something that a user does; the text's invariants hold, and undo brings the text back.
    func edit(_ bytes: [UInt8]) throws(Broken) {
        let sketch = SketchText(parts: [.fragment: "void main() {\n    x = 1;\n}\n"])
        let editor = EditorController(sketch: sketch)
        let actions = EditAction.allCases
        var rest = bytes[...]
        var seconds = 0.0
        while let byte = rest.popFirst() {
            seconds += Double(byte % 4)
            switch byte {
            case 0..<96:
                let action = actions[Int(byte) % actions.count]
                _ = editor.perform(action, at: seconds)
            case 96..<128:
                editor.goto(line: Int(rest.popFirst() ?? 0), column: Int(byte) - 95)
            case 128..<160:
                let text = String(decoding: rest.prefix(Int(byte) - 127), as: UTF8.self)
                rest = rest.dropFirst(Int(byte) - 127)
                _ = editor.insert(PasteCleaner.clean(text).text, at: seconds)
            case 160..<192:
                let text = String(decoding: rest.prefix(Int(byte) - 159), as: UTF8.self)
                rest = rest.dropFirst(Int(byte) - 159)
                for character in text { _ = editor.type(String(character), at: seconds) }
            case 192: _ = sketch.undo()
            case 193: _ = sketch.redo()
            case 194: _ = sketch.restore(RevisionID(Int(rest.popFirst() ?? 1)))
            case 195: sketch.active = SketchPart.stages[Int(rest.popFirst() ?? 0) % 6]
            default: _ = editor.type(String(UnicodeScalar(byte)), at: seconds)
            }
            sketch.checkInvariants()
        }
        _ = editor.snapshot(
            columns: 40, rows: 12, now: seconds, focused: true, chrome: EditorChrome())
        let active = sketch.active
        while sketch.undo() {}
        if active == .fragment {
            try hold(
                sketch.text(.fragment) == "void main() {\n    x = 1;\n}\n",
                "undo of everything leaves '\(sketch.text(.fragment))'")
        }
    }
}
