import GLSL

// For the fuzzer this is one module with what it tries: a program cannot be a part of another.
#if !FUZZING
    @testable import Phosphor
#endif

extension FuzzTarget {
    /// A mistake in a `sketch.toml` is told with a line that the text has, and a plan without one is the same once it is
    /// written and read again.
    func readPlan(_ bytes: [UInt8]) throws(Broken) {
        guard let text = String(validating: bytes, as: UTF8.self) else { return }
        let plan = PlanReader.read(text, file: "sketch.toml")
        let lines = text.utf8.count { $0 == 10 } + 1
        for problem in plan.problems {
            try hold(
                (1...lines + 1).contains(problem.line ?? 0),
                "a mistake on line \(problem.line ?? 0) of \(lines)")
        }
        for place in plan.places.values {
            try hold((1...lines).contains(place.line ?? 0), "a place on line \(place.line ?? 0)")
        }
        guard plan.problems.isEmpty else { return }
        let written = PlanWriter.text(plan)
        let again = PlanReader.read(written, file: "sketch.toml")
        try hold(again.isSame(as: plan), "written and read again it is another:\n\(written)")
    }
}

extension SketchPlan {
    /// Whether another says the same, wherever it says it.
    func isSame(as other: SketchPlan) -> Bool {
        bare == other.bare && problems.isEmpty == other.problems.isEmpty
    }

    private var bare: SketchPlan {
        var plan = self
        (plan.places, plan.problems) = ([:], [])
        for index in plan.textures.indices { plan.textures[index].place = .init(file: "") }
        for index in plan.meshes.indices { plan.meshes[index].place = .init(file: "") }
        return plan
    }
}
