/// Uniforms that the texts declare themselves.
extension ISFBuilder {
    /// What fills those that the header does not name, and those among them that people tweak.
    ///
    /// VEDA has the same JSON, and GLSL Sandbox's names; with these, sources for browsers become ISFs, too.
    func declaredUniforms() -> (bindings: [UniformBinding], values: [ValuePlan]) {
        var bindings: [UniformBinding] = []
        var values: [ValuePlan] = []
        var seen = Set(header.names + ISFTexts.standardNames)
        for part in [fragment] + (vertex.map { [$0] } ?? []) {
            for uniform in part.interface.variables("uniform")
            where BuiltinUniform.named(uniform.name) == nil && !uniform.name.hasPrefix("phosphor_")
                && seen.insert(uniform.name).inserted
            {
                if let source = known(uniform) {
                    bindings.append(UniformBinding(uniform.name, source))
                } else if let value = ValuePlan.declared(uniform, in: part.outline),
                    header.inputs.count + values.count < ValuePlan.limit
                {
                    values.append(value.planned(by: source.plan))
                    bindings.append(UniformBinding(uniform.name, .value(uniform.name)))
                }
            }
        }
        return (bindings, values)
    }

    private func known(_ uniform: InterfaceVariable) -> UniformSource? {
        let (name, type) = (uniform.name, uniform.type)
        if type == "sampler2D", uniform.array == nil {
            let (picture, sampling) = image(name)
            return .sampler(picture, sampling)
        }
        switch (name.hasPrefix("u_") ? String(name.dropFirst(2)) : name, type) {
        case ("time", "float"): return .builtin(.time)
        case ("resolution", "vec2"), ("resolution", "vec3"): return .builtin(.resolution)
        // VEDA has the pointer from 0 to 1, those who write `u_` have it in pixels.
        case ("mouse", "vec2"): return .builtin(name == "mouse" ? .pointerShare : .pointer)
        case ("mouse", "vec4"): return .builtin(.mouse)
        case ("date", "vec4"): return .builtin(.date)
        case ("frame", "int"): return .builtin(.frame)
        default: return nil
        }
    }
}
