import Foundation
import GLSL
import TestSupport
import Testing

@testable import Phosphor

/// `sketch.toml` as it is read and written.
struct PlanTests {
    @Test("a plan that is written and read again is the same plan", arguments: 0..<300)
    func roundTrip(seed: Int) {
        var random = Seeded(seed: seed)
        let plan = random.plan()
        let text = PlanWriter.text(plan, comment: ["by chance\n[", ""])
        let again = PlanReader.read(text, file: "sketch.toml")
        #expect(again.problems.isEmpty, "\(again.problems)\n\(text)")
        #expect(again.isSame(as: plan), "\(text)")
    }

    @Test("places of keys are those of the text, in tables of every form")
    func places() throws {
        let text = """
            a = 1
            [b.c]
            d.e = { f = 1, "g h" = [1, [2,
                3]] } # ]
            [[b.list]]
            x = \"\"\"
            y = 3
            \"\"\"
            z = 'a"b'
            [[b.list]]
            [b.list.in]
            x = -2_0.5e+3
            """
        let root = try TOMLPlaces(text).node
        /// The place of what a path of keys, and of numbers of elements, leads to.
        func place(_ path: [String]) -> TOMLPlaces.Place? {
            var node: PlanNode? = root
            for key in path {
                if let items = node?.items {
                    node = Int(key).flatMap { items.dropFirst($0).first }
                } else {
                    node = node?.entries?.first { $0.key == key }?.node
                }
            }
            return node?.place
        }
        let expected: [([String], Int, Int)] = [
            (["a"], 1, 1), (["b", "c"], 2, 1), (["b", "c", "d"], 3, 1),
            (["b", "c", "d", "e", "f"], 3, 9), (["b", "c", "d", "e", "g h"], 3, 16),
            (["b", "c", "d", "e", "g h", "1", "1"], 4, 5), (["b", "list", "0"], 5, 1),
            (["b", "list", "0", "x"], 6, 1), (["b", "list", "0", "z"], 9, 1),
            (["b", "list", "1"], 10, 1), (["b", "list", "1", "in", "x"], 12, 1),
        ]
        for (path, line, column) in expected {
            #expect(place(path) == TOMLPlaces.Place(line: line, column: column), "\(path)")
        }
        #expect(place(["b", "list", "0", "y"]) == nil, "that is inside of a text")
    }

    @Test("a text that is no TOML is walked to its end", arguments: 0..<200)
    func anyText(seed: Int) {
        var random = Seeded(seed: seed)
        let pieces = [
            "[", "]", "{", "}", "=", "\"", "'", "\"\"\"", ",", ".", "#", "\n", "\r\n", "a", "\\",
            "pass", "[[pass]]\nname = \"a\"\n", "value", " = ", "1", "-", "e", "_", "\u{0}", "é",
            "\t",
            "inputs", "size", "\"$WIDTH\"", "0x", "nan", "1979-05-27", "T07:32:00", "true",
        ]
        for _ in 0..<(Int(ProcessInfo.processInfo.environment["PLAN_ROUNDS"] ?? "") ?? 20) {
            let text = (0..<random.below(60)).map { _ in random.pick(pieces) }.joined()
            _ = PlanReader.read(text, file: "sketch.toml")
            // Lines that are right by themselves and quarrel with each other.
            let lines = [
                "a = 1", "a.b = 2", "[a]", "[[a]]", "[a.b]", "a = [1]", "a = {b = 1}", "[[a.b]]",
                "b.a = {c = [{a = 1}]}", "[b]", "a = [{b = 1}, 2]", "[a.b.c]", "b = []", "[[b]]",
                "a.b.c = 1.5", "a = \"x\"", "[[a.b.c]]", "\"\" = 1", "[\"\"]", "b = {}", "b = [[]]",
            ]
            let document = (0..<random.below(9)).map { _ in random.pick(lines) }
            _ = PlanReader.read(document.joined(separator: "\n"), file: "sketch.toml")
        }
    }
}

extension Seeded {
    private mutating func chance() -> Bool { below(2) == 0 }
    private mutating func maybe<Value>(_ make: (inout Self) -> Value) -> Value? {
        chance() ? make(&self) : nil
    }
    private mutating func name() -> String {
        pick(["flow", "a b", "é\"\\", "x-1_Y", "[", "a.b", "\u{1}\n", "名"]) + "\(below(100))"
    }
    private mutating func number() -> Double {
        pick([0, 1, -1.5, 0.1, 1e20, -3e-7, Double(below(1000)) / 7])
    }

    private mutating func expression(_ depth: Int) -> SizeExpression {
        switch below(depth > 3 ? 4 : 8) {
        case 0: .number(Double(below(4000)) / 3)
        case 1: .pictureWidth
        case 2: .pictureHeight
        case 3: .value(pick(["blur", "a_1"]))
        case 4: .negated(expression(depth + 1))
        case 5: .function(pick(SizeExpression.Function.allCases), expression(depth + 1))
        default:
            .operation(
                pick(SizeExpression.Operation.allCases), expression(depth + 1),
                expression(depth + 1))
        }
    }

