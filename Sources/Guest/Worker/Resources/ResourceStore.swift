import CEpoxy
import CSystem
import Glibc
import Render

/// Pictures and meshes that the host has handed over, in GL as far as somebody draws with them.
final class ResourceStore {
    private final class Entry {
        let info: ResourceInfo
        let file: OwnedFile
        var textures: [Bool: OwnedTexture] = [:]
        var mesh: MeshBuffers?
        var lastUse = 0

        init(_ info: ResourceInfo, _ file: OwnedFile) { (self.info, self.file) = (info, file) }

        /// Bytes that it takes in GL, its smaller copies left out.
        var bytes: Int { (textures.count + (mesh == nil ? 0 : 1)) * info.bytes }
    }

    private var entries: [UInt64: Entry] = [:]
    private var uses = 0
    private let largest: Int

    /// The most bytes in GL; what was used longest ago goes first, and comes again out of its file.
    static let limit = 512 << 20

    init() {
        var largest: GLint = 1024
        glGetIntegerv(GLenum(GL_MAX_TEXTURE_SIZE), &largest)
        self.largest = Int(largest)
    }

    /// Takes a resource whose file has exactly the bytes that its measures say, and can change no more.
    func take(_ info: ResourceInfo, descriptor: Int32) throws(GuestError) {
        guard descriptor >= 0, phosphor_memfd_frozen_size(descriptor) == Int64(info.bytes) else {
            throw GuestError("A picture or mesh that the host sent is not what its measures say.")
        }
        // The message's own is closed after it.
        let own = dup(descriptor)
        guard own >= 0 else { throw GuestError(system: "A picture or mesh cannot be kept") }
        entries[info.id] = Entry(info, OwnedFile(own))
    }

    func drop(_ id: UInt64) { entries[id] = nil }

    /// A picture's texture; nil where there is none.
    func texture(_ id: UInt64, isFlipped: Bool) -> SampledTexture? {
        guard let entry = used(id) else { return nil }
        let isFlipped = isFlipped && entry.info.isTexture
        if let known = entry.textures[isFlipped] { return known.sampled }
        makeRoom(for: entry)
        var texture: OwnedTexture?
        with(entry) { memory in
            switch entry.info.kind {
            case .texture(let width, let height) where max(width, height) <= largest:
                texture = OwnedTexture(
                    width: width, height: height, isFlipped: isFlipped, pixels: memory)
            case .cube(let side) where side <= largest:
                texture = OwnedTexture(cube: side, pixels: memory)
            default: break
            }
        }
        entry.textures[isFlipped] = texture
        return texture?.sampled
    }

    /// A mesh; nil where there is none, or where its triangles name vertices that it lacks.
    func mesh(_ id: UInt64) -> MeshBuffers? {
        guard let entry = used(id), case .mesh(let vertices, let indices) = entry.info.kind else {
            return nil
        }
        if let mesh = entry.mesh { return mesh }
        makeRoom(for: entry)
        with(entry) { memory in
            let start = vertices * MeshBuffers.stride
            let isWhole = (0..<indices).allSatisfy {
                memory.loadUnaligned(fromByteOffset: start + 4 * $0, as: UInt32.self) < vertices
            }
            guard isWhole else { return }
            entry.mesh = MeshBuffers(memory, vertexCount: vertices, indexCount: indices)
        }
        return entry.mesh
    }

    private func used(_ id: UInt64) -> Entry? {
        uses += 1
        entries[id]?.lastUse = uses
        return entries[id]
    }

    private func makeRoom(for entry: Entry) {
        var bytes = entries.values.reduce(entry.info.bytes) { $0 + $1.bytes }
        for other in entries.values.sorted(by: { $0.lastUse < $1.lastUse })
        where other !== entry && bytes > Self.limit {
            bytes -= other.bytes
            (other.textures, other.mesh) = ([:], nil)
        }
    }

    /// Lends a resource's bytes.
    private func with(_ entry: Entry, _ body: (UnsafeRawPointer) -> Void) {
        let size = entry.info.bytes
        // Private, since kernels before 6.7 refuse any shared mapping of a file sealed against writing.
        guard let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, entry.file.descriptor, 0),
            start != MAP_FAILED
        else { return }
        body(start)
        munmap(start, size)
    }
}

extension ResourceInfo {
    fileprivate var isTexture: Bool { if case .texture = kind { true } else { false } }
}

extension GuestWorker {
    /// Takes a picture or a mesh from the host.
    func take(_ info: ResourceInfo, descriptor: Int32) throws(GuestError) {
        try common.resources.take(info, descriptor: descriptor)
    }
}
