import GLSL

/// What the uniforms of one picture are made of.
struct FrameValues {
    let state: DrawState
    /// The size of what is drawn into, one eye's where there are two.
    let width: Int
    let height: Int
    /// The size of the picture that is shown, in whose pixels the pointer is.
    let picture: FrameSizes.Size
    let channels: ChannelTextures
    /// What a binding says of iChannel0 to iChannel3; nil where it says nothing.
    var channelSources: [PictureSource?] = []
    let camera: EyeCamera
    /// Pictures and values of the program; nil where there are none.
    let scene: FrameScene?
}

extension BuiltinUniform {
    /// The uniform's elements (one, but for arrays), each with as many components as its meaning has.
    func values(_ frame: FrameValues) -> [[Double]] {
        let (state, camera) = (frame.state, frame.camera)
        return switch self {
        case .resolution: [[Double(frame.width), Double(frame.height), 1]]
        case .height: [[Double(frame.height)]]
        case .aspect: [[Double(frame.width) / Double(max(1, frame.height))]]
        case .texel: [[1 / Double(max(1, frame.width)), 1 / Double(max(1, frame.height))]]
        case .time: [[state.time]]
        case .timeDelta: [[state.timeDelta]]
        case .frame: [[Double(state.frame)]]
        case .frameRate: [[state.frameRate]]
        case .mouse: [(0..<4).map { Double(state.mouse[$0]) }]
        case .pointer: [[Double(state.pointer?.x ?? 0), Double(state.pointer?.y ?? 0)]]
        case .pointerShare:
            // Before it is seen it counts as in the middle, as GLSL Sandbox has it.
            [
                state.pointer.map {
                    [
                        Double($0.x) / Double(max(1, frame.picture.width)),
                        Double($0.y) / Double(max(1, frame.picture.height)),
                    ]
                } ?? [0.5, 0.5]
            ]
        case .dateFromOne: [(0..<4).map { Double(state.date[$0]) + ($0 == 1 ? 1 : 0) }]
        case .date: [(0..<4).map { Double(state.date[$0]) }]
        case .sampleRate: [[44100]]
        case .channelTime: Array(repeating: [state.time], count: ChannelTextures.count)
        case .channelResolution:
            frame.channels.sizes.enumerated().map { index, plain in
                let source =
                    index < frame.channelSources.count ? frame.channelSources[index] : nil
                let size = source.flatMap { frame.scene?.size(of: $0) } ?? plain
                return [Double(size.width), Double(size.height), 1]
            }
        case .projection: [camera.projection.values]
        case .view, .modelView: [camera.view.values]
        case .model, .normalMatrix: [Matrix.identity.values]
        case .modelViewProjection, .viewProjection: [(camera.projection * camera.view).values]
        case .frontModel: [Matrix.front.values]
        case .frontModelView: [(camera.view * .front).values]
        case .frontModelViewProjection: [(camera.projection * camera.view * .front).values]
        case .eyePosition: [[camera.eye.x, camera.eye.y, camera.eye.z]]
        case .viewIndex: [[Double(camera.index)]]
        case .viewCount: [[Double(camera.count)]]
        case .ray: [camera.ray.values]
        }
    }
}

extension Matrix {
    /// Two metres before the eyes, where a square from -1 to 1 is seen whole.
    fileprivate static let front = translation(
        Double(EyeCamera.eyes.x), Double(EyeCamera.eyes.y), Double(EyeCamera.eyes.z) - 2)
}
