import GLSL

extension ProgramPayload {
    init(decoding bytes: ArraySlice<UInt8>) throws(WireError) {
        var reader = WireReader(bytes)
        let version: UInt8 = try reader.integer()
        guard version == Self.version else { throw .version(version) }
        views = try reader.size("number of views", in: 0...2)
        passes = []
        for _ in 0..<(try reader.size("number of passes", in: 0...Limits.passes)) {
            passes.append(try reader.pass())
        }
        if try reader.flag() {
            eye = SIMD3(try reader.float(), try reader.float(), try reader.float())
        }
        for _ in 0..<(try reader.size("number of values", in: 0...ValuePlan.limit)) {
            values.append(Value(name: try reader.name(), initial: try reader.numbers()))
        }
        textures = try reader.parts()
        meshes = try reader.parts()
        for _ in 0..<(try reader.size("number of buffers", in: 0...Limits.parts)) {
            buffers.append(
                BufferPlan(
                    name: try reader.name(),
                    bytes: try reader.size("bytes of a buffer", in: 0...BufferPlan.limit),
                    life: try reader.choice()))
        }
        for _ in 0..<(try reader.size("number of images", in: 0...Limits.parts)) {
            images.append(
                ImagePlan(
                    name: try reader.name(), size: try reader.sizePlan(),
                    format: try reader.choice(), life: try reader.choice()))
        }
        try reader.finish()
    }

    /// The file's bytes.
    func encoded() -> [UInt8] {
        var writer = WireWriter()
        writer.integer(Self.version)
        writer.size(views)
        writer.size(passes.count)
        for pass in passes { writer.pass(pass) }
        writer.flag(eye != nil)
        if let eye { for index in 0..<3 { writer.number(eye[index]) } }
        writer.size(values.count)
        for value in values {
            writer.text(value.name)
            writer.numbers(value.initial)
        }
        writer.parts(textures)
        writer.parts(meshes)
        writer.size(buffers.count)
        for buffer in buffers {
            writer.text(buffer.name)
            writer.size(buffer.bytes)
            writer.choice(buffer.life)
        }
        writer.size(images.count)
        for image in images {
            writer.text(image.name)
            writer.sizePlan(image.size)
            writer.choice(image.format)
            writer.choice(image.life)
        }
        return writer.bytes
    }
}

extension WireWriter {
    fileprivate mutating func pass(_ pass: ProgramPayload.Pass) {
        text(pass.name)
        size(pass.stages.count)
        for stage in pass.stages {
            integer(UInt8(stage.stage.order))
            text(stage.text, limit: WireLimits.program)
            channel(stage.channel)
        }
        target(pass.target)
        flag(pass.draw != nil)
        if let plan = pass.draw { draw(plan) }
        flag(pass.dispatch != nil)
        if let plan = pass.dispatch { dispatch(plan) }
        size(pass.bindings.count)
        for binding in pass.bindings {
            text(binding.name)
            source(binding.source)
        }
    }

    fileprivate mutating func parts(_ parts: [ProgramPayload.Part]) {
        size(parts.count)
        for part in parts {
            text(part.name)
            integer(part.resource)
        }
    }

    /// Up to 16 numbers, as many as a matrix has.
    mutating func numbers(_ values: [Double]) {
        let values = values.prefix(ProgramPayload.Limits.numbers)
        size(values.count)
        for value in values { number(value) }
    }

    /// One case of an enumeration, by its place among all.
    mutating func choice<Value: CaseIterable & Equatable>(_ value: Value) {
        let index = Value.allCases.firstIndex(of: value)
        integer(
            UInt8(
                clamping: index.map {
                    Value.allCases.distance(from: Value.allCases.startIndex, to: $0)
                } ?? 0))
    }
}

extension WireReader {
    fileprivate mutating func pass() throws(WireError) -> ProgramPayload.Pass {
        var pass = ProgramPayload.Pass(name: try text(), stages: [])
        for _ in 0..<(try size("number of stages", in: 0...6)) {
            guard let stage = Stage(order: Int(try integer(UInt8.self))) else {
                throw .value("stage")
            }
            pass.stages.append(
                .init(
                    stage: stage, text: try text(limit: WireLimits.program),
                    channel: try channel()))
        }
        pass.target = try target()
        if try flag() { pass.draw = try draw() }
        if try flag() { pass.dispatch = try dispatch() }
        for _ in 0..<(try size("number of bindings", in: 0...ProgramPayload.Limits.bindings)) {
            pass.bindings.append(UniformBinding(try name(), try source()))
        }
        return pass
    }

    fileprivate mutating func parts() throws(WireError) -> [ProgramPayload.Part] {
        var parts: [ProgramPayload.Part] = []
        for _ in 0..<(try size("number of files", in: 0...ProgramPayload.Limits.parts)) {
            parts.append(.init(name: try name(), resource: try integer()))
        }
        return parts
    }

    /// A name that somebody gave to something.
    mutating func name() throws(WireError) -> String { try text() }

    mutating func numbers() throws(WireError) -> [Double] {
        var values: [Double] = []
        for _ in 0..<(try size("number of numbers", in: 0...ProgramPayload.Limits.numbers)) {
            values.append(try double())
        }
        return values
    }

    mutating func choice<Value: CaseIterable>(_: Value.Type = Value.self) throws(WireError)
        -> Value
    {
        let place = Int(try integer(UInt8.self))
        let all = Value.allCases
        guard place < all.count else { throw .value("\(Value.self)") }
        return all[all.index(all.startIndex, offsetBy: place)]
    }
}