    private mutating func size() -> SizePlan {
        SizePlan(
            width: chance() ? .number(Double(1 + below(8000))) : expression(0),
            height: expression(0))
    }

    private mutating func sampling() -> Sampling {
        Sampling(
            pick(Sampling.Filter.allCases), pick(Sampling.Wrap.allCases), isFlipped: chance())
    }

    private mutating func geometry(_ plan: SketchPlan) -> Geometry {
        let kind = pick(Geometry.Primitive.allCases)
        switch below(8) {
        case 0: return .picture
        case 1: return .grid(columns: 1 + below(500), rows: 1 + below(500))
        case 2: return .cube
        case 3: return .sphere(segments: 2 + below(100))
        case 4: return .points(1 + below(10_000))
        case 5: return .patches(1 + below(100), vertices: 1 + below(32))
        case 6: return .vertices(1 + below(1000), kind)
        default:
            guard let mesh = plan.meshes.first else { return .feedback(buffer: name(), kind) }
            return .mesh(mesh.name)
        }
    }

    private mutating func input(_ plan: SketchPlan) -> UniformSource {
        var picture = pick(PlanReader.ownPictures).picture
        switch below(5) {
        case 0: picture = .pass(name())
        case 1: picture = .previous(name())
        case 2: picture = plan.textures.first.map { .texture($0.name) } ?? picture
        case 3: picture = plan.images.first.map { .image($0.name) } ?? picture
        default: break
        }
        return .sampler(picture, sampling())
    }

    private mutating func pass(_ name: String, _ plan: SketchPlan) -> SketchPlan.Pass {
        var pass = SketchPlan.Pass(name: name)
        pass.size = maybe { $0.size() }
        pass.format = maybe { $0.pick(PixelFormat.allCases) }
        (pass.isPersistent, pass.isDoubled) = (maybe { $0.chance() }, maybe { $0.chance() })
        pass.hasMipmaps = maybe { $0.chance() }
        pass.drawing.geometry = maybe { $0.geometry(plan) }
        pass.drawing.instances = maybe { 1 + $0.below(5) }
        pass.drawing.hasDepth = maybe { $0.chance() }
        pass.drawing.blend = maybe { $0.pick(DrawPlan.Blend.allCases) }
        pass.drawing.cull = maybe { $0.pick(DrawPlan.Cull.allCases) }
        pass.drawing.samples = maybe { $0.pick([1, 2, 4, 8]) }
        pass.drawing.clear = maybe { SIMD4(0, Float($0.number()), 1, 0.5) }
        pass.drawing.indirect = maybe { $0.name() }
        pass.drawing.capture = maybe {
            CapturePlan(
                varyings: ["a", $0.name()], buffer: $0.name(), drawsNothing: $0.chance())
        }
        pass.dispatch = maybe {
            $0.pick([.cover, .groups(1 + $0.below(9), 2, 65_535), .indirect(buffer: $0.name())])
        }
        for _ in 0..<below(4) {
            let name = self.name()
            if !pass.inputs.contains(where: { $0.name == name }) {
                pass.inputs.append(
                    UniformBinding(
                        name, input(plan), shape: maybe { $0.pick(PictureShape.allCases) }))
            }
        }
        return pass
    }

    /// A plan of what there can be.
    mutating func plan() -> SketchPlan {
        var plan = SketchPlan()
        plan.dialect = maybe { $0.pick(Dialect.allCases) }
        plan.includePaths = (0..<below(3)).map { _ in name() }
        func names(_ count: Int) -> [String] {
            var all: [String] = []
            for _ in 0..<count {
                let name = self.name()
                if !all.contains(name) { all.append(name) }
            }
            return all
        }
        let place = SourcePlace(file: "sketch.toml")
        plan.textures = names(below(3)).map { name in
            TexturePlan(
                name: name, paths: chance() ? [self.name()] : (0..<6).map { "side \($0).png" },
                place: place, sampling: sampling())
        }
        plan.meshes = names(below(3)).map { MeshPlan(name: $0, path: name(), place: place) }
        plan.buffers = names(below(3)).map {
            BufferPlan(
                name: $0, bytes: pick([0, 4, 65_536, BufferPlan.limit]),
                life: pick(BufferPlan.Life.allCases))
        }
        plan.images = names(below(3)).map {
            ImagePlan(
                name: $0, size: chance() ? SizePlan() : size(),
                format: pick(PixelFormat.allCases), life: pick(BufferPlan.Life.allCases))
        }
        plan.values = names(below(3)).map { name in
            let count = 1 + below(4)
            return ValueNote(
                name: name, label: maybe { $0.name() },
                kind: maybe { $0.pick(ValuePlan.Kind.allCases) },
                begin: chance() ? [] : (0..<count).map { _ in number() },
                least: chance() ? [] : [-5], most: chance() ? [] : [5, 6],
                choices: chance()
                    ? [] : [.init(value: 3, label: "three"), .init(value: -1, label: self.name())])
        }
        plan.passes = names(below(4)).map { pass($0, plan) }
        return plan
    }
}
