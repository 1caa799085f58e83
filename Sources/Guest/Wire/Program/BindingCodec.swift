import GLSL

/// What uniforms are filled with, on the wire.
extension WireWriter {
    mutating func source(_ source: UniformSource) {
        switch source {
        case .builtin(let builtin):
            integer(UInt8(0))
            choice(builtin)
        case .sampler(let picture, let sampling):
            integer(UInt8(1))
            self.picture(picture)
            choice(sampling.filter)
            choice(sampling.wrap)
            flag(sampling.isFlipped)
        case .size(let picture):
            integer(UInt8(2))
            self.picture(picture)
        case .value(let name):
            integer(UInt8(3))
            text(name)
        case .constant(let values):
            integer(UInt8(4))
            numbers(values)
        }
    }

    private mutating func picture(_ picture: PictureSource) {
        switch picture {
        case .pass(let name):
            integer(UInt8(0))
            text(name)
        case .previous(let name):
            integer(UInt8(1))
            text(name)
        case .texture(let name):
            integer(UInt8(2))
            text(name)
        case .image(let name):
            integer(UInt8(3))
            text(name)
        case .keyboard: integer(UInt8(4))
        case .audio: integer(UInt8(5))
        case .spectrum: integer(UInt8(6))
        case .test: integer(UInt8(7))
        case .noise: integer(UInt8(8))
        case .black: integer(UInt8(9))
        case .secondTest: integer(UInt8(10))
        case .wave: integer(UInt8(11))
        }
    }
}

extension WireReader {
    mutating func source() throws(WireError) -> UniformSource {
        switch try integer(UInt8.self) {
        case 0: .builtin(try choice())
        case 1:
            .sampler(
                try picture(),
                Sampling(try choice(), try choice(), isFlipped: try flag()))
        case 2: .size(try picture())
        case 3: .value(try name())
        case 4: .constant(try numbers())
        default: throw .value("source of a uniform")
        }
    }

    private mutating func picture() throws(WireError) -> PictureSource {
        switch try integer(UInt8.self) {
        case 0: .pass(try name())
        case 1: .previous(try name())
        case 2: .texture(try name())
        case 3: .image(try name())
        case 4: .keyboard
        case 5: .audio
        case 6: .spectrum
        case 7: .test
        case 8: .noise
        case 9: .black
        case 10: .secondTest
        case 11: .wave
        default: throw .value("picture")
        }
    }
}
