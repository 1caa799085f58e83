import GLSL

/// What passes draw and compute, on the wire.
extension WireWriter {
    mutating func draw(_ plan: DrawPlan) {
        geometry(plan.geometry)
        size(plan.instances)
        flag(plan.hasDepth)
        choice(plan.blend)
        choice(plan.cull)
        size(plan.samples)
        flag(plan.clear != nil)
        if let clear = plan.clear { for index in 0..<4 { number(clear[index]) } }
        flag(plan.indirect != nil)
        if let indirect = plan.indirect { text(indirect) }
        flag(plan.capture != nil)
        guard let capture = plan.capture else { return }
        size(capture.varyings.count)
        for varying in capture.varyings { text(varying) }
        text(capture.buffer)
        flag(capture.drawsNothing)
    }

    private mutating func geometry(_ geometry: Geometry) {
        switch geometry {
        case .picture: integer(UInt8(0))
        case .grid(let columns, let rows):
            integer(UInt8(1))
            size(columns)
            size(rows)
        case .cube: integer(UInt8(2))
        case .sphere(let segments):
            integer(UInt8(3))
            size(segments)
        case .points(let count):
            integer(UInt8(4))
            size(count)
        case .patches(let count, let vertices):
            integer(UInt8(5))
            size(count)
            size(vertices)
        case .vertices(let count, let primitive):
            integer(UInt8(6))
            size(count)
            choice(primitive)
        case .mesh(let name):
            integer(UInt8(7))
            text(name)
        case .feedback(let buffer, let primitive):
            integer(UInt8(8))
            text(buffer)
            choice(primitive)
        }
    }

    mutating func dispatch(_ plan: DispatchPlan) {
        switch plan {
        case .cover: integer(UInt8(0))
        case .groups(let x, let y, let z):
            integer(UInt8(1))
            size(x)
            size(y)
            size(z)
        case .indirect(let buffer):
            integer(UInt8(2))
            text(buffer)
        }
    }
}

extension WireReader {
    mutating func draw() throws(WireError) -> DrawPlan {
        var plan = DrawPlan(geometry: try geometry())
        plan.instances = try size("instances", in: 1...VertexPlan.limit)
        plan.hasDepth = try flag()
        plan.blend = try choice()
        plan.cull = try choice()
        plan.samples = try size("samples", in: 1...ProgramPayload.Limits.samples)
        if try flag() {
            plan.clear = SIMD4(try float(), try float(), try float(), try float())
        }
        if try flag() { plan.indirect = try name() }
        guard try flag() else { return plan }
        var varyings: [String] = []
        for _ in 0..<(try size("number of varyings", in: 0...ProgramPayload.Limits.varyings)) {
            varyings.append(try name())
        }
        plan.capture = CapturePlan(
            varyings: varyings, buffer: try name(), drawsNothing: try flag())
        return plan
    }

    private mutating func geometry() throws(WireError) -> Geometry {
        let most = VertexPlan.limit
        switch try integer(UInt8.self) {
        case 0: return .picture
        case 1:
            return .grid(
                columns: try size("columns", in: 1...most), rows: try size("rows", in: 1...most))
        case 2: return .cube
        case 3: return .sphere(segments: try size("segments", in: 1...most))
        case 4: return .points(try size("points", in: 1...most))
        case 5:
            return .patches(
                try size("patches", in: 1...most), vertices: try size("vertices", in: 1...most))
        case 6: return .vertices(try size("vertices", in: 1...most), try choice())
        case 7: return .mesh(try name())
        case 8: return .feedback(buffer: try name(), try choice())
        default: throw .value("geometry")
        }
    }

    mutating func dispatch() throws(WireError) -> DispatchPlan {
        switch try integer(UInt8.self) {
        case 0: .cover
        case 1:
            .groups(
                try size("groups", in: 1...ProgramPayload.Limits.groups),
                try size("groups", in: 1...ProgramPayload.Limits.groups),
                try size("groups", in: 1...ProgramPayload.Limits.groups))
        case 2: .indirect(buffer: try name())
        default: throw .value("dispatch")
        }
    }
}
