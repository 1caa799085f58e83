extension Character {
    /// How many cells of a grid the cluster takes: 2 for East Asian wide forms and pictographs,
    /// else 1.
    ///
    /// After Unicode Standard Annex 11, by blocks rather than by its whole table: a rare character
    /// drawn a cell too narrow is cut, never misplaced, since every later cell has its own place.
    public var cellWidth: Int {
        guard let first = unicodeScalars.first, first.value >= 0x1100 else { return 1 }
        switch first.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
            0xA000...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,
            0x20000...0x3FFFD:
            return 2
        default:
            // Pictographs by default or by a selector; a selector can also ask for the narrow text
            // form.
            if unicodeScalars.contains(where: { $0.value == 0xFE0F }) { return 2 }
            if unicodeScalars.contains(where: { $0.value == 0xFE0E }) { return 1 }
            return first.properties.isEmojiPresentation ? 2 : 1
        }
    }
}
