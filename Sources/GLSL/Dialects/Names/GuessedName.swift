/// A uniform's name without what different people put around it, for names that no dialect has.
///
/// Case, underscores and prefixes (`u_time`, `uTime`, `m_proj`, `gl_Model`, `_Time`) tell nothing; neither does what says
/// that a matrix is one (`projMatrix`, `matView`).
enum GuessedName {
    /// What a uniform means whose name no list has; nil for a name that tells nothing.
    ///
    /// - Parameter sees: whether its pass places vertices in a world, so that there is an eye.
    static func known(_ uniform: InterfaceVariable, sees: Bool) -> KnownUniform? {
        // Our own names mean what they do.
        guard uniform.array == nil, uniform.initial == nil,
            BuiltinUniform.named(uniform.name) == nil, !uniform.name.hasPrefix("phosphor_")
        else { return nil }
        func known(_ meaning: BuiltinUniform) -> KnownUniform {
            KnownUniform(uniform.name, [uniform.type], .builtin(meaning))
        }
        if let matrix = matrix(uniform) { return known(matrix) }
        let name = bare(uniform.name)
        switch uniform.type {
        case "float" where times.contains(name): return known(.time)
        case "float" where deltas.contains(name): return known(.timeDelta)
        case "float", "int":
            // Of the picture's size a single number takes the first.
            if widths.contains(name) { return known(.resolution) }
            if heights.contains(name) { return known(.height) }
            if uniform.type == "float", aspects.contains(name) { return known(.aspect) }
            return frames.contains(name) ? known(.frame) : nil
        case "uint":
            return frames.contains(name) ? known(.frame) : nil
        case "vec3" where sees && eyes.contains(name): return known(.eyePosition)
        case "vec2" where texels.contains(name): return known(.texel)
        case "vec2", "vec3", "ivec2", "ivec3", "uvec2":
            if sizes.contains(name) { return known(.resolution) }
            guard pointers.contains(name), uniform.type.hasPrefix("vec") else { return nil }
            return known(uniform.name.hasPrefix("u_") ? .pointer : .pointerShare)
        default: return nil
        }
    }

    /// Whether an input's name is that of a pixel's share of the picture; `texel` alone may be a place.
    static func isTexel(_ name: String) -> Bool {
        let name = bare(name)
        return name != "texel" && texels.contains(name)
    }

    /// The matrix that a uniform is by its name; nil for none that is known.
    static func matrix(_ uniform: InterfaceVariable) -> BuiltinUniform? {
        guard ["mat3", "mat4", "dmat4"].contains(uniform.type), uniform.array == nil else {
            return nil
        }
        let name = bareMatrix(uniform.name)
        if name == "normal" || name == "n" || name == "nm" { return .normalMatrix }
        return uniform.type == "mat3" ? nil : matrices[name]
    }

    /// The numbers of a square matrix that turns nothing; nil for types that are none.
    static func identity(_ type: String) -> [Double]? {
        let sides = ["mat2": 2, "mat2x2": 2, "mat3": 3, "mat3x3": 3, "mat4": 4, "mat4x4": 4]
        let side = type == "dmat4" ? 4 : sides[type]
        return side.map { side in
            (0..<side * side).map { $0 % (side + 1) == 0 ? 1 : 0 }
        }
    }

    // MARK: Names

    private static func bare(_ name: String) -> String {
        var name = name[...]
        while name.first == "_" { name.removeFirst() }
        for prefix in ["u_", "m_", "g_", "gl_", "in_", "i_", "osg_", "bgl_"]
        where name.lowercased().hasPrefix(prefix) {
            name = name.dropFirst(prefix.count)
            break
        }
        // `uTime`, `mProj`, `iElapsed`
        if let first = name.first, "umgi".contains(first),
            name.dropFirst().first?.isUppercase == true
        {
            name.removeFirst()
        }
        return name.lowercased().filter { $0 != "_" }
    }

    private static func bareMatrix(_ name: String) -> String {
        let bare = bare(name)
        for word in ["matrix", "mat", "mtx"] {
            if bare.hasSuffix(word), bare.count > word.count {
                return String(bare.dropLast(word.count))
            }
            if bare.hasPrefix(word), bare.count > word.count {
                return String(bare.dropFirst(word.count))
            }
        }
        return bare
    }

    /// Without a model, what is between the world and the picture is all that there is of both.
    private static let matrices: [String: BuiltinUniform] = {
        var all: [String: BuiltinUniform] = [:]
        func add(_ names: String, _ meaning: BuiltinUniform) {
            for name in names.split(separator: " ") { all[String(name)] = meaning }
        }
        add(
            "mvp modelviewprojection modelviewproj mvproj pvm pmv projviewmodel projectionviewmodel "
                + "projectionmodelview projmodelview worldviewproj worldviewprojection wvp",
            .modelViewProjection)
        add(
            "viewprojection viewproj viewproject vp pv projectionview projview cam cameraviewprojection "
                + "worldtoclip", .viewProjection)
        add("projection proj p perspective persp viewtoclip", .projection)
        add("view v viewing worldtoview worldtocamera", .view)
        add("modelview mv worldview wv viewmodel modeltoview", .modelView)
        add("model m world object modeltoworld objecttoworld objtoworld", .model)
        return all
    }()

    private static func words(_ names: String) -> Set<String> {
        Set(names.split(separator: " ").map(String.init))
    }

    private static let times = words(
        "time elapsedtime elapsed timeelapsed currenttime timer time0x globaltime seconds totaltime "
            + "timeinseconds apptime runtime")
    private static let deltas = words("deltatime timedelta frametime deltaseconds")
    private static let frames = words("frame framecount frameindex framenumber framenum frameid")
    private static let sizes = words(
        "resolution res viewport windowsize screensize viewportsize canvassize screenresolution "
            + "windowresolution viewportresolution displaysize rendersize outputsize screendimensions "
            + "windowdimensions")
    private static let widths = words(
        "screenwidth windowwidth viewwidth viewportwidth renderwidth canvaswidth framewidth "
            + "renderedtexturewidth")
    private static let heights = words(
        "screenheight windowheight viewheight viewportheight renderheight canvasheight frameheight "
            + "renderedtextureheight")
    private static let aspects = words(
        "aspect aspectratio screenaspect screenaspectratio viewportaspect viewaspect")
    private static let texels = words(
        "texel onetexel texelsize texoffset texeloffset texelstep onepixel pixelstep pixeloffset invresolution "
            + "inverseresolution invscreensize inversescreensize invviewportsize invviewport "
            + "invtexturesize oneoverresolution rcpresolution")
    private static let pointers = words(
        "mouse mousepos mouseposition mousexy mousecoord mousecoords cursor cursorpos pointer")
    private static let eyes = words(
        "eye eyepos eyeposition viewpos viewposition camera camerapos cameraposition campos "
            + "viewerpos viewerposition eyeworldpos")
}
