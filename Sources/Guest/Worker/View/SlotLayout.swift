/// How a slot of the ring is parted: one picture, or two eyes' side by side, left first.
struct SlotLayout: Equatable {
    /// How many pictures: 1 or 2.
    let eyes: Int
    /// The size of one of them in pixels.
    let width: Int
    let height: Int

    /// The layout of a slot of this size for a frame of so many views.
    ///
    /// Of an odd width the last column belongs to nobody.
    init(slotWidth: Int, slotHeight: Int, views: Int) {
        eyes = views == 2 && slotWidth > 1 ? 2 : 1
        (width, height) = (slotWidth / eyes, slotHeight)
    }

    /// Pixels of all pictures together.
    var area: Int { eyes * width * height }
}
