import TestSupport
import Testing

@testable import Render

/// Meshes out of Wavefront OBJ files.
struct WavefrontTests {
    private func mesh(_ text: String) throws -> WavefrontOBJ { try WavefrontOBJ(Array(text.utf8)) }

    /// What is wrong in a file, as `LINE: MESSAGE`.
    private func mistakes(_ text: String) -> [String] {
        do throws(WavefrontOBJ.Refusal) {
            _ = try WavefrontOBJ(Array(text.utf8))
            return []
        } catch { return error.mistakes.map { "\($0.line): \($0.message)" } }
    }

    private func vertex(_ mesh: WavefrontOBJ, _ index: Int) -> [Float] {
        Array(mesh.vertices[8 * index..<8 * index + 8])
    }

    private let square = "v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\n"

    @Test("the four forms of a corner, from the front and from the back")
    func forms() throws {
        let lists = square + "vt .25 .5\nvt 1 1 0\nvn 0 0 2\n"
        for (face, texture, normal) in [
            ("1 2 3", [0, 0], [0, 0, 1]), ("1/1 2/1 3/1", [0.25, 0.5], [0, 0, 1]),
            ("1//1 2//1 3//1", [0, 0], [0, 0, 1]), ("1/1/1 2/1/1 3/1/1", [0.25, 0.5], [0, 0, 1]),
            ("-4/-2/-1 -3/-2/-1 -2/-2/-1", [0.25, 0.5], [0, 0, 1]),
        ] as [(String, [Float], [Float])] {
            let mesh = try mesh(lists + "f \(face)\n")
            #expect(mesh.indices == [0, 1, 2])
            #expect(vertex(mesh, 1) == [1, 0, 0] + normal + texture, "\(face)")
        }
    }

    @Test("polygons are fans, and each combination of numbers is one vertex")
    func polygons() throws {
        let two = try mesh(square + "f 1 2 3 4\nf 1 3 4\n")
        #expect(two.indices == [0, 1, 2, 0, 2, 3, 0, 2, 3])
        #expect(two.vertices.count == 4 * 8)
        let parted = try mesh(square + "vt 0 0\nvt 1 1\nf 1/1 2/1 3/1\nf 1/2 3/1 4/1\n")
        #expect(parted.vertices.count == 5 * 8)
    }

    @Test("normals that are missing are those of the faces around a place")
    func normals() throws {
        // Two faces at a right angle, one twice as large; the edge between them leans towards it.
        let bent = try mesh(
            "v 0 0 0\nv 0 1 0\nv 2 0 0\nv 0 0 1\nf 1 3 2\nf 1 2 4\n")
        let (edge, flat) = (vertex(bent, 0), vertex(bent, 1))
        let length = (Float(5)).squareRoot()
        #expect(abs(edge[5] - 2 / length) < 1e-6 && abs(edge[3] - 1 / length) < 1e-6)
        #expect(flat[3...5] == [0, 0, 1])
        // A face without an area has none.
        #expect(vertex(try mesh("v 0 0 0\nv 1 1 1\nv 2 2 2\nf 1 2 3\n"), 0)[3...5] == [0, 0, 1])
    }

    @Test("names, groups, materials, comments, blanks and continued lines")
    func besides() throws {
        let text = """
            # made by hand\r
            mtllib a.mtl\r
            o rock\r
            g one two\r
            v 0 0 0 # the corner\r
            \tv  1 0 \\\r
              0\r
            v +1.5e0 1E0 -.0 1.0\r
            usemtl stone\r
            s off\r
            l 1 2\r
            f 1 2 \\\r
            3\r

            """
        let mesh = try mesh(text)
        #expect(mesh.indices == [0, 1, 2] && mesh.warnings.isEmpty)
        #expect(vertex(mesh, 2)[..<3] == [1.5, 1, 0])
        let odd = try self.mesh(square + "f 1 2 3\nsurf 0 1 0 1 1\nwhat is this\n")
        #expect(odd.warnings.map(\.line) == [6, 7])
        #expect(odd.warnings.last?.message.contains("'what'") == true)
        // Without an end of line, too.
        #expect(try self.mesh(square + "f 1 2 3").indices.count == 3)
    }

