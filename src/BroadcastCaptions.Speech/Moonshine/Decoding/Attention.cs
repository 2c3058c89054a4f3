using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BroadcastCaptions.Speech.Moonshine.Decoding;

/// <summary>One query's attention: how near it is to each key, and the values mixed accordingly. Head sizes are multiples of four.</summary>
internal static unsafe class Attention
{
    /// <summary>Numbers that a head's size is a multiple of.</summary>
    public const int Granule = 4;

    /// <summary>Mixes.</summary>
    /// <param name="query">[size].</param>
    /// <param name="keys">[count, size], <paramref name="stride"/> apart.</param>
    /// <param name="values">The same.</param>
    /// <param name="count">Positions.</param>
    /// <param name="stride">From a position to the next.</param>
    /// <param name="size">Of a head.</param>
    /// <param name="weights">Scratch, [count].</param>
    /// <param name="mixed">Takes the outcome, [size].</param>
    public static void Mix(float* query, float* keys, float* values, int count, int stride, int size, float* weights, float* mixed)
    {
        var wide = Fma.IsSupported;
        if (wide) FmaAttention.Compare(query, keys, count, stride, size, weights);
        else Compare(query, keys, count, stride, size, weights);
        SoftMax(new(weights, count), 1 / MathF.Sqrt(size));
        if (wide) FmaAttention.Mix(values, count, stride, size, weights, mixed);
        else Mix(values, count, stride, 0, size, weights, mixed);
    }

    /// <summary>The products of a query with keys, for processors of any kind.</summary>
    public static void Compare(float* query, float* keys, int count, int stride, int size, float* products)
    {
        for (var i = 0; i < count; i++, keys += stride)
        {
            var sum = Vector128<float>.Zero;
            for (var j = 0; j < size; j += Granule) sum += Vector128.Load(query + j) * Vector128.Load(keys + j);
            products[i] = Vector128.Sum(sum);
        }
    }

    /// <summary>The sum of weighted values from a column on, for processors of any kind.</summary>
    public static void Mix(float* values, int count, int stride, int column, int size, float* weights, float* mixed)
    {
        for (; column < size; column += Granule)
        {
            var sum = Vector128<float>.Zero;
            var row = values + column;
            for (var i = 0; i < count; i++, row += stride) sum += Vector128.Load(row) * weights[i];
            sum.Store(mixed + column);
        }
    }

    private static void SoftMax(Span<float> weights, float scale)
    {
        TensorPrimitives.Multiply(weights, scale, weights);
        TensorPrimitives.Subtract(weights, TensorPrimitives.Max<float>(weights), weights); // exponentials stay finite
        TensorPrimitives.SoftMax(weights, weights);
    }
}
