import Testing
import TextGrid

@Suite struct CellWidthTests {
    @Test(
        arguments: [
            "a", " ", "é", "e\u{301}", "π", "Я", "─", "█", "●", "…", "›", "€", "\u{2764}\u{FE0E}",
            "ﬁ",
        ] as [Character])
    func narrow(character: Character) { #expect(character.cellWidth == 1) }

    @Test(
        arguments: [
            "漢", "か", "한", "ｗ", "。", "🧬", "👩‍🔬", "🇩🇪", "\u{2764}\u{FE0F}", "✅", "⌚", "𠀀",
        ] as [Character])
    func wide(character: Character) { #expect(character.cellWidth == 2) }
}
