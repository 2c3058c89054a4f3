using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BroadcastCaptions.Speech.Arithmetic;

/// <summary>Products of a few rows of floats with a constant matrix: a small net's layers, where a runtime spends longer on going from node to node.</summary>
internal static unsafe class FloatProducts
{
    private const int Rows = 4;
    private const int Wide = 4 * FloatMatrix.Block; // outputs of a single row at a time: as many sums as keep the processor busy

    /// <summary>Multiplies.</summary>
    /// <param name="rows">The first row; rows may overlap: a convolution's windows.</param>
    /// <param name="distance">From a row's first number to the next one's.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="matrix">The weights.</param>
    /// <param name="products">Takes them, [count, outputs].</param>
    /// <param name="least">What a product is at least: 0 for ReLU.</param>
    public static void Multiply(float* rows, int distance, int count, FloatMatrix matrix, float* products, float least = float.NegativeInfinity)
    {
        if (Fma.IsSupported) MultiplyByFma(rows, distance, count, matrix, products, least);
        else MultiplyAnywhere(rows, distance, count, matrix, products, least);
    }

    /// <summary>The same for processors of any kind.</summary>
    public static void MultiplyAnywhere(float* rows, int distance, int count, FloatMatrix matrix, float* products, float least)
    {
        for (var row = 0; row < count; row++)
            for (var output = 0; output < matrix.Outputs; output += Vector128<float>.Count)
            {
                var weights = matrix.BlockAt(output) + (output % FloatMatrix.Block);
                var sum = Vector128.Load(matrix.Biases + output);
                for (var i = 0; i < matrix.Inputs; i++) sum += Vector128.Load(weights + (i * FloatMatrix.Block)) * rows[((long)row * distance) + i];
                Vector128.Max(sum, Vector128.Create(least)).Store(products + ((long)row * matrix.Outputs) + output);
            }
    }

    private static void MultiplyByFma(float* rows, int distance, int count, FloatMatrix matrix, float* products, float least)
    {
        var row = 0;
        for (; row + Rows <= count; row += Rows)
            for (var output = 0; output < matrix.Outputs; output += FloatMatrix.Block)
                BlockOfFour(rows + ((long)row * distance), distance, matrix, output, products + ((long)row * matrix.Outputs), least);
        for (; row < count; row++)
        {
            var output = 0;
            var numbers = rows + ((long)row * distance);
            var product = products + ((long)row * matrix.Outputs);
            for (; output + Wide <= matrix.Outputs; output += Wide) BlocksOfOne(numbers, matrix, output, product, least);
            for (; output < matrix.Outputs; output += FloatMatrix.Block) BlockOfOne(numbers, matrix, output, product, least);
        }
    }

