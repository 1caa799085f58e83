import Render
import Testing

// What tests ask of a program that runs, again and again.
extension Home {
    func status() throws -> StatusLine { try StatusLine(send("status")) }

    /// Asks for the state until it fits; each answer takes the program a frame.
    @discardableResult
    func waitUntil(_ condition: (StatusLine) -> Bool) throws -> StatusLine {
        var last = try status()
        for _ in 0..<4000 {
            if condition(last) { return last }
            last = try status()
        }
        try #require(condition(last), "it never came; the program is at \(last)")
        return last
    }

    /// What an eye of a simulated headset is shown.
    func eye(_ name: String = "eye.png", _ eye: String = "left") throws -> Pixels {
        try send("headset picture \(name) \(eye)")
        return try Pixels(pngFile: path(name))
    }
}
