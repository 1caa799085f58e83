import GLSL

/// A kind of program that somebody has shown to break compilers, drivers or editors.
///
/// To add one: a line in one of the lists (`HostileKind+….swift`). The storm gives each kind its turn.
struct HostileKind: Sendable {
    let name: String
    /// Makes one, by chance, with the texts of the stages that it has.
    let make: @Sendable (inout SplitMix) -> [Stage: [UInt8]]

    /// Everything there is.
    static let all = loops + bombs + sizes + arithmetic + texts + preprocessor + stages
}

extension HostileKind {
    /// A kind of fragment text.
    static func text(_ name: String, _ make: @escaping @Sendable (inout SplitMix) -> String)
        -> HostileKind
    {
        HostileKind(name: name) { [.fragment: Array(make(&$0).utf8)] }
    }

    /// A kind that is a Shadertoy picture: what stands before `mainImage`, and its body, which may set `v`.
    static func picture(
        _ name: String,
        _ make: @escaping @Sendable (inout SplitMix) -> (before: String, body: String)
    ) -> HostileKind {
        text(name) { random in
            let (before, body) = make(&random)
            return """
                \(before)
                void mainImage(out vec4 color, in vec2 pixel) {
                    float v = 0.0;
                    \(body)
                    color = vec4(v, 0.2, 0.3, 1.0);
                }

                """
        }
    }

    /// A kind of picture with nothing before its body.
    static func body(_ name: String, _ make: @escaping @Sendable (inout SplitMix) -> String)
        -> HostileKind
    {
        picture(name) { ("", make(&$0)) }
    }
}

extension String {
    /// The same text so many times.
    static func * (text: String, count: Int) -> String { String(repeating: text, count: count) }
}
