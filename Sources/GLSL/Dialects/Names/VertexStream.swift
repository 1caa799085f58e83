/// What an attribute of a vertex stage is fed with, of what a mesh or a shape has.
public enum VertexStream: Sendable, Equatable {
    /// Where the vertex is.
    case position
    /// Where the surface looks.
    case normal
    /// Its place in a texture, from 0 to 1.
    case texcoord
    /// A colour: each corner of a square has its own, a mesh is white.
    case color
    /// Along x.
    case tangent
    /// Along y.
    case bitangent

    /// The streams of a vertex stage's attributes; nil, in each, where nothing tells.
    ///
    /// A stream that an attribute has by its name or type is no other's by its location.
    public static func streams(
        of attributes: [(name: String, type: String, location: Int?)]
    ) -> [VertexStream?] {
        let isOnly = attributes.count == 1
        let told = attributes.map {
            VertexStream(name: $0.name, type: $0.type, location: nil, isOnly: isOnly)
        }
        return zip(attributes, told).map { attribute, stream in
            if let stream { return stream }
            let placed = VertexStream(
                name: attribute.name, type: attribute.type, location: attribute.location,
                isOnly: isOnly)
            return told.contains(placed) ? nil : placed
        }
    }

    /// The stream that an attribute wants; nil where nothing tells.
    ///
    /// Its name tells first, without case and prefix; then its type, since a `vec2` that is not alone is a place in a
    /// texture; then the location.
    ///
    /// - Parameters:
    ///   - type: as GLSL has it.
    ///   - location: nil where the text does not say it.
    ///   - isOnly: whether the stage has no other attribute.
    init?(name: String, type: String, location: Int?, isOnly: Bool) {
        guard ["float", "vec2", "vec3", "vec4"].contains(type) else { return nil }
        if name == "VertexCoord", type != "vec2" {
            // RetroArch's, whose places in a texture are in `TexCoord`.
            self = .position
        } else if let named = VertexStream(named: name, isOnly: isOnly) {
            self = named
        } else if type == "vec2" {
            self = isOnly ? .position : .texcoord
        } else if isOnly, type != "float" {
            self = .position
        } else {
            switch location {
            case 0: self = .position
            case 1: self = .normal
            case 2: self = .texcoord
            default: return nil
            }
        }
    }

    private init?(named name: String, isOnly: Bool) {
        // Ours, for stages that have no gl_VertexID: the corners are the triangle's places in a texture.
        if name == "phosphor_corner" {
            self = .texcoord
            return
        }
        // `vertexNormal` has `tex` in it.
        var words = name.lowercased().replacing("vertex", with: "_")
        let rest = words.filter(\.isLetter)
        let isVertex =
            words.contains("_") && ["", "a", "v", "i", "in", "vs", "attr"].contains(rest)
            && name.lowercased().contains("vertex")
        for prefix in ["attr_", "vs_", "vert_", "in_", "a_", "i_", "v_", "in"]
        where words.hasPrefix(prefix) && words.count > prefix.count {
            words = String(words.dropFirst(prefix.count))
            break
        }
        let short = words.filter { $0 != "_" }
        func says(_ parts: String...) -> Bool { parts.contains { words.contains($0) } }
        func isOne(_ names: String...) -> Bool {
            // `aUV`, `vst`: one letter may stand before it.
            names.contains {
                short == $0
                    || (short.count == $0.count + 1 && short.hasSuffix($0)
                        && "av".contains(short.first ?? " "))
            }
        }
        if says("bitan", "binorm") {
            self = .bitangent
        } else if says("tangent") || isOne("tan") {
            self = .tangent
        } else if says("norm") || isOne("n", "vn") {
            self = .normal
        } else if says("col") || isOne("c", "vc", "rgb", "rgba") {
            self = .color
        } else if says("coord3d", "coord2d", "pos") {
            self = .position
        } else if says("uv", "tex") || isOne("st", "vt", "t") {
            self = .texcoord
        } else if says("coord") {
            self = isOnly ? .position : .texcoord
        } else if isVertex || says("vert", "vtx", "point")
            || isOne("p", "vp", "xyz", "quad", "corner")
        {
            self = .position
        } else {
            return nil
        }
    }
}
