using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BroadcastCaptions.Speech.Arithmetic;

/// <summary>
/// <see cref="Products"/> by AVX2. Every lane sums up an output of its own: a block's 32 for one row, where weights are read once, or
/// half a block's for four rows, where each weight is widened once for all of them. Compiled in earnest at the first call: the first words are as urgent as later ones.
/// </summary>
internal static unsafe class Avx2Products
{
    private const int Line = 2 * IntegerMatrix.Block; // bytes: a pair of inputs
    private const int Quarter = Line / 4; // what a register holds, widened
    private const int Rows = 4;
    private const int Most = 48; // rows for which the weights are gone through once: so many stay in the nearest cache

    /// <summary>A part of <see cref="Products"/>.</summary>
    public static void Multiply(IntegerRows rows, int first, int end, in IntegerMatrix matrix, int from, int to, float* products)
    {
        for (var row = first; row < end; row += Most)
            MultiplyFew(rows, row, Math.Min(row + Most, end), matrix, from, to, products + ((long)(row - first) * matrix.Outputs));
    }

    private static void MultiplyFew(IntegerRows rows, int first, int end, in IntegerMatrix matrix, int from, int to, float* products)
    {
        var sums = stackalloc int[Rows * IntegerMatrix.Block];
        for (var output = from; output < to; output += IntegerMatrix.Block)
        {
            var row = first;
            for (; row < end && end - first >= Rows; row += Rows)
            {
                row = Math.Min(row, end - Rows); // the last four, though some of them were there before
                HalfOfFour(rows.Pairs(row), rows.Stride / 2, matrix.BlockAt(output), matrix.Pairs, sums);
                HalfOfFour(rows.Pairs(row), rows.Stride / 2, matrix.BlockAt(output) + (2 * Quarter), matrix.Pairs, sums + (IntegerMatrix.Block / 2));
                for (var i = 0; i < Rows; i++)
                    Products.Scale(sums + (i * IntegerMatrix.Block), rows.Scales[row + i], matrix, output, products + ((long)(row + i - first) * matrix.Outputs) + output);
            }

            for (; row < end; row++)
            {
                WholeOfOne(rows.Pairs(row), matrix.BlockAt(output), matrix.Pairs, sums);
                Products.Scale(sums, rows.Scales[row], matrix, output, products + ((long)(row - first) * matrix.Outputs) + output);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WholeOfOne(int* row, sbyte* weights, int pairs, int* sums)
    {
        var (a, b, c, d) = (Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero);
        for (var end = row + pairs; row < end; row++, weights += Line)
        {
            var numbers = Vector256.Create(*row).AsInt16();
            a = Avx2.Add(a, Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(weights), numbers));
            b = Avx2.Add(b, Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(weights + Quarter), numbers));
            c = Avx2.Add(c, Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(weights + (2 * Quarter)), numbers));
            d = Avx2.Add(d, Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(weights + (3 * Quarter)), numbers));
        }

        Store(sums, a, b);
        Store(sums + (IntegerMatrix.Block / 2), c, d);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void HalfOfFour(int* row, nint stride, sbyte* weights, int pairs, int* sums)
    {
        var (a0, a1, a2, a3) = (Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero);
        var (b0, b1, b2, b3) = (Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero);
        var third = row + (2 * stride);
        for (var end = row + pairs; row < end; row++, third++, weights += Line)
        {
            var (a, b) = (Avx2.ConvertToVector256Int16(weights), Avx2.ConvertToVector256Int16(weights + Quarter));
            var numbers = Vector256.Create(*row).AsInt16();
            a0 = Avx2.Add(a0, Avx2.MultiplyAddAdjacent(a, numbers));
            b0 = Avx2.Add(b0, Avx2.MultiplyAddAdjacent(b, numbers));
            numbers = Vector256.Create(row[stride]).AsInt16();
            a1 = Avx2.Add(a1, Avx2.MultiplyAddAdjacent(a, numbers));
            b1 = Avx2.Add(b1, Avx2.MultiplyAddAdjacent(b, numbers));
            numbers = Vector256.Create(*third).AsInt16();
            a2 = Avx2.Add(a2, Avx2.MultiplyAddAdjacent(a, numbers));
            b2 = Avx2.Add(b2, Avx2.MultiplyAddAdjacent(b, numbers));
            numbers = Vector256.Create(third[stride]).AsInt16();
            a3 = Avx2.Add(a3, Avx2.MultiplyAddAdjacent(a, numbers));
            b3 = Avx2.Add(b3, Avx2.MultiplyAddAdjacent(b, numbers));
        }

        Store(sums, a0, b0);
        Store(sums + IntegerMatrix.Block, a1, b1);
        Store(sums + (2 * IntegerMatrix.Block), a2, b2);
        Store(sums + (3 * IntegerMatrix.Block), a3, b3);
    }

    private static void Store(int* sums, Vector256<int> first, Vector256<int> second)
    {
        Avx.Store(sums, first);
        Avx.Store(sums + Vector256<int>.Count, second);
    }
}