    @Test("each mistake has its line and says what is wrong")
    func mistakes() {
        for (line, part) in [
            ("f" + String(repeating: " 1", count: 70_000), "more than the 65536 words"),
            ("v 1 2", "'v' has 2 numbers"), ("v 1 2 x", "'x' is not a number"),
            ("v 1 2 nan", "'nan' is not a number"), ("vn 1 2", "should have 3"),
            ("v 1 2 3e99", "'3e99' is not a number"), ("vt", "'vt' has 0 numbers"),
            ("f 1 2", "3 corners or more, and this one has 2"),
            ("f 1 2 5", "place (v) 5, and there are 4"),
            ("f 1 2 -5", "place (v) -5"), ("f 0 1 2", "'0' is not a corner"),
            ("f 1/1 2/1 3/1", "place in textures (vt) 1, and there is none"),
            ("f 1//1 2//1 3//1", "normal (vn) 1, and there is none"),
            ("f 1/ 2/ 3/", "'1/' is not a corner"),
            ("f 1/2/3/4 1 1", "is not a corner"), ("f a b c", "'a' is not a corner"),
            ("f 99999999999 1 1", "is not a corner"),
        ] {
            let found = mistakes(square + line + "\nf 1 2 3\n")
            #expect(found.count == 1 && found[0].hasPrefix("5: "), "\(line): \(found)")
            #expect(found.first?.contains(part) == true, "\(line): \(found)")
        }
        // What is continued is told where it began.
        #expect(mistakes(square + "f 1 \\\n2 \\\n9\nv 1\n").map { $0.prefix(2) } == ["5:", "8:"])
        #expect(mistakes("").first?.contains("nothing to draw") == true)
        #expect(mistakes(square).first?.contains("nothing to draw") == true)
        #expect(mistakes(String(repeating: "f\n", count: 100)).count == 8)
    }

    /// Any ball of triangles, written in any of the ways, reads as what it was.
    @Test(arguments: 0..<30)
    func whateverIsWrittenIsRead(seed: Int) throws {
        var random = Seeded(seed: seed)
        func number() -> Float { Float(Int.random(in: -9999...9999, using: &random)) / 64 }
        let count = Int.random(in: 3...20, using: &random)
        let places = (0..<count).map { _ in [number(), number(), number()] }
        let normals = (0..<3).map { _ in [number(), number(), 200] }
        let textures = (0..<4).map { _ in [number(), number()] }
        var text = ""
        for normal in normals { text += "vn \(normal[0]) \(normal[1]) \(normal[2])\n" }
        for texture in textures { text += "vt \(texture[0]) \(texture[1])\n" }
        for place in places { text += "v \(place[0]) \(place[1]) \(place[2])\n" }
        var wanted: [[Float]] = []
        for _ in 0..<Int.random(in: 1...20, using: &random) {
            let corners = (0..<Int.random(in: 3...6, using: &random)).map { _ in
                (
                    Int.random(in: 0..<count, using: &random),
                    Int.random(in: 0..<4, using: &random),
                    Int.random(in: 0..<3, using: &random)
                )
            }
            let isBackwards = Bool.random(using: &random)
            text += "f"
            for (v, t, n) in corners {
                text +=
                    isBackwards ? " \(v - count)/\(t - 4)/\(n - 3)" : " \(v + 1)/\(t + 1)/\(n + 1)"
                if Int.random(in: 0..<4, using: &random) == 0 { text += " \\\n" }
            }
            text += "\n"
            let fan = corners.map { v, t, n in
                let length = normals[n].reduce(0) { $0 + $1 * $1 }.squareRoot()
                return places[v] + normals[n].map { $0 / length } + textures[t]
            }
            for index in 2..<fan.count { wanted += [fan[0], fan[index - 1], fan[index]] }
        }
        let mesh = try mesh(text)
        #expect(mesh.indices.count == wanted.count)
        for (index, corner) in zip(mesh.indices, wanted) {
            for (a, b) in zip(vertex(mesh, Int(index)), corner) { #expect(abs(a - b) < 1e-4) }
        }
        // No combination stands there twice.
        let all = (0..<mesh.vertices.count / 8).map { vertex(mesh, $0) }
        #expect(all.count <= Set(wanted).count + 12)
    }

    @Test("numbers read as they are printed", arguments: 0..<50)
    func numbers(seed: Int) {
        var random = Seeded(seed: seed)
        for _ in 0..<100 {
            let value = Float(bitPattern: .random(in: 0...(.max), using: &random))
            guard value.isFinite else { continue }
            let read = DecimalNumber.read(Array("\(value)".utf8)[...])
            let distance = abs((read ?? .nan) - value)
            #expect(distance <= abs(value) * 1e-6, "\(value)")
        }
        for wrong in [
            "", ".", "-", "+", "e1", "1e", "1x", "0x10", "1..2", "--1", "inf", "1e-", "1 ",
        ] {
            #expect(DecimalNumber.read(Array(wrong.utf8)[...]) == nil, "\(wrong)")
        }
    }
}
