import Foundation
import Render
import Testing
import TextGrid

extension Drawing {
    /// Small panels against pictures that were looked at.
    ///
    /// `PHOSPHOR_UPDATE_GOLDEN=1` makes them anew.
    @Suite struct GoldenTests {
        struct Case: CustomTestStringConvertible {
            var name: String
            var grid: Grid
            var appearance: GridRenderer.Appearance
            var backdrop: SamplePanel.Backdrop
            var testDescription: String { name }
        }

        static let cases = [
            Case(
                name: "editor", grid: .sampleEditor, appearance: .init(textSize: 14),
                backdrop: .colors),
            Case(
                name: "editor-light", grid: .sampleEditor,
                appearance: .init(theme: .light, textSize: 14), backdrop: .black),
            Case(
                name: "editor-outlined", grid: .sampleEditor,
                appearance: .init(textSize: 14, backing: 0),
                backdrop: .colors),
            Case(
                name: "characters", grid: SamplePanel.characters(rows: 11),
                appearance: .init(textSize: 18), backdrop: .black),
        ]

        @Test(arguments: cases) func looksAsItDid(example: Case) throws {
            let picture = try Stage.picture(
                example.grid, example.appearance, over: example.backdrop)
            try compare(picture, with: example.name)
        }

        @Test func idlePicture() throws {
            try Stage.with(width: 160, height: 90) { stage in
                try PictureRenderer().drawIdle(time: 7, surface: stage.size)
                try compare(stage.pixels(), with: "idle")
            }
        }

        private func compare(_ picture: Pixels, with name: String) throws {
            let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            let path = source.appending(path: "Golden/\(name).png").path
            if ProcessInfo.processInfo.environment["PHOSPHOR_UPDATE_GOLDEN"] == "1" {
                try picture.writePNG(to: path)
                return
            }
            let golden = try Pixels(pngFile: path)
            let difference = try #require(
                picture.difference(from: golden, tolerance: 48),
                "\(name) is \(picture.width)x\(picture.height), its golden picture is not")
            // FreeType's versions round a little differently; a letter that moved or changed colour
            // is far more.
            #expect(difference.mean < 1.5 && difference.share < 0.01, "\(name): \(difference)")
        }
    }
}

extension Grid {
    static let sampleEditor = SamplePanel.editor(columns: 72, rows: 14)
}
