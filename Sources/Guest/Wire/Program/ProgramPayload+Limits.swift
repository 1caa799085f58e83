import GLSL

extension ProgramPayload {
    /// The most that a program may have of each.
    enum Limits {
        static let passes = 64
        static let bindings = 512
        /// Textures, meshes, buffers and images, of each sort.
        static let parts = 256
        /// A matrix has 16, an array of 64 places three times as many as that.
        static let numbers = 256
        static let varyings = 64
        static let samples = 8
        /// A side of a dispatch: what every driver takes.
        static let groups = 65_535
        /// How deep a size may be nested.
        static let depth = 64
    }

    /// Checks what the wire has no room for, before a guest would have to refuse it without words.
    func checkLimits() throws(GuestError) {
        try check(passes.count, "passes", Limits.passes)
        try check(values.count, "values", ValuePlan.limit)
        try check(textures.count, "textures", Limits.parts)
        try check(meshes.count, "meshes", Limits.parts)
        try check(buffers.count, "buffers", Limits.parts)
        try check(images.count, "images", Limits.parts)
        for pass in passes {
            let its = "of the pass \(pass.name)"
            try check(pass.bindings.count, "bindings \(its)", Limits.bindings)
            try check(pass.target.size, "the size \(its)")
            if let draw = pass.draw { try check(draw, its) }
            if case .groups(let x, let y, let z)? = pass.dispatch {
                for side in [x, y, z] {
                    try check(side, "groups a side \(its)", Limits.groups, least: 1)
                }
            }
        }
        for buffer in buffers {
            try check(buffer.bytes, "bytes of the buffer \(buffer.name)", BufferPlan.limit)
        }
        for image in images { try check(image.size, "the size of the image \(image.name)") }
    }

    private func check(_ plan: DrawPlan, _ its: String) throws(GuestError) {
        let most = VertexPlan.limit
        try check(plan.samples, "samples a pixel \(its)", Limits.samples, least: 1)
        try check(plan.instances, "instances \(its)", most, least: 1)
        try check(plan.capture?.varyings.count ?? 0, "captured varyings \(its)", Limits.varyings)
        let sides: [Int]
        switch plan.geometry {
        case .grid(let columns, let rows): sides = [columns, rows, 6]
        case .sphere(let segments): sides = [segments, segments, 12]
        case .points(let count), .vertices(let count, _): sides = [count]
        case .patches(let count, let vertices): sides = [count, vertices]
        case .picture, .cube, .mesh, .feedback: sides = [1]
        }
        var vertices = 1
        for side in sides {
            try check(side, "vertices \(its)", most, least: 1)
            vertices =
                vertices.multipliedReportingOverflow(by: side).overflow ? .max : vertices * side
        }
        let all = vertices.multipliedReportingOverflow(by: plan.instances)
        try check(
            all.overflow ? .max : all.partialValue, "vertices, all instances together, \(its)",
            most)
    }

    private func check(_ plan: SizePlan, _ what: String) throws(GuestError) {
        for side in [plan.width, plan.height] where !side.isShallow(Limits.depth) {
            throw GuestError(
                "The program has \(what) nested deeper than \(Limits.depth): make it simpler.")
        }
    }

    private func check(
        _ count: Int, _ what: String, _ most: Int, least: Int = 0
    ) throws(GuestError) {
        guard count < least || count > most else { return }
        throw GuestError(
            "The program has \(count == .max ? "too many" : String(count)) \(what); "
                + (least > 0 ? "from \(least) to \(most) are allowed." : "\(most) are allowed."))
    }
}

extension SizeExpression {
    /// Whether it is nested less deep than that.
    func isShallow(_ depth: Int) -> Bool {
        guard depth > 0 else { return false }
        return switch self {
        case .number, .pictureWidth, .pictureHeight, .value: true
        case .negated(let inner), .function(_, let inner): inner.isShallow(depth - 1)
        case .operation(_, let left, let right):
            left.isShallow(depth - 1) && right.isShallow(depth - 1)
        }
    }
}
