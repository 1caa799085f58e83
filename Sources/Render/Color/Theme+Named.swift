extension Theme: CustomStringConvertible {
    /// The name.
    public var description: String { name }

    /// All themes, the default first.
    public static let all: [Theme] = [dark, contrast, light]

    /// The theme of this name (`dark`, `contrast`, `light`), or nil for a name that there is not.
    public static func named(_ name: String) -> Theme? { all.first { $0.name == name } }

    /// Dark glass in front of the picture: the default.
    public static let dark = Theme(
        name: "dark", backing: Color(0x0b0f0e), accent: Color(0x7dffb2),
        palette: Palette(
            text: Color(0xd7e4de), secondary: Color(0x93aaa2), lineNumber: Color(0x7d938b),
            keyword: Color(0xc9a5ff), type: Color(0x7cc7ff), number: Color(0xffc46b),
            builtin: Color(0xe8d9a8), preprocessor: Color(0xf0a6ca), string: Color(0xcfe38f),
            operator: Color(0xb9cdc5), error: Color(0xff8585), slow: Color(0xffc46b),
            trying: Color(0x7cc7ff),
            bar: Color(0x000000, alpha: 0.42), currentLine: Color(0xd7e4de, alpha: 0.035),
            errorLine: Color(0xff5c5c, alpha: 0.16), slowLine: Color(0xffc46b, alpha: 0.12),
            selection: Color(0x4f8fd0, alpha: 0.38), match: Color(0xffc46b, alpha: 0.24),
            activeTab: Color(0x7dffb2, alpha: 0.08)))

    /// White and saturated on black, for a projector or weak eyes.
    public static let contrast = Theme(
        name: "contrast", backing: Color(0x000000), accent: Color(0x5cff9d),
        palette: Palette(
            text: Color(0xffffff), secondary: Color(0xc8d4cf), lineNumber: Color(0xb4c2bc),
            keyword: Color(0xdcc2ff), type: Color(0x9bd8ff), number: Color(0xffd27d),
            builtin: Color(0xfff0b8), preprocessor: Color(0xffbfe0), string: Color(0xe2f5a0),
            operator: Color(0xffffff), error: Color(0xff9d9d), slow: Color(0xffd27d),
            trying: Color(0x9bd8ff),
            bar: Color(0x1b2420, alpha: 0.9), currentLine: Color(0xffffff, alpha: 0.11),
            errorLine: Color(0xff3b3b, alpha: 0.26), slowLine: Color(0xffb13b, alpha: 0.2),
            selection: Color(0x3f8cff, alpha: 0.5), match: Color(0xffc400, alpha: 0.32),
            activeTab: Color(0x5cff9d, alpha: 0.16)))

    /// Ink on paper, for a bright room.
    public static let light = Theme(
        name: "light", backing: Color(0xf7faf7), accent: Color(0x006b3c), isLight: true,
        palette: Palette(
            text: Color(0x17211d), secondary: Color(0x47574f), lineNumber: Color(0x53635b),
            keyword: Color(0x6b2fc0), type: Color(0x0a5790), number: Color(0x84500a),
            builtin: Color(0x6a5410), preprocessor: Color(0x9a2468), string: Color(0x4c6008),
            operator: Color(0x33423b), error: Color(0xb01c1c), slow: Color(0x84500a),
            trying: Color(0x0a5790),
            bar: Color(0x2c4a3c, alpha: 0.09), currentLine: Color(0x17211d, alpha: 0.05),
            errorLine: Color(0xff4646, alpha: 0.14), slowLine: Color(0xffa000, alpha: 0.16),
            selection: Color(0x4a90e0, alpha: 0.28), match: Color(0xffb400, alpha: 0.3),
            activeTab: Color(0xffffff, alpha: 0.7)))
}
