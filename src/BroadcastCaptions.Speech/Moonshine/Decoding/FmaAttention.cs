using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BroadcastCaptions.Speech.Moonshine.Decoding;

/// <summary><see cref="Attention"/> by AVX and FMA.</summary>
internal static unsafe class FmaAttention
{
    private const int Width = 8; // numbers of a register
    private const int Four = 4 * Width;

    /// <summary>As <see cref="Attention.Compare"/>.</summary>
    public static void Compare(float* query, float* keys, int count, int stride, int size, float* products)
    {
        var whole = size / Width * Width;
        for (var i = 0; i < count; i++, keys += stride)
        {
            var sums = Vector256<float>.Zero;
            for (var j = 0; j < whole; j += Width) sums = Fma.MultiplyAdd(Avx.LoadVector256(query + j), Avx.LoadVector256(keys + j), sums);
            var sum = Sse.Add(sums.GetLower(), sums.GetUpper());
            for (var j = whole; j < size; j += Attention.Granule) sum = Fma.MultiplyAdd(Sse.LoadVector128(query + j), Sse.LoadVector128(keys + j), sum);
            products[i] = Vector128.Sum(sum);
        }
    }

    /// <summary>The sum of weighted values.</summary>
    public static void Mix(float* values, int count, int stride, int size, float* weights, float* mixed)
    {
        var column = 0;
        for (; column + Four <= size; column += Four) MixFour(values + column, count, stride, weights, mixed + column);
        for (; column + Width <= size; column += Width)
        {
            var sum = Vector256<float>.Zero;
            var row = values + column;
            for (var i = 0; i < count; i++, row += stride) sum = Fma.MultiplyAdd(Avx.BroadcastScalarToVector256(weights + i), Avx.LoadVector256(row), sum);
            Avx.Store(mixed + column, sum);
        }

        Attention.Mix(values, count, stride, column, size, weights, mixed);
    }

    private static void MixFour(float* row, int count, int stride, float* weights, float* mixed)
    {
        var (a, b, c, d) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
        for (var i = 0; i < count; i++, row += stride)
        {
            var weight = Avx.BroadcastScalarToVector256(weights + i);
            a = Fma.MultiplyAdd(weight, Avx.LoadVector256(row), a);
            b = Fma.MultiplyAdd(weight, Avx.LoadVector256(row + Width), b);
            c = Fma.MultiplyAdd(weight, Avx.LoadVector256(row + (2 * Width)), c);
            d = Fma.MultiplyAdd(weight, Avx.LoadVector256(row + (3 * Width)), d);
        }

        Avx.Store(mixed, a);
        Avx.Store(mixed + Width, b);
        Avx.Store(mixed + (2 * Width), c);
        Avx.Store(mixed + (3 * Width), d);
    }
}
