import CEpoxy
import Testing

@testable import Render

extension Drawing {
    @Suite struct PictureTests {
        /// Two by two pixels, rows bottom-up: red, green; blue, white above.
        private func quarters() -> Texture {
            let texture = Texture(width: 2, height: 2)
            let bytes: [UInt8] = [255, 0, 0, 9, 0, 255, 0, 9, 0, 0, 255, 9, 255, 255, 255, 9]
            texture.upload(width: 2, height: 2, pixels: bytes)
            return texture
        }

        @Test func wholeMultiplesStaySharpAndUpright() throws {
            try Stage.with(width: 64, height: 64) { stage in
                try PictureRenderer().draw(quarters(), surface: stage.size)
                let pixels = stage.pixels()
                #expect(pixels[0, 0] == SIMD4(0, 0, 255, 255), "alpha is ignored")
                #expect(pixels[31, 31] == SIMD4(0, 0, 255, 255))
                #expect(pixels[32, 31] == SIMD4(255, 255, 255, 255))
                #expect(pixels[31, 32] == SIMD4(255, 0, 0, 255))
                #expect(pixels[63, 63] == SIMD4(0, 255, 0, 255))
            }
        }

        @Test func otherSizesAreFiltered() throws {
            try Stage.with(width: 63, height: 63) { stage in
                try PictureRenderer().draw(quarters(), surface: stage.size)
                let middle = stage.pixels()[31, 31]
                #expect(
                    (100...160).contains(middle.x) && (100...160).contains(middle.z), "\(middle)")
            }
        }

        @Test(arguments: [(64, 16), (16, 64), (1920, 1080), (5, 1999)])
        func anotherShapeIsCutAndNeverFramed(surface: (width: Int, height: Int)) {
            let part = PictureRenderer.visiblePart(of: (640, 360), filling: surface)
            #expect(part.width <= 1 && part.height <= 1 && max(part.width, part.height) == 1)
            let shape = part.width * 640 / (part.height * 360)
            #expect(abs(shape / (Double(surface.width) / Double(surface.height)) - 1) < 1e-9)
        }

        @Test func theIdlePictureIsDarkAndMoves() throws {
            try Stage.with(width: 120, height: 80) { stage in
                let renderer = try PictureRenderer()
                renderer.drawIdle(time: 1, surface: stage.size)
                let first = stage.pixels()
                #expect(
                    first.rgba.enumerated().allSatisfy { $0.offset % 4 == 3 || $0.element < 110 })
                #expect(first.rgba.enumerated().contains { $0.offset % 4 == 1 && $0.element > 25 })
                renderer.drawIdle(time: 9, surface: stage.size)
                #expect(stage.pixels() != first)
                renderer.drawIdle(time: 241, surface: stage.size)
                let later = try #require(stage.pixels().difference(from: first, tolerance: 2))
                #expect(later.share == 0, "it comes round after 240 s")
            }
        }

        @Test func theContextTellsWhatItIs() throws {
            try Stage.with(width: 8, height: 8) { _ in
                #expect(GLQuery.version.first?.isNumber == true)
                #expect(GLQuery.vendor != "unknown" && GLQuery.renderer != "unknown")
                #expect(GLQuery.integer(GL_MAX_TEXTURE_SIZE) >= 4096)
                #expect(!GLQuery.hasExtension("GL_ARB_no_such_thing"))
                #expect(GLQuery.isSoftware(renderer: "llvmpipe (LLVM 15.0.6, 256 bits)"))
                #expect(!GLQuery.isSoftware(renderer: "NVIDIA GeForce RTX 4070/PCIe/SSE2"))
            }
        }
    }
}
