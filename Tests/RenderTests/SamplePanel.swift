import CEpoxy
import Render
import TextGrid

/// Panels with a bit of everything on them, over pictures that are hard on text: for golden
/// pictures and for the eye.
enum SamplePanel {
    /// What lies under a panel.
    enum Backdrop: String, CaseIterable {
        case white, black, colors

        /// Bytes bottom-up, as a guest's picture comes.
        func texture(width: Int, height: Int) -> Texture {
            var pixels = [UInt8](repeating: 255, count: 4 * width * height)
            for index in 0..<(width * height) {
                let (x, y) = (index % width * 255 / width, index / width * 255 / height)
                switch self {
                case .white: break
                case .black: for channel in 0..<3 { pixels[4 * index + channel] = 0 }
                case .colors:
                    let isStripe = (index % width / 40 + index / width / 40) % 2 == 0
                    pixels[4 * index] = UInt8(isStripe ? 255 - x / 3 : x)
                    pixels[4 * index + 1] = UInt8(isStripe ? y : 60)
                    pixels[4 * index + 2] = UInt8(255 - (x + y) / 2)
                }
            }
            let texture = Texture(width: width, height: height)
            texture.upload(width: width, height: height, pixels: pixels)
            return texture
        }
    }

    private typealias Part = (String, Ink)

    /// An editor as LOOK has it: tabs, highlighted code, a broken line with its message, a
    /// selection, a status line.
    static func editor(columns: Int = 84, rows: Int = 22) -> Grid {
        var grid = Grid(columns: columns, rows: rows)
        addTabs(&grid)
        for (index, line) in code.enumerated() where index + 2 < rows {
            add(line, 11 + index, index + 1, &grid)
        }
        grid.setGround(.currentLine, columns: 0..<columns, row: 9)
        grid.setGround(.selection, columns: 7..<18, row: 6)
        grid.setGround(.match, columns: 20..<26, row: 5)
        markError(&grid, row: 11)
        addStatus(&grid)
        return grid
    }

    /// Every character that is drawn by rule, some that the font lacks, marks, and wide clusters.
    static func characters(rows count: Int = 15) -> Grid {
        var grid = Grid(columns: 34, rows: count)
        let rows = [
            "─━│┃┄┅┆┇┈┉┊┋┌┍┎┏┐┑┒┓└┕┖┗┘┙┚┛├┝┞┟", "┠┡┢┣┤┥┦┧┨┩┪┫┬┭┮┯┰┱┲┳┴┵┶┷┸┹┺┻┼┽┾┿",
            "╀╁╂╃╄╅╆╇╈╉╊╋╌╍╎╏═║╒╓╔╕╖╗╘╙╚╛╜╝╞╟", "╠╡╢╣╤╥╦╧╨╩╪╫╬╭╮╯╰╱╲╳╴╵╶╷╸╹╺╻╼╽╾╿",
            "▀▁▂▃▄▅▆▇█▉▊▋▌▍▎▏▐░▒▓▔▕▖▗▘▙▚▛▜▝▞▟", "╔══╦══╗ ┌──┬──┐ ╭──┬──╮ ┏━━┳━━┓",
            "║  ║  ║ │  │  │ │  │  │ ┃  ┃  ┃", "╠══╬══╣ ├──┼──┤ ├──┼──┤ ┣━━╋━━┫",
            "╚══╩══╝ └──┴──┘ ╰──┴──╯ ┗━━┻━━┛", "● ▲ ▶ · › … × → ← ↑ ↓ ✓ ✗ ■ □ ◆",
            "äöüß éèê ñ ç å ø ő ż č ¿ ¡ € π λ Я",
            "e\u{301} a\u{308} n\u{303} o\u{302}\u{323} x\u{304} \u{E123} \u{1F9EC} \u{10FFFD}",
            "漢字 かな 한글 !", "|| != >= -> => ++ // /* */ 0O 1lI", "▁▂▃▄▅▆▇█▇▆▅▄▃▂▁ bar ▕████▌   ▏",
        ]
        for (row, text) in rows.enumerated() {
            grid.write(text, column: 1, row: row, style: Style(row < 9 ? .accent : .text))
        }
        return grid
    }

