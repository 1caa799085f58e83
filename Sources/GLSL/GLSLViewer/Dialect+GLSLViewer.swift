extension SourceOutline {
    /// Whether names in the code are glslViewer's, and no other dialect's: asked where there is a `main` of its own.
    ///
    /// A uniform by one of its names tells, and so does a condition on one of its macros.
    var isGLSLViewer: Bool {
        globals.contains { variable in
            variable.qualifiers.contains("uniform")
                && (Self.viewerNames.contains(variable.name)
                    || ViewerKind.allCases.contains { $0.number(ofUniform: variable.name) != nil })
        } || !conditionNames.isDisjoint(with: ["GLSLVIEWER", "POSTPROCESSING"])
            || conditionNames.contains { name in
                ViewerKind.allCases.contains { $0.number(ofMacro: name) != nil }
            }
    }

    /// Whether conditions ask for passes as glslViewer's sources do.
    var asksForViewerPasses: Bool {
        conditionNames.contains { name in
            ["GLSLVIEWER", "POSTPROCESSING", "BACKGROUND", "FLOOR"].contains(name)
                || ViewerKind.allCases.contains { $0.number(ofMacro: name) != nil }
        }
    }

    /// Whether a vertex stage uses matrices that glslViewer does not have.
    var usesForeignMatrices: Bool {
        interface.uniforms.contains {
            ["mat3", "mat4"].contains($0.type) && !ViewerUniforms.isMatrix($0.name)
                && count(of: $0.name) > 1
        }
    }

    private static let viewerNames: Set<String> = [
        "u_time", "u_delta", "u_frame", "u_date", "u_resolution", "u_mouse", "u_scene",
        "u_sceneDepth",
        "u_camera", "u_modelViewProjectionMatrix", "u_view2d", "u_tex0",
    ]

    /// The names that `#if`, `#ifdef`, `#ifndef` and `#elif` ask for.
    var conditionNames: Set<String> {
        var names: Set<String> = []
        for directive in directives
        where ["if", "ifdef", "ifndef", "elif"].contains(directive.name) {
            for item in directive.items.dropFirst()
            where item.kind == .identifier || item.kind == .function {
                names.insert(text(item))
            }
        }
        return names
    }
}

/// The kinds of passes that a glslViewer source makes by asking for a macro with a number.
enum ViewerKind: String, CaseIterable {
    case buffer = "BUFFER"
    case doubleBuffer = "DOUBLE_BUFFER"
    case pyramid = "PYRAMID"
    /// What pyramids were called before.
    case oldPyramid = "CONVOLUTION_PYRAMID"
    case sceneBuffer = "SCENE_BUFFER"

    /// What the names of its uniforms begin with.
    var uniform: String {
        switch self {
        case .buffer: "u_buffer"
        case .doubleBuffer: "u_doubleBuffer"
        case .pyramid: "u_pyramid"
        case .oldPyramid: "u_convolutionPyramid"
        case .sceneBuffer: "u_sceneBuffer"
        }
    }

    /// What the names of its passes begin with.
    var pass: String { String(uniform.dropFirst(2)) }

    func number(ofMacro name: String) -> Int? {
        hasOne && name == rawValue ? 0 : Self.number(name, after: rawValue + "_")
    }

    func number(ofUniform name: String) -> Int? {
        hasOne && name == uniform ? 0 : Self.number(name, after: uniform)
    }

    /// Whether a name without a number means the first: at first there was one convolution pyramid only.
    private var hasOne: Bool { self == .oldPyramid }

    private static func number(_ name: String, after prefix: String) -> Int? {
        guard name.hasPrefix(prefix) else { return nil }
        let digits = name.dropFirst(prefix.count)
        guard !digits.isEmpty, digits.count < 3, digits.utf8.allSatisfy(Byte.isDigit) else {
            return nil
        }
        return Int(digits)
    }
}
