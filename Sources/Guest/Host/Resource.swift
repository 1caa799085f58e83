import CSystem
import GLSL
import Glibc

/// A picture or a mesh of a sketch's own, decoded, as guests get it.
///
/// Guests cannot open files; the host decodes them, on any thread, and hands over sealed memory.
public struct Resource: Sendable {
    let info: ResourceInfo
    let file: OwnedFile

    /// By which `TryOptions.resources` names it; never 0, and for the same content always the same.
    public var id: UInt64 { info.id }
    /// Bytes of memory that it takes.
    public var bytes: Int { info.bytes }

    /// A picture of `4 * width * height` bytes, RGBA, bottom row first.
    ///
    /// - Throws: `GuestError` where size and bytes do not fit, or there is no memory.
    public static func texture(id: UInt64, width: Int, height: Int, pixels: [UInt8])
        throws(GuestError) -> Resource
    {
        try Resource(id, .texture(width: width, height: height), [width, height], pixels)
    }

    /// A cube map of six squares of `4 * side * side` bytes each, RGBA: +x -x +y -y +z -z.
    ///
    /// Rows are as a picture file has them, top row first, which is what cube maps want.
    public static func cube(id: UInt64, side: Int, pixels: [UInt8]) throws(GuestError) -> Resource {
        try Resource(id, .cube(side: side), [side], pixels)
    }

    /// A mesh of triangles: eight numbers a vertex (place, normal, place in textures), and the vertices of each triangle
    /// by number, or none where all vertices follow each other.
    public static func mesh(id: UInt64, vertices: [Float], indices: [UInt32] = [])
        throws(GuestError) -> Resource
    {
        let count = vertices.count / 8
        guard indices.allSatisfy({ $0 < count }) else {
            throw GuestError("A mesh of \(count) vertices names one that it does not have.")
        }
        let bytes =
            vertices.withUnsafeBytes { Array($0) } + indices.withUnsafeBytes { Array($0) }
        return try Resource(id, .mesh(vertices: count, indices: indices.count), [count], bytes)
    }

    private init(
        _ id: UInt64, _ kind: ResourceInfo.Kind, _ sides: [Int], _ pixels: [UInt8]
    ) throws(GuestError) {
        info = ResourceInfo(id: id == 0 ? 1 : id, kind: kind)
        if case .mesh = kind {
        } else {
            for side in sides where !(1...WireLimits.side).contains(side) {
                throw GuestError(
                    "A picture with a side of \(side) pixels is not possible; sides go from 1 to \(WireLimits.side)."
                )
            }
        }
        guard !pixels.isEmpty, info.bytes == pixels.count, info.bytes <= ResourceInfo.limit else {
            throw GuestError(
                "A picture or mesh of \(pixels.count) bytes is not what its measures say, or more than the "
                    + "\(ResourceInfo.limit >> 20) MB that are allowed.")
        }
        file = OwnedFile(
            try SealedFile.make(
                pixels, name: "phosphor-resource", what: "Memory for a picture or mesh"))
    }
}
