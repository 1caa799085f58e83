/// What the host's clock, mouse and headset say for one frame; the guest has none of its own.
public struct DrawState: Sendable, Equatable {
    /// Seconds since the last rewind.
    public var time: Double
    /// Seconds since the frame before.
    public var timeDelta: Double
    /// The number of the frame, from 0 at the last rewind.
    ///
    /// Trial frames do not count.
    public var frame: Int
    /// Frames a second, as the host measures them.
    public var frameRate: Double
    /// Year, month (from 0), day and seconds of the day.
    public var date: SIMD4<Float>
    /// The mouse in the picture's pixels, as Shadertoy's iMouse has it.
    public var mouse: SIMD4<Float>
    /// The pointer's place in the picture's pixels from bottom left, pressed or not; nil before it was ever seen.
    public var pointer: SIMD2<Float>?
    /// Which keys are down, for sketches that read Shadertoy's keyboard.
    public var keyboard = KeyboardState()
    /// What each eye sees, two at most; empty in a window.
    public var views: [ViewState]
    /// Whether the picture is to bring its depth along, where its last pass has any: for compositors that move with it.
    public var wantsDepth = false
    /// A number of the host's own, by which it knows a picture's state again; guests do not get it.
    public var tag: UInt64 = 0

    /// A state; the default is the first frame of all.
    public init(
        time: Double = 0, timeDelta: Double = 0, frame: Int = 0, frameRate: Double = 60,
        date: SIMD4<Float> = .zero, mouse: SIMD4<Float> = .zero, views: [ViewState] = []
    ) {
        (self.time, self.timeDelta, self.frame) = (time, timeDelta, frame)
        (self.frameRate, self.date, self.mouse, self.views) = (frameRate, date, mouse, views)
    }
}

/// One eye's camera in tracking space.
public struct ViewState: Sendable, Equatable {
    /// The projection matrix, column after column.
    public var projection: SIMD16<Float>
    /// The view matrix, column after column.
    public var view: SIMD16<Float>
    /// Which eye: 0 left, 1 right.
    public var eye: Int

    /// Makes a view.
    public init(projection: SIMD16<Float>, view: SIMD16<Float>, eye: Int) {
        (self.projection, self.view, self.eye) = (projection, view, eye)
    }
}

extension WireWriter {
    mutating func state(_ state: DrawState) {
        number(state.time)
        number(state.timeDelta)
        integer(Int64(state.frame))
        number(state.frameRate)
        for index in 0..<4 { number(state.date[index]) }
        for index in 0..<4 { number(state.mouse[index]) }
        flag(state.pointer != nil)
        if let pointer = state.pointer { for index in 0..<2 { number(pointer[index]) } }
        keyboard(state.keyboard)
        let views = state.views.prefix(2)
        integer(UInt8(views.count))
        for view in views {
            for index in 0..<16 { number(view.projection[index]) }
            for index in 0..<16 { number(view.view[index]) }
            integer(UInt8(clamping: view.eye))
        }
        flag(state.wantsDepth)
    }
}

extension WireReader {
    mutating func state() throws(WireError) -> DrawState {
        var state = DrawState()
        state.time = try double()
        state.timeDelta = try double()
        state.frame = Int(try integer(Int64.self))
        state.frameRate = try double()
        for index in 0..<4 { state.date[index] = try float() }
        for index in 0..<4 { state.mouse[index] = try float() }
        if try flag() { state.pointer = SIMD2(try float(), try float()) }
        state.keyboard = try keyboard()
        let count = try integer(UInt8.self)
        guard count <= 2 else { throw .value("number of views") }
        for _ in 0..<count {
            var view = ViewState(projection: .zero, view: .zero, eye: 0)
            for index in 0..<16 { view.projection[index] = try float() }
            for index in 0..<16 { view.view[index] = try float() }
            view.eye = Int(try integer(UInt8.self))
            state.views.append(view)
        }
        state.wantsDepth = try flag()
        return state
    }
}
