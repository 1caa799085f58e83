import GLSL
import TestSupport

@testable import Guest

/// Programs that make no sense but are well formed.
extension Seeded {
    mutating func payload() -> ProgramPayload {
        let passes = (0..<below(4)).map { _ in
            AssembledPass(
                name: text(),
                stages: Stage.allCases.filter { _ in bool() }.map {
                    AssembledStage(
                        stage: $0, text: text(400), lineMap: .generated, isGenerated: false,
                        loopGuard: bool()
                            ? GuardReport(
                                channel: [.silent, .replay, .storage(binding: below(99))][below(3)],
                                limit: 9, loops: [])
                            : nil)
                }, target: target(), draw: bool() ? draw() : nil,
                dispatch: bool() ? dispatch() : nil,
                bindings: (0..<below(5)).map { _ in UniformBinding(text(), source()) })
        }
        let place = StartingPlace(
            eyePosition: bool() ? SIMD3(Float(below(9)), -1.5, Float(below(99))) : nil)
        var program = AssembledProgram(
            dialect: .plain, passes: passes, views: below(3), startingPlace: place)
        program.values = (0..<below(4)).map { _ in
            ValuePlan(name: text(), kind: .float, initial: numbers())
        }
        let here = SourcePlace(file: "")
        program.textures = (0..<below(3)).map { _ in
            TexturePlan(name: text(), paths: [], place: here)
        }
        program.meshes = (0..<below(3)).map { _ in MeshPlan(name: text(), path: "", place: here) }
        program.buffers = (0..<below(3)).map { _ in
            BufferPlan(name: text(), bytes: below(1 << 20), life: one(of: BufferPlan.Life.allCases))
        }
        program.images = (0..<below(3)).map { _ in
            ImagePlan(
                name: text(), size: size(), format: one(of: PixelFormat.allCases),
                life: one(of: BufferPlan.Life.allCases))
        }
        let names = (program.textures.map(\.name) + program.meshes.map(\.name)).filter { _ in bool()
        }
        return ProgramPayload(
            program,
            resources: Dictionary(
                names.map { ($0, next()) }, uniquingKeysWith: { first, _ in first }))
    }

    mutating func one<Value>(of values: [Value]) -> Value { values[below(values.count)] }

    private mutating func target() -> TargetPlan {
        TargetPlan(
            size: size(), format: one(of: PixelFormat.allCases), isPersistent: bool(),
            isDoubled: bool(), hasMipmaps: bool())
    }

    private mutating func size() -> SizePlan {
        SizePlan(width: expression(0), height: expression(0))
    }

    private mutating func expression(_ depth: Int) -> SizeExpression {
        switch below(depth > 5 ? 4 : 7) {
        case 0: .number(number())
        case 1: .pictureWidth
        case 2: .pictureHeight
        case 3: .value(text())
        case 4: .negated(expression(depth + 1))
        case 5:
            .operation(
                one(of: SizeExpression.Operation.allCases), expression(depth + 1),
                expression(depth + 1))
        default:
            .function(one(of: SizeExpression.Function.allCases), expression(depth + 1))
        }
    }

    private mutating func draw() -> DrawPlan {
        let count = 1 + below(999)
        let primitive = one(of: Geometry.Primitive.allCases)
        let shapes: [Geometry] = [
            .picture, .grid(columns: count, rows: 7), .cube, .sphere(segments: 1 + count / 4),
            .points(count), .patches(count, vertices: 4), .vertices(count, primitive),
            .mesh(text()), .feedback(buffer: text(), primitive),
        ]
        return DrawPlan(
            geometry: one(of: shapes), instances: 1 + below(9), hasDepth: bool(),
            blend: one(of: DrawPlan.Blend.allCases), cull: one(of: DrawPlan.Cull.allCases),
            samples: 1 + below(8), clear: bool() ? SIMD4(0.5, Float(below(9)), 0, 1) : nil,
            indirect: bool() ? text() : nil,
            capture: bool()
                ? CapturePlan(
                    varyings: (0..<below(4)).map { _ in text() }, buffer: text(),
                    drawsNothing: bool()) : nil)
    }

    private mutating func dispatch() -> DispatchPlan {
        [
            .cover, .groups(1 + below(99), 1, 1 + below(65_535)), .indirect(buffer: text()),
        ][below(3)]
    }

    private mutating func source() -> UniformSource {
        switch below(5) {
        case 0: .builtin(one(of: BuiltinUniform.allCases))
        case 1:
            .sampler(
                picture(),
                Sampling(
                    one(of: Sampling.Filter.allCases), one(of: Sampling.Wrap.allCases),
                    isFlipped: bool()))
        case 2: .size(picture())
        case 3: .value(text())
        default: .constant(numbers())
        }
    }

    private mutating func picture() -> PictureSource {
        let sources: [PictureSource] = [
            .pass(text()), .previous(text()), .texture(text()), .image(text()), .keyboard, .audio,
            .wave, .spectrum, .test, .secondTest, .noise, .black,
        ]
        return one(of: sources)
    }

    mutating func numbers() -> [Double] { (0..<below(17)).map { _ in number() } }
}
