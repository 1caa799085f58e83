import Foundation
import Render
import Testing

extension Drawing {
    /// Pictures for the eye, written where `PHOSPHOR_PICTURES` names a folder.
    @Suite struct GalleryTests {
        static let folder = ProcessInfo.processInfo.environment["PHOSPHOR_PICTURES"]

        @Test(.enabled(if: folder != nil, "set PHOSPHOR_PICTURES to a folder"))
        func writesSamplePanels() throws {
            let folder = try #require(Self.folder)
            for theme in Theme.all {
                for backdrop in SamplePanel.Backdrop.allCases {
                    for size in [14, 18, 28] {
                        for backing in [0.92, 0.5, 0] {
                            if theme.name != "dark", size != 18 { continue }
                            let look = GridRenderer.Appearance(
                                theme: theme, textSize: size, backing: backing)
                            let name = "\(theme.name)-\(backdrop)-\(size)-\(Int(backing * 100)).png"
                            try Stage.picture(SamplePanel.editor(), look, over: backdrop)
                                .writePNG(to: "\(folder)/\(name)")
                        }
                    }
                }
            }
            for size in [13, 14, 18, 28, 40] {
                try Stage.picture(
                    SamplePanel.characters(), GridRenderer.Appearance(textSize: size), over: .colors
                ).writePNG(to: "\(folder)/characters-\(size).png")
            }
            try Stage.with(width: 960, height: 540) { stage in
                try PictureRenderer().drawIdle(time: 7, surface: stage.size)
                try stage.pixels().writePNG(to: "\(folder)/idle.png")
            }
        }
    }
}
