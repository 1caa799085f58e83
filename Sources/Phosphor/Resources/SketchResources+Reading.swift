import GLSL
import Glibc
import Guest
import Render

extension SketchResources {
    /// The most bytes that all pictures and meshes of a sketch take together once they are decoded.
    static let limit = 512 << 20

    /// How many there may be: guests keep twice as many, for what was shown before.
    static let most = 64

    /// What a program asks for; what another one asked for is let go.
    ///
    /// Reads the disk and decodes, which may take seconds.
    ///
    /// - Parameter changed: files that somebody told to be new; others are read again where their stamps are others.
    func reading(
        _ wanted: Set<Wanted>, in folder: String, changed: Set<String> = []
    ) -> SketchResources {
        var result = SketchResources()
        result.folder = folder
        var (bytes, count) = (0, 0)
        for each in wanted.sorted(by: { $0.names.joined() < $1.names.joined() }) {
            let old = self.folder == folder ? entries[each] : nil
            var entry: Entry
            if let old, changed.isDisjoint(with: old.tried), old.isStill(each, in: folder) {
                entry = old
            } else {
                entry = Self.read(each, in: folder, old: old)
            }
            bytes += entry.resource?.bytes ?? 0
            count += entry.resource == nil ? 0 : 1
            if bytes > Self.limit || count > Self.most {
                bytes -= entry.resource?.bytes ?? 0
                entry.resource = nil
                entry.problems = [
                    Problem(
                        message:
                            "\(each.names.first ?? "") is one too many: a sketch may have \(Self.most) pictures and "
                            + "meshes, of \(Self.limit >> 20) MB together. \(each.standIn)")
                ]
            }
            result.entries[each] = entry
        }
        return result
    }

    private static func read(_ wanted: Wanted, in folder: String, old: Entry?) -> Entry {
        var attempt = 0
        while true {
            let entry = readOnce(wanted, in: folder, old: old)
            // Who writes in place empties the file first: what was whole a moment ago will be again.
            guard !entry.problems.isEmpty, let old, old.problems.isEmpty, attempt < 5 else {
                return entry
            }
            attempt += 1
            usleep(20_000)
        }
    }

    private static func readOnce(_ wanted: Wanted, in folder: String, old: Entry?) -> Entry {
        var entry = Entry()
        do throws(FileError) {
            let names = wanted.names
            if case .picture = wanted, names.count != 1, names.count != 6 {
                throw FileError("a picture is one file, or six for a cube map, not \(names.count)")
            }
            // All of them are watched, also where the first is missing.
            let found = names.map { name in
                let places = places(of: name, in: folder)
                entry.tried.formUnion(places)
                return (
                    name,
                    places.lazy.compactMap { path in
                        AtomicFile.stamp(path).map { (path: path, stamp: $0) }
                    }.first
                )
            }
            var files: [[UInt8]] = []
            for (name, file) in found {
                guard let file else { throw FileError("\(name) is not there") }
                entry.files.updateValue(file.stamp, forKey: file.path)
                files.append(try bytes(of: name, at: file.path, wanted))
            }
            let id = wanted.number(of: files)
            if let known = old?.resource, known.id == id, old?.problems.isEmpty == true {
                entry.resource = known
                return entry
            }
            switch wanted {
            case .picture: entry.resource = try picture(id, files, names)
            case .mesh(let name): entry.take(try mesh(id, files[0], name))
            }
        } catch {
            entry.problems = [Problem(message: "\(error). \(wanted.standIn)")]
            if wanted.names.count == 6 { entry.resource = checkers }
        }
        return entry
    }

    /// Where a file may lie: where the name says, beside the sketch, or where RiftRay keeps its pictures.
    static func places(of name: String, in folder: String) -> [String] {
        let beside = ["", "textures/", "../textures/"].map {
            Folders.absolute($0 + name.drop { $0 == "/" }, from: folder)
        }
        return name.hasPrefix("/") || name.hasPrefix("~")
            ? [Folders.absolute(name)] + beside : beside
    }

    private static func bytes(
        of name: String, at path: String, _ wanted: Wanted
    ) throws(FileError) -> [UInt8] {
        let limit =
            if case .mesh = wanted { WavefrontOBJ.byteLimit } else { PictureFile.byteLimit }
        if let size = AtomicFile.stamp(path)?.size, size > limit {
            throw FileError(
                "\(name) has \(size >> 20) MB, and the limit is \(limit >> 20) MB")
        }
        return try AtomicFile.read(path, limit: limit)
    }

