import GLSL
import TestSupport
import Testing

@testable import Editor

/// Pieces that edits are made of: short lines, comments that reach over lines, characters of several bytes.
let pieces = [
    "a", "b ", "\n", "float x;", "/*", "*/", "// c\n", "é", "漢", "👩‍👧", "{", "}", "\t", "e\u{301}",
    "",
]

func randomText(_ random: inout Seeded, upTo count: Int = 12) -> String {
    (0..<Int.random(in: 0...count, using: &random)).map { _ in
        pieces.randomElement(using: &random) ?? ""
    }.joined()
}

/// A range of a buffer on scalars' borders.
func randomRange(_ buffer: GapBuffer, _ random: inout Seeded) -> Range<Int> {
    let a = buffer.scalarStart(Int.random(in: 0...buffer.count, using: &random))
    let b = buffer.scalarStart(Int.random(in: 0...buffer.count, using: &random))
    return min(a, b)..<max(a, b)
}

/// An editor in the state that an annotated string draws: `a|b` has the caret before b, `#[a|]#` has a selected with
/// the caret behind it, `#[|a]#` before it.
func editor(_ drawing: String) -> EditorController {
    let (text, selection) = read(drawing)
    let controller = EditorController(sketch: SketchText(parts: [.fragment: text]))
    controller.sketch.selection = selection
    return controller
}

func read(_ drawing: String) -> (String, Selection) {
    var text: [UInt8] = []
    var (anchor, head): (Int?, Int?) = (nil, nil)
    let bytes = Array(drawing.utf8)
    var index = 0
    var isBackward = false
    while index < bytes.count {
        let rest = bytes[index...]
        if rest.starts(with: "#[|".utf8) {
            head = text.count
            isBackward = true
            index += 3
        } else if rest.starts(with: "#[".utf8) {
            anchor = text.count
            index += 2
        } else if rest.starts(with: "|]#".utf8) {
            head = text.count
            index += 3
        } else if isBackward, rest.starts(with: "]#".utf8) {
            anchor = text.count
            index += 2
        } else if bytes[index] == 0x7C, head == nil {
            head = text.count
            index += 1
        } else {
            text.append(bytes[index])
            index += 1
        }
    }
    let caret = head ?? 0
    return (
        String(decoding: text, as: UTF8.self), Selection(anchor: anchor ?? caret, head: caret)
    )
}

/// The editor's state as an annotated string.
func drawing(_ controller: EditorController) -> String {
    let text = Array(controller.sketch.text(controller.sketch.active).utf8)
    let selection = controller.sketch.selection
    func part(_ range: Range<Int>) -> String { String(decoding: text[range], as: UTF8.self) }
    let range = selection.range
    let (before, inside) = (part(0..<range.lowerBound), part(range))
    let after = part(range.upperBound..<text.count)
    if range.isEmpty { return before + "|" + after }
    return selection.head < selection.anchor
        ? before + "#[|" + inside + "]#" + after : before + "#[" + inside + "|]#" + after
}
