import GLSL

extension BuiltinUniform {
    /// The uniform's elements (one, but for arrays), each with as many components as its meaning has.
    func values(
        state: DrawState, width: Int, height: Int, channels: ChannelTextures
    ) -> [[Double]] {
        switch self {
        case .resolution: [[Double(width), Double(height), 1]]
        case .time: [[state.time]]
        case .timeDelta: [[state.timeDelta]]
        case .frame: [[Double(state.frame)]]
        case .frameRate: [[state.frameRate]]
        case .mouse: [(0..<4).map { Double(state.mouse[$0]) }]
        case .date: [(0..<4).map { Double(state.date[$0]) }]
        case .sampleRate: [[44100]]
        case .channelTime: Array(repeating: [state.time], count: ChannelTextures.count)
        case .channelResolution:
            channels.sizes.map { [Double($0.width), Double($0.height), 1] }
        }
    }
}