    private static func addTabs(_ grid: inout Grid) {
        grid.setGround(.bar, columns: 0..<grid.columns, row: 0)
        var column = 0
        for (index, name) in ["vert", "tesc", "tese", "geom", "frag", "comp"].enumerated() {
            let isActive = name == "frag"
            let style: Style =
                isActive
                ? Style(.accent, on: .activeTab, .bold)
                : index == 0 ? Style(.text, on: .bar) : Style(.secondary, on: .bar, .dim)
            grid.write(" \(name) ", column: column, row: 0, style: style)
            if isActive {
                grid.ornaments.append(
                    .init(x: Float(column), y: 0.94, width: 6, height: 0.06, ink: .accent))
            }
            column += 7
        }
        let title = "spheres.frag · Shadertoy"
        grid.write(
            title, column: grid.columns - title.count, row: 0, style: Style(.secondary, on: .bar))
    }

    private static func add(_ parts: [Part], _ number: Int, _ row: Int, _ grid: inout Grid) {
        grid.write("\(number)", column: 1, row: row, style: Style(.lineNumber))
        var column = 5
        for (text, ink) in parts {
            column = grid.write(text, column: column, row: row, style: Style(ink))
        }
    }

    private static func markError(_ grid: inout Grid, row: Int) {
        grid.write("21", column: 1, row: row, style: Style(.error, on: .errorLine, .bold))
        for column in 33..<38 { grid[column, row].style.traits.insert(.errorUnderline) }
        grid.write(
            "▲ runaway: this loop passed 50,000 rounds", column: 43, row: row, style: Style(.error))
        grid.setGround(.errorLine, columns: 0..<grid.columns, row: row)
        grid.ornaments.append(
            .init(x: 38, y: Float(row) + 0.08, width: 0.16, height: 0.84, ink: .accent))
    }

    private static func addStatus(_ grid: inout Grid) {
        let row = grid.rows - 1
        grid.setGround(.bar, columns: 0..<grid.columns, row: row)
        let parts: [Part] = [
            ("● ", .error), ("runaway   ", .error), ("showing ", .secondary),
            ("revision 141", .text),
            (" of 147   ", .secondary), ("GPU ", .secondary), ("3.0 ", .text), ("██████▍", .accent),
        ]
        var column = 0
        for (text, ink) in parts {
            column = grid.write(text, column: column, row: row, style: Style(ink, on: .bar))
        }
        grid.ornaments.append(
            .init(
                x: 56, y: Float(row) + 0.36, width: 11, height: 0.28, ink: .secondary,
                opacity: 0.25, layer: .behind))
        grid.ornaments.append(
            .init(x: 64, y: Float(row) + 0.2, width: 0.2, height: 0.6, ink: .slow))
        grid.write("8.0 ms", column: 69, row: row, style: Style(.secondary, on: .bar))
        grid.write(
            " OK ", column: grid.columns - 4, row: row, style: Style(.text, on: .accent, .bold))
    }

    private static let code: [[Part]] = [
        [
            ("float ", .type), ("map", .function), ("(", .operator), ("vec3", .type),
            (" p) {", .text),
        ],
        [("    vec3", .type), (" q = p;  ", .text), ("// one cell of an endless grid", .comment)],
        [
            ("    q.xz = ", .text), ("mod", .function), ("(q.xz + ", .text), ("1.1", .number),
            (", ", .operator), ("2.2", .number), (") - ", .text), ("1.1", .number),
            (";", .operator),
        ],
        [("    float", .type), (" s = ", .text), ("length", .function), ("(q) - radius;", .text)],
        [
            ("    s += bumps * ", .text), ("sin", .function), ("(", .operator), ("9.", .number),
            ("*p.x) * ", .text), ("sin", .function), ("(", .operator), ("9.", .number),
            ("*p.z + ", .text), ("iTime", .builtin), (");", .text),
        ],
        [
            ("    return ", .keyword), ("min", .function), ("(s, p.y + ", .text), (".55", .number),
            (");", .text),
        ],
        [("}", .text)], [("#define STEPS 90", .preprocessor), ("  \"a string\"", .string)],
        [
            ("void ", .type), ("mainImage", .function), ("(", .operator), ("out vec4", .keyword),
            (" color) {", .text),
        ],
        [("    float", .type), (" t = ", .text), ("0.", .number), (";", .operator)],
        [
            ("    for", .keyword), (" (", .text), ("int", .type), (" i = ", .text), ("0", .number),
            ("; i < ", .text), ("90", .number), ("; i = i) {", .text),
        ],
        [
            ("        float", .type), (" h = ", .text), ("map", .function),
            ("(ro + rd * t);", .text),
        ],
        [
            ("        if", .keyword), (" (h < ", .text), (".001", .number), (") ", .text),
            ("break", .keyword), (";", .text),
        ],
        [("    }", .text)], [("}", .text)],
    ]
}
