import GLSL

/// Targets and their sizes on the wire.
extension WireWriter {
    mutating func target(_ plan: TargetPlan) {
        sizePlan(plan.size)
        choice(plan.format)
        flag(plan.isPersistent)
        flag(plan.isDoubled)
        flag(plan.hasMipmaps)
    }

    mutating func sizePlan(_ plan: SizePlan) {
        expression(plan.width)
        expression(plan.height)
    }

    private mutating func expression(_ expression: SizeExpression) {
        switch expression {
        case .number(let value):
            integer(UInt8(0))
            number(value)
        case .pictureWidth: integer(UInt8(1))
        case .pictureHeight: integer(UInt8(2))
        case .value(let name):
            integer(UInt8(3))
            text(name)
        case .negated(let inner):
            integer(UInt8(4))
            self.expression(inner)
        case .operation(let operation, let left, let right):
            integer(UInt8(5))
            choice(operation)
            self.expression(left)
            self.expression(right)
        case .function(let function, let inner):
            integer(UInt8(6))
            choice(function)
            self.expression(inner)
        }
    }
}

extension WireReader {
    mutating func target() throws(WireError) -> TargetPlan {
        TargetPlan(
            size: try sizePlan(), format: try choice(), isPersistent: try flag(),
            isDoubled: try flag(), hasMipmaps: try flag())
    }

    mutating func sizePlan() throws(WireError) -> SizePlan {
        SizePlan(width: try expression(0), height: try expression(0))
    }

    /// A tree whose branches are not longer than what reading one by recursion has room for.
    private mutating func expression(_ depth: Int) throws(WireError) -> SizeExpression {
        guard depth < ProgramPayload.Limits.depth else { throw .value("depth of a size") }
        switch try integer(UInt8.self) {
        case 0: return .number(try double())
        case 1: return .pictureWidth
        case 2: return .pictureHeight
        case 3: return .value(try name())
        case 4: return .negated(try expression(depth + 1))
        case 5:
            return .operation(
                try choice(), try expression(depth + 1), try expression(depth + 1))
        case 6: return .function(try choice(), try expression(depth + 1))
        default: throw .value("size")
        }
    }
}