    // MARK: Decoding

    private static func picture(
        _ id: UInt64, _ files: [[UInt8]], _ names: [String]
    ) throws(FileError) -> Resource {
        // Six sides of a cube have to fit where one picture does.
        let pixelLimit = PictureFile.pixelLimit / (names.count == 1 ? 1 : 4)
        var sides: [Pixels] = []
        for (bytes, name) in zip(files, names) {
            do throws(PictureFault) {
                sides.append(try PictureFile.decode(bytes, pixelLimit: pixelLimit))
            } catch { throw FileError("\(name) \(error.words)") }
        }
        do throws(GuestError) {
            if sides.count == 1 {
                sides[0].flip()
                return try Resource.texture(
                    id: id, width: sides[0].width, height: sides[0].height, pixels: sides[0].rgba)
            }
            let side = sides[0].width
            if let odd = sides.firstIndex(where: { $0.width != side || $0.height != side }) {
                throw GuestError(
                    "\(names[odd]) has \(sides[odd].width) x \(sides[odd].height) pixels: the sides of a cube map are "
                        + "squares of one size, here of \(side)")
            }
            var pixels: [UInt8] = []
            pixels.reserveCapacity(6 * sides[0].rgba.count)
            for each in sides { pixels += each.rgba }
            return try Resource.cube(id: id, side: side, pixels: pixels)
        } catch { throw FileError(error.description) }
    }

    private static func mesh(
        _ id: UInt64, _ bytes: [UInt8], _ name: String
    ) throws(FileError) -> (Resource?, [Problem]) {
        let file: WavefrontOBJ
        do throws(WavefrontOBJ.Refusal) {
            file = try WavefrontOBJ(bytes)
        } catch {
            let problems = error.mistakes.map {
                Problem(message: "\(name):\($0.line): \($0.message)")
            }
            return (nil, problems)
        }
        let warnings = file.warnings.map {
            Problem(severity: .warning, message: "\(name):\($0.line): \($0.message)")
        }
        do throws(GuestError) {
            let resource = try Resource.mesh(id: id, vertices: file.vertices, indices: file.indices)
            return (resource, warnings)
        } catch { throw FileError(error.description) }
    }

    /// In place of a cube map that is missing, since guests have a flat picture for that alone.
    private static let checkers: Resource? = {
        let side = 16
        var pixels: [UInt8] = []
        for row in 0..<6 * side {
            for column in 0..<side {
                let isLight = (row / 4 + column / 4) % 2 == 0
                pixels += isLight ? [230, 40, 200, 255] : [40, 40, 40, 255]
            }
        }
        return try? Resource.cube(id: 0xC4EC_4E25, side: side, pixels: pixels)
    }()
}

extension SketchResources.Entry {
    fileprivate mutating func take(_ decoded: (Resource?, [SketchResources.Problem])) {
        (resource, problems) = decoded
    }

    /// Whether the disk has for it what it had when it was read.
    fileprivate func isStill(_ wanted: SketchResources.Wanted, in folder: String) -> Bool {
        let now = wanted.names.compactMap { name in
            SketchResources.places(of: name, in: folder).lazy.compactMap { path in
                AtomicFile.stamp(path).map { (path, Optional($0)) }
            }.first
        }
        return Dictionary(now, uniquingKeysWith: { first, _ in first }) == files
            && files.count == Set(wanted.names).count
    }
}

extension SketchResources.Wanted {
    /// What is there in its place, in a message's last words.
    fileprivate var standIn: String {
        if case .mesh = self { "Nothing is drawn of it" } else { "A checker stands in for it" }
    }

    /// A number for these files' contents, by which guests know what is made of them.
    fileprivate func number(of files: [[UInt8]]) -> UInt64 {
        // FNV-1a (Fowler, Noll, Vo), eight bytes a step.
        let prime: UInt64 = 0x0000_0100_0000_01B3
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        if case .mesh = self { hash ^= 1 }
        for file in files {
            hash = (hash ^ UInt64(file.count)) &* prime
            file.withUnsafeBytes { bytes in
                var index = 0
                while index + 8 <= bytes.count {
                    let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                    hash = (hash ^ word) &* prime
                    hash ^= hash >> 32
                    index += 8
                }
                while index < bytes.count {
                    hash = (hash ^ UInt64(bytes[index])) &* prime
                    index += 1
                }
            }
        }
        return hash | 1 << 63
    }
}
