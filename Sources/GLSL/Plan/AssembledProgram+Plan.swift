extension AssembledProgram {
    /// Takes from a plan what a dialect with passes of its own has no other way to: whatever it brings along, and what it
    /// says of the passes that it names.
    mutating func take(_ plan: SketchPlan) {
        textures += plan.textures.filter { own in !textures.contains { $0.name == own.name } }
        (meshes, buffers, images) = (plan.meshes, plan.buffers, plan.images)
        for pass in plan.passes {
            for index in passes.indices where passes[index].name == pass.name {
                passes[index].target = pass.target(over: passes[index].target)
                if pass.drawing != SketchPlan.Drawing() {
                    passes[index].draw = pass.drawing.draw(over: passes[index].draw ?? DrawPlan())
                }
            }
        }
    }
}
