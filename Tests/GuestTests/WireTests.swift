import GLSL
import Glibc
import Render
import Testing

@testable import Guest

/// Messages: what is written is read again, and nothing else is believed.
struct WireTests {
    @Test(arguments: 0..<200) func hostMessagesComeBack(seed: Int) throws {
        var random = Random(seed: seed)
        let message = random.hostMessage()
        #expect(try HostMessage(decoding: message.encoded()[...]) == message)
    }

    @Test(arguments: 0..<200) func guestMessagesComeBack(seed: Int) throws {
        var random = Random(seed: seed)
        let message = random.guestMessage()
        #expect(try GuestMessage(decoding: message.encoded()[...]) == message)
    }

    @Test(arguments: 0..<50) func allocatorsMessagesComeBack(seed: Int) throws {
        var random = Random(seed: seed)
        let request = MemoryRequest(
            number: UInt32(truncatingIfNeeded: random.next()), device: random.device(),
            width: 1 + random.below(16384), height: 1 + random.below(16384))
        #expect(try MemoryRequest(decoding: request.encoded()[...]) == request)
        let answer =
            random.bool()
            ? MemoryAnswer(number: request.number, memory: random.memory())
            : MemoryAnswer(number: request.number, reason: random.text())
        let bytes = answer.encoded()
        #expect(try MemoryAnswer(decoding: bytes[...]) == answer)
        for length in 0..<bytes.count {
            #expect(throws: WireError.self) { try MemoryAnswer(decoding: bytes[..<length]) }
        }
    }

    @Test(arguments: 0..<50) func programsComeBack(seed: Int) throws {
        var random = Random(seed: seed)
        let program = random.payload()
        #expect(try ProgramPayload(decoding: program.encoded()[...]) == program)
        let file = try program.frozen()
        defer { close(file) }
        #expect(try ProgramPayload(reading: file) == program)
        // Frozen means that nobody can change it while it is read.
        #expect(write(file, "x", 1) < 0)
    }

