import Glibc

extension Font {
    /// The files that the program ships.
    static let bundledRegular = "JetBrainsMono-Regular.ttf"
    static let bundledBold = "JetBrainsMono-Bold.ttf"

    /// Where Debian, Fedora and Arch put fonts with the characters that the bundled one lacks.
    public static let systemFallbacks = [
        "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf",
        "/usr/share/fonts/TTF/DejaVuSansMono.ttf",
        "/usr/share/fonts/dejavu-sans-mono-fonts/DejaVuSansMono.ttf",
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
        "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
        "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc",
        "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
        "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
        "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
        "/usr/share/fonts/truetype/noto/NotoSansSymbols2-Regular.ttf",
    ]

    /// The font that ships with the program, from the first of the folders that has it.
    ///
    /// Throws an error that names the folders where none does.
    public static func bundled(searching folders: [String]) throws -> Font {
        for folder in folders {
            let path = "\(folder)/\(bundledRegular)"
            guard access(path, R_OK) == 0 else { continue }
            let bold = "\(folder)/\(bundledBold)"
            return try Font(
                path: path, bold: access(bold, R_OK) == 0 ? bold : nil, fallbacks: systemFallbacks)
        }
        throw RenderError(
            "The font file \(bundledRegular) is in none of these folders: "
                + folders.joined(separator: ", ")
                + ". It ships in the folder 'fonts'; install it beside the program.")
    }
}
