import Render

extension FuzzTarget {
    /// A file is a picture of the size that it says, or refused in words.
    func decodePicture(_ bytes: [UInt8]) throws(Broken) {
        // Small ones only: the fuzzer's time is for the ways through the decoders, not for filling memory.
        let picture: Pixels
        do throws(PictureFault) {
            picture = try PictureFile.decode(bytes, pixelLimit: 1 << 18)
        } catch { return try hold(!error.words.isEmpty, "no words for a fault") }
        try hold(picture.width > 0 && picture.height > 0, "a picture without pixels")
        try hold(
            picture.rgba.count == 4 * picture.width * picture.height,
            "\(picture.rgba.count) bytes for \(picture.width) x \(picture.height)")
    }

    /// Triangles name vertices that there are, of finite numbers; mistakes lie on lines that there are.
    func readMesh(_ bytes: [UInt8]) throws(Broken) {
        let lines = bytes.count { $0 == 10 } + 1
        let mesh: WavefrontOBJ
        do throws(WavefrontOBJ.Refusal) { mesh = try WavefrontOBJ(bytes) } catch {
            try hold(!error.mistakes.isEmpty, "refused without a word")
            return try check(error.mistakes, lines)
        }
        let count = mesh.vertices.count / 8
        try hold(
            mesh.vertices.count % 8 == 0 && mesh.indices.count % 3 == 0
                && !mesh.indices.isEmpty, "half a vertex or triangle")
        try hold(mesh.indices.allSatisfy { $0 < count }, "a vertex of \(count) that is none")
        try hold(mesh.vertices.allSatisfy(\.isFinite), "a number that is none")
        try check(mesh.warnings, lines)
    }

    private func check(_ mistakes: [WavefrontOBJ.Mistake], _ lines: Int) throws(Broken) {
        for mistake in mistakes {
            try hold((1...lines).contains(mistake.line), "line \(mistake.line) of \(lines)")
        }
    }
}
