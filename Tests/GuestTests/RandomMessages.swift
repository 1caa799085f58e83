import GLSL
import Render

import TestSupport
@testable import Guest

/// Messages that make no sense but are well formed.
extension Seeded {
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
        state.wantsDepth = below(2) == 0
        if below(4) > 0 { state.pointer = SIMD2(Float(below(999)), Float(below(999))) }
        return state
    }

    private mutating func vector<V: SIMD>(_: V.Type) -> V where V.Scalar == Float {
        var vector = V()
        for index in 0..<V.scalarCount { vector[index] = Float(number()) }
        return vector
    }

    mutating func revision() -> Int { Int(Int64(bitPattern: next())) }

    mutating func hostMessage() -> HostMessage {
        switch below(19) {
        case 17: .hurry
        case 13: .values(values())
        case 14: .resource(resource())
        case 15: .dropResource(next())
        case 16:
            .readBuffer(
                revision: below(99), name: text(), first: below(9999), rows: below(257))
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
        timings.compiledPrograms = below(70)
        return timings
    }

    mutating func tripped() -> [Tripped] {
        (0..<below(9)).map { _ in
            Tripped(pass: below(64), stage: Stage.allCases[below(6)], loop: below(70_000))
        }
    }

    mutating func guestMessage() -> GuestMessage {
        switch below(15) {
        case 13: return .yielded(revision: revision())
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
        func column(_ random: inout Seeded) -> BufferReading.Column {
            .init(
                name: random.text(20),
                scalar: random.one(of: BufferReading.Column.Scalar.allCases),
                count: 1 + random.below(16), columns: 1 + random.below(4),
                offset: random.below(999))
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
