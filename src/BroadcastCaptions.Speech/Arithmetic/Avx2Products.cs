using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BroadcastCaptions.Speech.Arithmetic;

/// <summary>
/// <see cref="Products"/> by AVX2, and by AVX-VNNI. Every lane sums up an output of its own: a block's 32 for one row, where weights are read once, or
/// half a block's for six rows, where each weight is widened once for all of them (twelve sums, two weights, a number and a product: sixteen registers).
/// Compiled in earnest at the first call: the first words are as urgent as later ones.
/// </summary>
internal static unsafe class Avx2Products<TSums>
    where TSums : struct, IPairSums
{
    private const int Line = 2 * IntegerMatrix.Block; // bytes: a pair of inputs
    private const int Quarter = Line / 4; // what a register holds, widened
    private const int Six = IntegerRows.Spare + 1; // rows, the last of which may be spare ones
    private const int Worth = 4; // rows: six at once take no longer than so many alone
    private const int Most = 48; // rows for which the weights are gone through once: so many stay in the nearest cache

    /// <summary>A part of <see cref="Products"/>.</summary>
    public static void Multiply(IntegerRows rows, int first, int end, in IntegerMatrix matrix, int from, int to, float* products)
    {
        for (var row = first; row < end; row += Most)
            MultiplyFew(rows, row, Math.Min(row + Most, end), matrix, from, to, products + ((long)(row - first) * matrix.Outputs));
    }

    private static void MultiplyFew(IntegerRows rows, int first, int end, in IntegerMatrix matrix, int from, int to, float* products)
    {
        var sums = stackalloc int[Six * IntegerMatrix.Block];
        for (var output = from; output < to; output += IntegerMatrix.Block)
        {
            var row = first;
            for (; end - row >= Worth; row += Math.Min(Six, end - row))
            {
                HalfOfSix(rows.Pairs(row), rows.Stride / 2, matrix.BlockAt(output), matrix.Pairs, sums);
                HalfOfSix(rows.Pairs(row), rows.Stride / 2, matrix.BlockAt(output) + (2 * Quarter), matrix.Pairs, sums + (IntegerMatrix.Block / 2));
                for (var i = 0; i < Six && row + i < end; i++)
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
            a = TSums.Add(a, Avx2.ConvertToVector256Int16(weights), numbers);
            b = TSums.Add(b, Avx2.ConvertToVector256Int16(weights + Quarter), numbers);
            c = TSums.Add(c, Avx2.ConvertToVector256Int16(weights + (2 * Quarter)), numbers);
            d = TSums.Add(d, Avx2.ConvertToVector256Int16(weights + (3 * Quarter)), numbers);
        }

        Store(sums, a, b);
        Store(sums + (IntegerMatrix.Block / 2), c, d);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void HalfOfSix(int* row, nint stride, sbyte* weights, int pairs, int* sums)
    {
        var (a0, a1, a2, a3, a4, a5) = (Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero);
        var (b0, b1, b2, b3, b4, b5) = (Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero);
        var fourth = row + (3 * stride);
        for (var end = row + pairs; row < end; row++, fourth++, weights += Line)
        {
            var (a, b) = (Avx2.ConvertToVector256Int16(weights), Avx2.ConvertToVector256Int16(weights + Quarter));
            var numbers = Vector256.Create(*row).AsInt16();
            a0 = TSums.Add(a0, a, numbers);
            b0 = TSums.Add(b0, b, numbers);
            numbers = Vector256.Create(row[stride]).AsInt16();
            a1 = TSums.Add(a1, a, numbers);
            b1 = TSums.Add(b1, b, numbers);
            numbers = Vector256.Create(row[2 * stride]).AsInt16();
            a2 = TSums.Add(a2, a, numbers);
            b2 = TSums.Add(b2, b, numbers);
            numbers = Vector256.Create(*fourth).AsInt16();
            a3 = TSums.Add(a3, a, numbers);
            b3 = TSums.Add(b3, b, numbers);
            numbers = Vector256.Create(fourth[stride]).AsInt16();
            a4 = TSums.Add(a4, a, numbers);
            b4 = TSums.Add(b4, b, numbers);
            numbers = Vector256.Create(fourth[2 * stride]).AsInt16();
            a5 = TSums.Add(a5, a, numbers);
            b5 = TSums.Add(b5, b, numbers);
        }

        Store(sums, a0, b0);
        Store(sums + IntegerMatrix.Block, a1, b1);
        Store(sums + (2 * IntegerMatrix.Block), a2, b2);
        Store(sums + (3 * IntegerMatrix.Block), a3, b3);
        Store(sums + (4 * IntegerMatrix.Block), a4, b4);
        Store(sums + (5 * IntegerMatrix.Block), a5, b5);
    }

    private static void Store(int* sums, Vector256<int> first, Vector256<int> second)
    {
        Avx.Store(sums, first);
        Avx.Store(sums + Vector256<int>.Count, second);
    }
}
