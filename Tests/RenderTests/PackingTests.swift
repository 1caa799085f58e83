import TestSupport
import Testing

@testable import Render

@Suite struct PackingTests {
    /// Law: what is placed lies inside and apart from all else, also after growing.
    @Test(arguments: 0..<100) func placesApart(seed: Int) {
        var random = Seeded(seed: seed)
        var packer = ShelfPacker(width: 48, height: 48)
        var taken = Set<Int>()
        for _ in 0..<120 {
            let (width, height) = (1 + random.below(14), 1 + random.below(14))
            guard let place = packer.place(width: width, height: height) else {
                if packer.width < 96 {
                    packer.grow(width: packer.width * 2, height: packer.height * 2)
                }
                continue
            }
            #expect(place.x + width <= packer.width && place.y + height <= packer.height)
            for y in place.y..<(place.y + height) {
                for x in place.x..<(place.x + width) {
                    #expect(taken.insert(y * 1000 + x).inserted, "two glyphs share \(x), \(y)")
                }
            }
        }
    }

    @Test func refusesWhatDoesNotFit() {
        var packer = ShelfPacker(width: 8, height: 8)
        #expect(packer.place(width: 9, height: 1) == nil)
        #expect(packer.place(width: 8, height: 8) != nil)
        #expect(packer.place(width: 1, height: 1) == nil)
    }
}