    /// <summary>A block's products with four rows. Compiled in earnest at the first call, as what follows: the first words are as urgent as later ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BlockOfFour(float* rows, int distance, FloatMatrix matrix, int output, float* products, float least)
    {
        var (low, high) = (Avx.LoadVector256(matrix.Biases + output), Avx.LoadVector256(matrix.Biases + output + Vector256<float>.Count));
        var (a0, a1, b0, b1, c0, c1, d0, d1) = (low, high, low, high, low, high, low, high);
        var weights = matrix.BlockAt(output);
        var second = rows + distance;
        var third = second + distance;
        var fourth = third + distance;
        for (var end = rows + matrix.Inputs; rows < end; rows++, second++, third++, fourth++, weights += FloatMatrix.Block)
        {
            (low, high) = (Avx.LoadAlignedVector256(weights), Avx.LoadAlignedVector256(weights + Vector256<float>.Count));
            var number = Avx.BroadcastScalarToVector256(rows);
            (a0, a1) = (Fma.MultiplyAdd(low, number, a0), Fma.MultiplyAdd(high, number, a1));
            number = Avx.BroadcastScalarToVector256(second);
            (b0, b1) = (Fma.MultiplyAdd(low, number, b0), Fma.MultiplyAdd(high, number, b1));
            number = Avx.BroadcastScalarToVector256(third);
            (c0, c1) = (Fma.MultiplyAdd(low, number, c0), Fma.MultiplyAdd(high, number, c1));
            number = Avx.BroadcastScalarToVector256(fourth);
            (d0, d1) = (Fma.MultiplyAdd(low, number, d0), Fma.MultiplyAdd(high, number, d1));
        }

        var floor = Vector256.Create(least);
        Store(a0, a1, floor, products + output);
        Store(b0, b1, floor, products + matrix.Outputs + output);
        Store(c0, c1, floor, products + (2L * matrix.Outputs) + output);
        Store(d0, d1, floor, products + (3L * matrix.Outputs) + output);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BlocksOfOne(float* row, FloatMatrix matrix, int output, float* product, float least)
    {
        var width = Vector256<float>.Count;
        var bias = matrix.Biases + output;
        var (a0, a1, b0, b1) = (Avx.LoadVector256(bias), Avx.LoadVector256(bias + width), Avx.LoadVector256(bias + (2 * width)), Avx.LoadVector256(bias + (3 * width)));
        var (c0, c1, d0, d1) = (Avx.LoadVector256(bias + (4 * width)), Avx.LoadVector256(bias + (5 * width)), Avx.LoadVector256(bias + (6 * width)), Avx.LoadVector256(bias + (7 * width)));
        var block = (nint)matrix.Inputs * FloatMatrix.Block;
        var a = matrix.BlockAt(output);
        var c = a + (2 * block);
        for (var end = row + matrix.Inputs; row < end; row++, a += FloatMatrix.Block, c += FloatMatrix.Block)
        {
            var number = Avx.BroadcastScalarToVector256(row);
            (a0, a1) = (Fma.MultiplyAdd(Avx.LoadAlignedVector256(a), number, a0), Fma.MultiplyAdd(Avx.LoadAlignedVector256(a + width), number, a1));
            (b0, b1) = (Fma.MultiplyAdd(Avx.LoadAlignedVector256(a + block), number, b0), Fma.MultiplyAdd(Avx.LoadAlignedVector256(a + block + width), number, b1));
            (c0, c1) = (Fma.MultiplyAdd(Avx.LoadAlignedVector256(c), number, c0), Fma.MultiplyAdd(Avx.LoadAlignedVector256(c + width), number, c1));
            (d0, d1) = (Fma.MultiplyAdd(Avx.LoadAlignedVector256(c + block), number, d0), Fma.MultiplyAdd(Avx.LoadAlignedVector256(c + block + width), number, d1));
        }

        var floor = Vector256.Create(least);
        Store(a0, a1, floor, product + output);
        Store(b0, b1, floor, product + output + FloatMatrix.Block);
        Store(c0, c1, floor, product + output + (2 * FloatMatrix.Block));
        Store(d0, d1, floor, product + output + (3 * FloatMatrix.Block));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BlockOfOne(float* row, FloatMatrix matrix, int output, float* product, float least)
    {
        var (low, high) = (Avx.LoadVector256(matrix.Biases + output), Avx.LoadVector256(matrix.Biases + output + Vector256<float>.Count));
        var weights = matrix.BlockAt(output);
        for (var end = row + matrix.Inputs; row < end; row++, weights += FloatMatrix.Block)
        {
            var number = Avx.BroadcastScalarToVector256(row);
            (low, high) = (Fma.MultiplyAdd(Avx.LoadAlignedVector256(weights), number, low), Fma.MultiplyAdd(Avx.LoadAlignedVector256(weights + Vector256<float>.Count), number, high));
        }

        Store(low, high, Vector256.Create(least), product + output);
    }

    private static void Store(Vector256<float> low, Vector256<float> high, Vector256<float> least, float* products)
    {
        Avx.Store(products, Avx.Max(low, least));
        Avx.Store(products + Vector256<float>.Count, Avx.Max(high, least));
    }
}
