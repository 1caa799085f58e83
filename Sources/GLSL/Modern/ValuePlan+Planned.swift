extension ValuePlan {
    /// The same value with what a sketch's plan says of it, as long as it speaks of as many numbers.
    func planned(by plan: SketchPlan) -> ValuePlan {
        guard let other = plan.values.first(where: { $0.name == name }),
            other.kind.count == kind.count
        else { return self }
        var value = self
        value.initial = other.initial
        if !other.least.isEmpty { value.least = other.least }
        if !other.most.isEmpty { value.most = other.most }
        if !other.choices.isEmpty { value.choices = other.choices }
        if other.label != other.name { value.label = other.label }
        return value
    }
}
