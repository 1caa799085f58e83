extension SourceOutline {
    /// The pictures of which the code wants pixels in a way that no other name for a function can serve.
    ///
    /// - Parameters:
    ///   - pictures: those that count as large as the shown one.
    ///   - known: all pictures' names. Another name is a parameter or a macro: then it may be any of them.
    func pictures(byPixels pictures: Set<String>, among known: Set<String>) -> Set<String> {
        guard !pictures.isEmpty else { return [] }
        let functions = Self.pixelFunctions.filter { mentions($0) && !isDefined($0) }
        guard !functions.isEmpty else { return [] }
        var found: Set<String> = []
        for items in [items] + directives.map(\.items) {
            for index in items.indices.dropLast(2) where item(items[index + 1], is: "(") {
                let function = text(items[index])
                guard functions.contains(function) else { continue }
                let name = text(items[index + 2])
                if !known.contains(name) { return pictures.filter(mentions) }
                // The two of ISF get the size of what is shown where they stand: see `scalePictures`.
                if pictures.contains(name), !function.hasPrefix("IMG_") { found.insert(name) }
            }
        }
        return found
    }

    private static let pixelFunctions = [
        "IMG_PIXEL", "IMG_SIZE", "texture2DRect", "textureSize", "textureSize2D", "texelFetch",
        "texelFetch2D",
    ]
}
