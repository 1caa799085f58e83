/// A picture that a sketch brings along.
public struct TexturePlan: Codable, Sendable, Hashable {
    /// By which samplers know it.
    public var name: String
    /// The file, as the sketch names it: a PNG or a JPEG; six of them, +x -x +y -y +z -z, for a cube map.
    public var paths: [String]
    /// Where the sketch asks for it, for messages.
    public var place: SourcePlace
    /// How a sampler of its name reads it.
    public var sampling: Sampling

    /// A picture by its name and files; with mipmaps and repeated unless told otherwise.
    public init(
        name: String, paths: [String], place: SourcePlace,
        sampling: Sampling = Sampling(.mipmap, .repeat)
    ) {
        (self.name, self.paths, self.place) = (name, paths, place)
        self.sampling = sampling
    }
}

/// A mesh out of a Wavefront OBJ file.
public struct MeshPlan: Codable, Sendable, Hashable {
    /// By which passes know it.
    public var name: String
    /// The file, as the sketch names it.
    public var path: String
    /// Where the sketch asks for it, for messages.
    public var place: SourcePlace

    /// A mesh by its name and file.
    public init(name: String, path: String, place: SourcePlace) {
        (self.name, self.path, self.place) = (name, path, place)
    }
}

/// A storage buffer.
public struct BufferPlan: Codable, Sendable, Hashable {
    /// The name of the `buffer` block that it is bound to, or of a capture.
    public var name: String
    /// Size in bytes.
    public var bytes: Int
    /// How long its contents live.
    public var life: Life

    /// A buffer by its name and size.
    public init(name: String, bytes: Int, life: Life = .kept) {
        (self.name, self.bytes, self.life) = (name, bytes, life)
    }

    /// How long contents live.
    public enum Life: String, Codable, Sendable, CaseIterable {
        /// Over recompiles, as long as the layout stays.
        case kept
        /// Zeros at the beginning of each frame.
        case frame
        /// Zeros at each recompile.
        case program
    }

    /// The most bytes of one buffer.
    public static let limit = 256 << 20
}

/// A picture that image units read and write.
public struct ImagePlan: Codable, Sendable, Hashable {
    /// The name of the `image2D` uniform that it is bound to.
    public var name: String
    /// Its size in pixels.
    public var size: SizePlan
    /// What its pixels are.
    public var format: PixelFormat
    /// How long its contents live.
    public var life: BufferPlan.Life

    /// An image by its name; of the picture's size unless told otherwise.
    public init(
        name: String, size: SizePlan = .init(), format: PixelFormat = .rgba8,
        life: BufferPlan.Life = .kept
    ) {
        (self.name, self.size, self.format, self.life) = (name, size, format, life)
    }
}

/// A place in one of a sketch's files.
public struct SourcePlace: Codable, Sendable, Hashable {
    /// The file, as messages name it.
    public var file: String
    /// The line, from 1; nil where no line is to blame.
    public var line: Int?

    /// A line of a file, or a file as a whole.
    public init(file: String, line: Int? = nil) { (self.file, self.line) = (file, line) }
}
