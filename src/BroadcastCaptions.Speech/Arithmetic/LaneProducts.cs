using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BroadcastCaptions.Speech.Arithmetic;

/// <summary>Sums of products of a row of integers with eight columns of them at a time, each column in a lane of its own.</summary>
internal static unsafe class LaneProducts
{
    /// <summary>Columns of a block.</summary>
    public const int Lanes = 8;

    /// <summary>Multiplies a row with blocks of columns.</summary>
    /// <param name="row">The row, two integers at a time.</param>
    /// <param name="pairs">How many pairs.</param>
    /// <param name="blocks">Each [pairs, <see cref="Lanes"/>, 2].</param>
    /// <param name="stride">From a block to the next.</param>
    /// <param name="count">How many blocks.</param>
    /// <param name="sums">[count, <see cref="Lanes"/>].</param>
    public static void Multiply(int* row, int pairs, short* blocks, int stride, int count, int* sums)
    {
        if (AvxVnni.IsSupported) MultiplyByAvx2<VnniSums>(row, pairs, blocks, stride, count, sums);
        else if (Avx2.IsSupported) MultiplyByAvx2<Avx2Sums>(row, pairs, blocks, stride, count, sums);
        else MultiplyAnywhere(row, pairs, blocks, stride, count, sums);
    }

    /// <summary>The same for processors of any kind.</summary>
    public static void MultiplyAnywhere(int* row, int pairs, short* blocks, int stride, int count, int* sums)
    {
        for (var i = 0; i < count * 2; i++)
        {
            var sum = Vector128<int>.Zero;
            var half = blocks + ((long)(i / 2) * stride) + (i % 2 * Lanes);
            for (var j = 0; j < pairs; j++, half += 2 * Lanes) sum += Pairs(Vector128.Load(half), row[j]);
            sum.Store(sums + (i * Vector128<int>.Count));
        }
    }

    /// <summary>Each pair's sum of products with a pair.</summary>
    public static Vector128<int> Pairs(Vector128<short> pairs, int pair)
    {
        var both = pairs.AsInt32();
        return (((both << 16) >> 16) * (short)pair) + ((both >> 16) * (pair >> 16));
    }

    /// <summary>By AVX2. Compiled in earnest at the first call: the first words are as urgent as later ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyByAvx2<TSums>(int* row, int pairs, short* blocks, int stride, int count, int* sums)
        where TSums : struct, IPairSums
    {
        for (var i = 0; i < count; i++, blocks += stride, sums += Lanes)
        {
            var (even, odd) = (Vector256<int>.Zero, Vector256<int>.Zero);
            var (numbers, columns, end) = ((nint)row, (nint)blocks, (nint)(row + (pairs / 2 * 2)));
            for (; numbers < end; numbers += 2 * sizeof(int), columns += 4 * Lanes * sizeof(short))
            {
                even = TSums.Add(even, Avx.LoadVector256((short*)columns), Vector256.Create(*(int*)numbers).AsInt16());
                odd = TSums.Add(odd, Avx.LoadVector256((short*)columns + (2 * Lanes)), Vector256.Create(((int*)numbers)[1]).AsInt16());
            }

            if (pairs % 2 != 0) even = TSums.Add(even, Avx.LoadVector256((short*)columns), Vector256.Create(*(int*)numbers).AsInt16());
            Avx.Store(sums, Avx2.Add(even, odd));
        }
    }
}