    @Test(arguments: 0..<60) func noPrefixAndNoExtensionIsAccepted(seed: Int) {
        var random = Random(seed: seed)
        let (host, guest, program) = (
            random.hostMessage().encoded(), random.guestMessage().encoded(),
            random.payload().encoded()
        )
        for length in 0..<host.count {
            #expect(throws: WireError.self) { try HostMessage(decoding: host[..<length]) }
        }
        for length in 0..<guest.count {
            #expect(throws: WireError.self) { try GuestMessage(decoding: guest[..<length]) }
        }
        for length in 0..<program.count {
            #expect(throws: WireError.self) { try ProgramPayload(decoding: program[..<length]) }
        }
        #expect(throws: WireError.trailing(1)) { try HostMessage(decoding: (host + [0])[...]) }
        #expect(throws: WireError.trailing(1)) { try GuestMessage(decoding: (guest + [0])[...]) }
        #expect(throws: WireError.trailing(1)) {
            try ProgramPayload(decoding: (program + [0])[...])
        }
    }

    @Test(arguments: 0..<200) func damagedMessagesNeverTrap(seed: Int) {
        var random = Random(seed: seed)
        for _ in 0..<50 {
            var bytes =
                random.bool() ? random.guestMessage().encoded() : random.hostMessage().encoded()
            for _ in 0..<(1 + random.below(4)) where !bytes.isEmpty {
                bytes[random.below(bytes.count)] = UInt8(truncatingIfNeeded: random.next())
            }
            _ = try? GuestMessage(decoding: bytes[...])
            _ = try? HostMessage(decoding: bytes[...])
            _ = try? ProgramPayload(decoding: bytes[...])
            let noise = [WireLimits.version] + random.bytes(300)
            _ = try? GuestMessage(decoding: noise[...])
            _ = try? HostMessage(decoding: noise[...])
            _ = try? ProgramPayload(decoding: noise[...])
        }
    }

    @Test(arguments: 0..<100) func damagedProgramsNeverTrap(seed: Int) {
        var random = Random(seed: seed)
        let whole = random.payload().encoded()
        for _ in 0..<200 {
            var bytes = whole
            for _ in 0..<(1 + random.below(4)) {
                bytes[random.below(bytes.count)] = UInt8(truncatingIfNeeded: random.next())
            }
            if let program = try? ProgramPayload(decoding: bytes[...]) {
                // What is taken can be measured without harm.
                _ = program.passes.map { $0.target.size.size(width: 32, height: 16) }
                _ = program.encoded()
            }
        }
    }

    @Test func aSizeThatIsNestedWithoutEndIsRefused() throws {
        // Not through a guest: by hand, as one who means harm would.
        var writer = WireWriter()
        writer.integer(ProgramPayload.version)
        writer.size(1)
        writer.size(1)
        writer.text("image")
        writer.size(0)
        for _ in 0..<200_000 { writer.integer(UInt8(4)) }
        #expect(throws: WireError.value("depth of a size")) {
            try ProgramPayload(decoding: writer.bytes[...])
        }
    }

    @Test func anotherVersionIsRefused() {
        var bytes = HostMessage.rewind.encoded()
        bytes[0] = 99
        #expect(throws: WireError.version(99)) { try HostMessage(decoding: bytes[...]) }
        #expect(throws: WireError.version(99)) { try GuestMessage(decoding: bytes[...]) }
    }

    @Test func longLogsAreCutAndSaySo() throws {
        let logs = [Stage.vertex, .fragment].map {
            StageLog(pass: 0, stage: $0, text: String(repeating: "0:1(1): error: ä\n", count: 6000))
        }
        let bytes = GuestMessage.compiled(revision: 1, isGood: false, logs: logs).encoded()
        #expect(bytes.count <= WireLimits.message)
        guard case .compiled(_, _, let read) = try GuestMessage(decoding: bytes[...]) else {
            Issue.record("another message")
            return
        }
        #expect(read.count == 2)
        #expect(read[0].text.hasSuffix("the rest was cut.)"))
        #expect(logs[0].text.hasPrefix(read[0].text.prefix(1000)))
    }

    @Test func textIsCutAtScalars() {
        #expect("aä€🙂".cut(toBytes: 1) == "a")
        #expect("aä€🙂".cut(toBytes: 2) == "a")
        #expect("aä€🙂".cut(toBytes: 3) == "aä")
        #expect("aä€🙂".cut(toBytes: 9) == "aä€")
        #expect("aä€🙂".cut(toBytes: 10) == "aä€🙂")
    }

    @Test func aPacketTooLongIsMalformedAndSendsNeverBlock() throws {
        var sockets: [Int32] = [-1, -1]
        try #require(socketPair(&sockets))
        let (near, far) = (Channel(descriptor: sockets[0]), Channel(descriptor: sockets[1]))
        #expect(!near.send([UInt8](repeating: 0, count: WireLimits.message + 1)))
        let long = [UInt8](repeating: 0, count: WireLimits.message + 1)
        #expect(Glibc.send(far.descriptor, long, long.count, 0) == long.count)
        guard case .malformed = near.receive() else {
            Issue.record("accepted")
            return
        }
        // Nobody reads: some time the socket is full, and send says so instead of waiting.
        let packet = [UInt8](repeating: 1, count: 1000)
        var sent = 0
        while near.send(packet) { sent += 1 }
        #expect(sent > 10)
    }
}

extension Random {
    mutating func state() -> DrawState {
        var state = DrawState(
            time: number(), timeDelta: number(), frame: Int(Int64(bitPattern: next())),
            frameRate: number(),
            date: vector(SIMD4<Float>.self), mouse: vector(SIMD4<Float>.self),
            views: (0..<below(3)).map {
                ViewState(
                    projection: vector(SIMD16<Float>.self), view: vector(SIMD16<Float>.self),
                    eye: $0)
            })
        for _ in 0..<below(5) { state.keyboard.held.set(below(256)) }
        for _ in 0..<below(5) { state.keyboard.toggled.set(below(256)) }
        state.pointer = SIMD2(Float(below(999)), Float(below(999)))
        return state
    }

