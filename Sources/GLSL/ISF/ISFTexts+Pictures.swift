/// What the code says to pictures.
extension ISFTexts {
    /// The functions for pictures that a text calls.
    func pictureFunctions(for text: ModernText) -> String {
        var result = ""
        let isFragment = text.stage == .fragment
        func define(_ name: String, _ parameters: String, _ body: String, type: String = "vec4") {
            guard text.mentions(name), !text.outline.isDefined(name) else {
                return
            }
            result += "\(type) \(name)(sampler2D image\(parameters)) { return \(body); }\n"
        }
        let size = "vec2(textureSize(image, 0))"
        define("IMG_SIZE", "", size, type: "vec2")
        define("IMG_NORM_PIXEL", ", vec2 place", "texture(image, place)")
        define("IMG_PIXEL", ", vec2 place", "texture(image, place / \(size))")
        if isFragment {
            define("IMG_NORM_PIXEL", ", vec2 place, float bias", "texture(image, place, bias)")
            define("IMG_PIXEL", ", vec2 place, float bias", "texture(image, place / \(size), bias)")
        }
        // The same place in the picture, whatever the sizes: so passes that make pictures smaller are written.
        for name in ["IMG_THIS_PIXEL", "IMG_THIS_NORM_PIXEL", "IMG_NORM_THIS_PIXEL"] {
            define(name, "", "texture(image, isf_FragNormCoord)")
        }
        for (name, parameters, body, type) in [
            ("IMG_SIZE", "", "phosphor_size", "vec2"),
            ("IMG_PIXEL", ", vec2 place", "texture(image, place / phosphor_size)", "vec4"),
        ] where !scaled.isEmpty && text.mentions(name) {
            let own = Self.scaledName(name)
            result += "\(type) \(own)(sampler2D image\(parameters)) { return \(body); }\n"
            if isFragment, name == "IMG_PIXEL" {
                result +=
                    "vec4 \(own)(sampler2D image, vec2 place, float bias) { return texture(image, place / phosphor_size, bias); }\n"
            }
        }
        for (name, scale) in [("VVSAMPLER_2DBYNORM", ""), ("VVSAMPLER_2DBYPIXEL", " / size")]
        where text.mentions(name) {
            for (last, bias) in [("", ""), (", float bias", ", bias")]
            where bias.isEmpty || isFragment {
                result +=
                    "vec4 \(name)(sampler2D image, vec4 rect, vec2 size, bool flip, vec2 place\(last)) { return texture(image, place\(scale)\(bias)); }\n"
            }
        }
        return result
    }

    /// What hosts declare for each picture besides, where a text knows of it.
    func pictureNames(for text: ModernText) -> String {
        var result = ""
        for name in header.names {
            let size =
                scaled.contains(name)
                ? "phosphor_size" : "vec2(textureSize(\(uniform(name)), 0))"
            for (word, value) in [
                ("_\(name)_imgRect", "vec4(vec2(0.0), \(size))"), ("_\(name)_imgSize", size),
                ("_\(name)_flip", "false"), ("_\(name)_normTexCoord", "isf_FragNormCoord"),
                ("_\(name)_texCoord", "isf_FragNormCoord"),
            ] where text.mentions(word) {
                result += "#define \(word) \(value)\n"
            }
        }
        if text.mentions("vv_FragNormCoord") {
            result += "#define vv_FragNormCoord isf_FragNormCoord\n"
        }
        return result
    }

    // MARK: Scaled pictures

    /// As long as the name in whose place it stands, so that columns stay.
    private static func scaledName(_ name: String) -> String {
        guard let mark = name.lastIndex(of: "_") else { return name }
        return String(name[...mark]) + name[name.index(after: mark)...].lowercased()
    }

    /// Has what asks for pixels of a scaled picture ask in the shown picture's pixels.
    mutating func scalePictures() {
        guard !scaled.isEmpty else { return }
        for name in ["IMG_SIZE", "IMG_PIXEL"] {
            let isScaled = {
                [scaled] (outline: SourceOutline, items: [SourceOutline.Item], index: Int) in
                guard index + 2 < items.count, outline.item(items[index + 1], is: "(") else {
                    return false
                }
                return scaled.contains(outline.text(items[index + 2]))
            }
            fragment.replace(name, with: Self.scaledName(name), where: isScaled)
            vertex?.replace(name, with: Self.scaledName(name), where: isScaled)
        }
    }
}
