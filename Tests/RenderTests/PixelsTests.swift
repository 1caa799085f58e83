import Foundation
import Render
import Testing

@Suite struct PixelsTests {
    private func sample(alpha: UInt8 = 255) throws -> Pixels {
        var bytes: [UInt8] = []
        for index: UInt8 in 0..<35 { bytes += [index * 7, index, 255 - index, alpha] }
        return try #require(Pixels(width: 7, height: 5, rgba: bytes))
    }

    private func temporaryFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "pixels-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    @Test func pngKeepsEveryPixel() throws {
        let picture = try sample()
        #expect(try Pixels(png: picture.pngData()) == picture)
        let glass = try sample(alpha: 99)
        #expect(try Pixels(png: glass.pngData(opaque: false)) == glass)
        #expect(try Pixels(png: glass.pngData()) == picture, "opaque leaves alpha out")
    }

    @Test func writesWholeFilesOnly() throws {
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "a.png").path
        try sample().writePNG(to: path)
        try sample().writePNG(to: path)
        #expect(try Pixels(pngFile: path) == sample())
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.png"])
    }

    @Test func errorsNameTheFileAndTheReason() throws {
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let missing = "\(folder.path)/none/a.png"
        #expect(throws: RenderError.self) { try sample().writePNG(to: missing) }
        do { try sample().writePNG(to: missing) } catch {
            #expect("\(error)".contains(missing) && "\(error)".contains("No such file"))
        }
        let broken = folder.appending(path: "broken.png").path
        try Data(sample().pngData().prefix(60)).write(to: URL(fileURLWithPath: broken))
        do {
            _ = try Pixels(pngFile: broken)
            Issue.record("half a file was read")
        } catch { #expect("\(error)".contains(broken)) }
        #expect(throws: RenderError.self) { try Pixels(width: 0, height: 3).pngData() }
    }

    @Test func differenceMeasures() throws {
        let a = Pixels(width: 2, height: 2, filled: Color(0x000000))
        var b = a
        b.rgba[0] = 60
        let difference = try #require(a.difference(from: b))
        #expect(difference.max == 60)
        #expect(difference.mean == 5)
        #expect(difference.share == 0.25)
        #expect(a.difference(from: b, tolerance: 60)?.share == 0)
        #expect(a.difference(from: Pixels(width: 3, height: 2)) == nil)
    }

    @Test func flippingTwiceChangesNothing() throws {
        var picture = try sample()
        picture.flip()
        #expect(picture[0, 0] == (try sample())[0, 4])
        picture.flip()
        #expect(try picture == sample())
        #expect(picture[-1, 0] == .zero && picture[7, 0] == .zero)
    }
}