    private mutating func vector<V: SIMD>(_: V.Type) -> V where V.Scalar == Float {
        var vector = V()
        for index in 0..<V.scalarCount { vector[index] = Float(number()) }
        return vector
    }

    mutating func revision() -> Int { Int(Int64(bitPattern: next())) }

    mutating func hostMessage() -> HostMessage {
        switch below(18) {
        case 13: .values(values())
        case 14: .resource(resource())
        case 15: .dropResource(next())
        case 16: .readBuffer(name: text(), first: below(9999), rows: below(257))
        case 0:
            .configure(
                generation: UInt32(truncatingIfNeeded: next()), width: 1 + below(16384),
                height: 1 + below(16384), slots: 1 + below(8))
        case 1:
            .attempt(
                .init(
                    revision: revision(), slot: below(8),
                    extent: [.link, .small, .whole][below(3)], state: state(), waits: bool(),
                    limits: bool() ? TrialLimits(budget: next(), deadline: next()) : nil))
        case 2: .draw(request: next(), slot: below(8), revision: revision(), state: state())
        case 3: .forget(revision: revision())
        case 4: .lint(revision: revision())
        case 5: .rewind
        case 6: .mayDraw(revision: revision())
        case 7: .snapshot(revision: revision())
        case 8: .restore(revision: revision())
        case 9: .loseContext
        case 10: .trySandbox
        case 11: .takeCensus
        case 12: .share(share())
        default: .quit
        }
    }

    private mutating func share() -> Share {
        let pattern = PicturePattern(
            number: UInt32(truncatingIfNeeded: next()), method: bool() ? .clears : .copy)
        let steps: [Share.Step] = [
            .take(slot: below(8), memory: memory(), pattern), .show(slot: below(8), pattern), .use,
        ]
        return Share(generation: UInt32(truncatingIfNeeded: next()), step: steps[below(3)])
    }

    mutating func memory() -> SharedMemory {
        SharedMemory(bytes: next(), isDedicated: bool(), device: device())
    }

    mutating func device() -> DeviceIdentity {
        let bytes = (0..<32).map { _ in UInt8(truncatingIfNeeded: next()) }
        guard
            let device = DeviceIdentity(driver: Array(bytes[..<16]), device: Array(bytes[16...]))
        else { preconditionFailure("sixteen bytes each") }
        return device
    }

    mutating func logs() -> [StageLog] {
        (0..<below(8)).map { _ in
            StageLog(pass: below(256), stage: (Stage.allCases + [nil])[below(7)], text: text(200))
        }
    }

    mutating func timings() -> Timings {
        var timings = Timings()
        (timings.compileNanoseconds, timings.linkNanoseconds) = (next(), next())
        (timings.firstDrawNanoseconds, timings.wholeDrawNanoseconds) = (next(), next())
        timings.gpuNanoseconds = bool() ? next() : nil
        return timings
    }

    mutating func tripped() -> [Tripped] {
        (0..<below(9)).map { _ in
            Tripped(pass: below(64), stage: Stage.allCases[below(6)], loop: below(70_000))
        }
    }

