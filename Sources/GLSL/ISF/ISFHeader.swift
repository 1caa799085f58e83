/// What the JSON at the head of an ISF says (ISF 2.0, and what 1.0 had besides).
struct ISFHeader {
    var inputs: [ISFInput] = []
    /// The passes in their order; at least one.
    var passes: [ISFPass] = []
    var imports: [ISFImport] = []
    /// Names of 1.0's buffers that no pass draws into.
    var unusedBuffers: [String] = []

    /// All names that it declares for the code.
    var names: [String] {
        inputs.map(\.name) + imports.map(\.name) + Set(passes.compactMap(\.target)).sorted()
            + unusedBuffers
    }

    /// What else may stand at the top.
    static let knownKeys: Set<String> = [
        "ISFVSN", "VSN", "DESCRIPTION", "CREDIT", "CATEGORIES", "INPUTS", "PASSES", "IMPORTED",
        "PERSISTENT_BUFFERS",
    ]

    /// Names that only ISF has, in the code.
    static let ownNames = [
        "isf_FragNormCoord", "vv_FragNormCoord", "RENDERSIZE", "PASSINDEX", "IMG_PIXEL",
        "IMG_NORM_PIXEL", "IMG_THIS_PIXEL", "IMG_THIS_NORM_PIXEL",
    ]
}

/// One of an ISF's inputs.
struct ISFInput {
    var name: String
    var kind: Kind
    var place: JSONPlace
    /// Whether it is a point that is kept from 0 to 1, and that the code gets in pixels.
    var isShare = false

    /// The uniform of a point that is a share of the picture.
    static func shareUniform(_ name: String) -> String { "phosphor_share_\(name)" }

    enum Kind {
        /// A value that people tweak, with the type of its uniform.
        case value(ValuePlan, type: String)
        case image
        /// A picture of sound's wave: a row a channel.
        case audio
        /// A picture of sound's frequencies: a row a channel.
        case spectrum
        case cube
    }
}

/// One of an ISF's passes.
struct ISFPass {
    /// The name of the picture that it draws; nil for the one that is shown.
    var target: String?
    var isPersistent = false
    var isFloat = false
    var size = SizePlan()
    var place: JSONPlace

    /// Whether it draws something other than the picture as it is shown.
    var isOrdinary: Bool { !isFloat && size == SizePlan() }
}

/// A picture that an ISF brings along.
struct ISFImport {
    var name: String
    var paths: [String]
    var place: JSONPlace
    var isCube: Bool { paths.count > 1 }
}
