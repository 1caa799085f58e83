import GLSL

/// What a program's passes draw into, by what they say and by who reads what.
struct PicturePlan {
    let pass: String
    let target: TargetPlan
    /// Whether the pass draws at all.
    let isDrawn: Bool
    /// Whether the frame after needs it.
    let isKept: Bool
    /// Whether there are two in turn.
    let isDoubled: Bool
    /// Whether it is drawn straight into the picture that is shown.
    let isDirect: Bool

    /// The form of a picture of this size.
    func form(_ size: FrameSizes.Size) -> KeptPicture.Form {
        KeptPicture.Form(
            width: size.width, height: size.height, format: target.format, isDoubled: isDoubled,
            hasMipmaps: target.hasMipmaps)
    }

    /// The plans of all passes, in their order.
    static func all(_ passes: [LoadedPass]) -> [PicturePlan] {
        var reads: [Read] = []
        for (reader, pass) in passes.enumerated() {
            for source in pass.pictures {
                switch source {
                case .own: reads.append(Read(reader: reader, pass: pass.name, isPrevious: true))
                case .bound(.pass(let name)):
                    reads.append(Read(reader: reader, pass: name, isPrevious: false))
                case .bound(.previous(let name)):
                    reads.append(Read(reader: reader, pass: name, isPrevious: true))
                default: break
                }
            }
        }
        return passes.enumerated().map { index, pass in
            let its = reads.filter { $0.pass == pass.name }
            let target = pass.target
            let isDoubled =
                target.isDoubled
                || its.contains { $0.reader == index || ($0.reader > index && $0.isPrevious) }
            let isKept = isDoubled || target.isPersistent || its.contains { $0.reader < index }
            let isPlain =
                target.size == SizePlan() && target.format == .rgba8 && !target.hasMipmaps
            return PicturePlan(
                pass: pass.name, target: target, isDrawn: pass.draws, isKept: isKept,
                isDoubled: isDoubled,
                isDirect: index == passes.count - 1 && isPlain && !isKept)
        }
    }

    private struct Read {
        let reader: Int
        let pass: String
        let isPrevious: Bool
    }
}

/// How large everything is that a frame draws into.
struct FrameSizes: Equatable {
    struct Size: Equatable {
        var width: Int
        var height: Int
    }

    let layout: SlotLayout
    /// One for each pass.
    var passes: [Size]
    /// One for each of the program's pictures for image units.
    var images: [Size]
}