    mutating func guestMessage() -> GuestMessage {
        switch below(14) {
        case 12: return .buffer(reading())
        case 11:
            return .shared(generation: UInt32(truncatingIfNeeded: next()), reason: text())
        case 0:
            return .ready(
                GLInfo(
                    vendor: text(), renderer: text(), version: text(), glslVersion: text(),
                    isSoftware: bool(), maximumTextureSize: 1 + below(65536), isRobust: bool(),
                    limits: limits()))
        case 9:
            return .sandboxTried(
                (0..<below(9)).map { _ in
                    SandboxTrial(what: text(), isDenied: bool(), answer: text())
                })
        case 1: return .compiled(revision: revision(), isGood: bool(), logs: logs())
        case 2: return .tried(revision: revision(), slot: below(8), timings: timings())
        case 3:
            return .drawn(
                request: next(), slot: below(8), revision: revision(),
                gpuNanoseconds: bool() ? next() : nil, tripped: tripped())
        case 7:
            return .stopped(
                revision: revision(), timings: timings(),
                bool() ? .tripped(tripped()) : .estimate(wall: next(), processor: next()))
        case 4: return .lint(revision: revision(), logs: logs())
        case 5: return .failed(revision: revision(), reason: text(200))
        case 6:
            return .state(
                revision: revision(), bytes: below(1 << 30),
                remade: (0..<below(4)).map { _ in text(60) })
        case 8: return .snapshot(revision: revision(), reason: text(200))
        case 10: return .census((0..<below(17)).map { _ in UInt32(truncatingIfNeeded: next()) })
        default: return .contextLost
        }
    }

    mutating func limits() -> GuestLimits {
        var limits = GuestLimits()
        (limits.landlock, limits.hasSeccomp, limits.isSandboxOff) = (below(9), bool(), bool())
        limits.hasLowContextPriority = bool()
        (limits.nice, limits.isFirstToGo, limits.dumpsCore) = (below(40) - 20, bool(), bool())
        limits.sandboxMicroseconds = below(10_000)
        return limits
    }

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
        program.textures = (0..<below(3)).map { _ in TexturePlan(name: text(), paths: [], place: here) }
        program.meshes = (0..<below(3)).map { _ in MeshPlan(name: text(), path: "", place: here) }
        program.buffers = (0..<below(3)).map { _ in
            BufferPlan(name: text(), bytes: below(1 << 20), life: one(of: BufferPlan.Life.allCases))
        }
        program.images = (0..<below(3)).map { _ in
            ImagePlan(
                name: text(), size: size(), format: one(of: PixelFormat.allCases),
                life: one(of: BufferPlan.Life.allCases))
        }
        let names = (program.textures.map(\.name) + program.meshes.map(\.name)).filter { _ in bool() }
        return ProgramPayload(
            program,
            resources: Dictionary(names.map { ($0, next()) }, uniquingKeysWith: { first, _ in first }))
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
            .picture, .grid(columns: count, rows: 7), .cube, .sphere(segments: count),
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
            .spectrum, .test, .noise, .black,
        ]
        return one(of: sources)
    }

    private mutating func numbers() -> [Double] { (0..<below(17)).map { _ in number() } }

    private mutating func values() -> [String: [Double]] {
        Dictionary(
            (0..<below(9)).map { _ in (text(20), (0..<below(5)).map { _ in number() }) },
            uniquingKeysWith: { first, _ in first })
    }

    private mutating func resource() -> ResourceInfo {
        let kinds: [ResourceInfo.Kind] = [
            .texture(width: 1 + below(4096), height: 1 + below(4096)), .cube(side: 1 + below(1024)),
            .mesh(vertices: 1 + below(9999), indices: below(9999)),
        ]
        return ResourceInfo(id: next() | 1, kind: one(of: kinds))
    }

    private mutating func reading() -> BufferReading {
        func column(_ random: inout Random) -> BufferReading.Column {
            .init(
                name: random.text(20),
                scalar: random.one(of: BufferReading.Column.Scalar.allCases),
                count: 1 + random.below(16), offset: random.below(999))
        }
        var reading = BufferReading(name: text(), problem: text(), bytes: below(1 << 28))
        reading.head = (0..<below(4)).map { _ in column(&self) }
        reading.headValues = reading.head.map { _ in numbers() }
        reading.columns = (0..<below(4)).map { _ in column(&self) }
        (reading.rowCount, reading.firstRow) = (below(9999), below(99))
        reading.rows = (0..<below(9)).map { _ in reading.columns.map { _ in numbers() } }
        return reading
    }
}
