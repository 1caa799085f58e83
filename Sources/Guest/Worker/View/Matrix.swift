import Glibc

/// A matrix of four columns of four, in numbers fine enough to be inverted.
struct Matrix: Equatable {
    /// Column after column, as GL has it.
    var columns: SIMD16<Double>

    init(columns: SIMD16<Double>) { self.columns = columns }

    init(_ values: SIMD16<Float>) { columns = SIMD16<Double>(values) }

    static let identity = Matrix(
        columns: SIMD16(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1))

    /// A move by x, y and z.
    static func translation(_ x: Double, _ y: Double, _ z: Double) -> Matrix {
        Matrix(columns: SIMD16(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, x, y, z, 1))
    }

    /// A symmetric view, `height` radians high.
    static func perspective(height: Double, aspect: Double, near: Double, far: Double) -> Matrix {
        let scale = 1 / tan(height / 2)
        let depth = near - far
        return Matrix(
            columns: SIMD16(
                scale / aspect, 0, 0, 0, 0, scale, 0, 0, 0, 0, (near + far) / depth, -1, 0, 0,
                2 * near * far / depth, 0))
    }

    subscript(row: Int, column: Int) -> Double {
        get { columns[4 * column + row] }
        set { columns[4 * column + row] = newValue }
    }

    static func * (a: Matrix, b: Matrix) -> Matrix {
        var result = Matrix(columns: .zero)
        for column in 0..<4 {
            for row in 0..<4 {
                for index in 0..<4 { result[row, column] += a[row, index] * b[index, column] }
            }
        }
        return result
    }

    /// The same without its move.
    var turn: Matrix {
        var result = self
        (result[0, 3], result[1, 3], result[2, 3]) = (0, 0, 0)
        return result
    }

    /// The matrix that undoes this one (Gauss and Jordan, with the largest pivot); nil where none does.
    var inverse: Matrix? {
        var (left, right) = (self, Matrix.identity)
        for column in 0..<4 {
            let pivot = (column..<4).max { abs(left[$0, column]) < abs(left[$1, column]) } ?? column
            let value = left[pivot, column]
            guard value.isFinite, abs(value) > 1e-30 else { return nil }
            for index in 0..<4 {
                (left[column, index], left[pivot, index]) = (
                    left[pivot, index], left[column, index]
                )
                (right[column, index], right[pivot, index]) =
                    (right[pivot, index], right[column, index])
            }
            for index in 0..<4 {
                left[column, index] /= value
                right[column, index] /= value
            }
            for row in 0..<4 where row != column {
                let factor = left[row, column]
                for index in 0..<4 {
                    left[row, index] -= factor * left[column, index]
                    right[row, index] -= factor * right[column, index]
                }
            }
        }
        return right
    }

    /// The elements, column after column.
    var values: [Double] { (0..<16).map { columns[$0] } }
}
