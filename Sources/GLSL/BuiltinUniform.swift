/// A uniform that Phosphor fills each frame, by what it means rather than by its name.
///
/// Dialects call the same thing by different names; the guest looks up each active uniform of a
/// program by name and sets it by the type that the program declares.
public enum BuiltinUniform: String, CaseIterable, Codable, Sendable {
    /// The picture's size in pixels, and its pixels' aspect ratio in z.
    case resolution
    /// The picture's height in pixels.
    case height
    /// The picture's width by its height.
    case aspect
    /// A pixel's share of the picture's width and height.
    case texel
    /// Seconds since the start.
    case time
    /// Seconds since the frame before.
    case timeDelta
    /// Number of the frame, from 0.
    case frame
    /// Frames a second.
    case frameRate
    /// The pointer in pixels from bottom left: xy while pressed, zw where it was pressed.
    case mouse
    /// The pointer's place in pixels from bottom left, pressed or not; 0 before it was ever seen.
    case pointer
    /// The pointer's place from 0 to 1 from bottom left, pressed or not; the middle before it was ever seen.
    case pointerShare
    /// Year, month from 0, day, and seconds of the day.
    case date
    /// Year, month from 1, day, and seconds of the day.
    case dateFromOne
    /// Samples a second of sound.
    case sampleRate
    /// Seconds played of each of four channels.
    case channelTime
    /// Size of each of four channels, in pixels.
    case channelResolution
    /// The eye's projection matrix, as OpenGL has it.
    case projection
    /// The matrix from the world to the eye's own space.
    case view
    /// The matrix from a thing's own space to the world: turns nothing.
    case model
    /// Projection, view and model in one.
    case modelViewProjection
    /// Projection and view in one.
    case viewProjection
    /// View and model in one.
    case modelView
    /// As `model`, but two metres before the eyes of somebody who stands at the origin.
    case frontModel
    /// View and `frontModel` in one.
    case frontModelView
    /// Projection, view and `frontModel` in one.
    case frontModelViewProjection
    /// The model's turn alone, for normals.
    case normalMatrix
    /// Where the eye is in the world.
    case eyePosition
    /// Which eye: 0 for the left one and where there is only one, 1 for the right.
    case viewIndex
    /// How many views are drawn: 0 where nobody wants a camera, 1 in a window, 2 in a headset.
    case viewCount
    /// The matrix from a pixel's place, depth 0 and 1, to the direction in the world in which it lies, times some w.
    case ray

    /// Every name by which the uniforms are known, with its meaning and the type we declare.
    public static let table: [Entry] = [
        Entry("iResolution", .resolution, "vec3"),
        Entry("iTime", .time, "float"),
        Entry("iTimeDelta", .timeDelta, "float"),
        Entry("iFrame", .frame, "int"),
        Entry("iFrameRate", .frameRate, "float"),
        Entry("iMouse", .mouse, "vec4"),
        Entry("iDate", .date, "vec4"),
        Entry("iSampleRate", .sampleRate, "float", scope: .toys),
        Entry("iGlobalTime", .time, "float", scope: .toys),
        Entry("iChannelTime", .channelTime, "float", count: 4, scope: .toys),
        Entry("iChannelResolution", .channelResolution, "vec3", count: 4, scope: .toys),
        Entry("iProjection", .projection, "mat4", scope: .mentioned),
        Entry("iView", .view, "mat4", scope: .mentioned),
        Entry("iEyePosition", .eyePosition, "vec3", scope: .mentioned),
        Entry("iViewIndex", .viewIndex, "int", scope: .mentioned),
        Entry("phosphor_views", .viewCount, "int", scope: .rays),
        Entry("phosphor_eye", .eyePosition, "vec3", scope: .rays),
        Entry("phosphor_ray", .ray, "mat4", scope: .rays),
    ]

    /// Which sources get a uniform without declaring it.
    public enum Scope: Sendable {
        /// All that get any.
        case all
        /// Shadertoy's, and those that are written like them.
        case toys
        /// Those that mention it: so the texts of all others stay as they are.
        case mentioned
        /// Those for which we compute rays; nobody else knows of it.
        case rays
    }

    /// One name of a uniform.
    public struct Entry: Sendable, Equatable {
        /// The name in the source.
        public let name: String
        /// What it means.
        public let uniform: BuiltinUniform
        /// The GLSL type with which we declare it where the user does not.
        public let type: String
        /// The length of the array, or 0 where it is none.
        public let count: Int
        /// Which sources get it without declaring it.
        public let scope: Scope

        init(
            _ name: String, _ uniform: BuiltinUniform, _ type: String, count: Int = 0,
            scope: Scope = .all
        ) {
            self.name = name
            self.uniform = uniform
            self.type = type
            self.count = count
            self.scope = scope
        }

        /// The declaration, without a line end.
        var declaration: String {
            "uniform \(type) \(name)\(count > 0 ? "[\(count)]" : "");"
        }
    }

    /// The uniform of that name; nil for a name of the user's own.
    ///
    /// GL calls an array by its first element, so `iChannelTime[0]` is known as well.
    public static func named(_ name: String) -> BuiltinUniform? {
        let bare = name.hasSuffix("[0]") ? String(name.dropLast(3)) : name
        return byName[bare]
    }

    private static let byName = Dictionary(
        table.map { ($0.name, $0.uniform) }, uniquingKeysWith: { first, _ in first })
}
