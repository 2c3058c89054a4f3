using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using BroadcastCaptions.Speech.Arithmetic;

namespace BroadcastCaptions.Speech.Decoding;

/// <summary>A query's attention: how near it is to each key, and the values mixed accordingly.</summary>
/// <param name="sizes">The decoder's.</param>
internal sealed unsafe class Attention(DecoderSizes sizes) : IDisposable
{
    /// <summary>The widest head whose sums fit.</summary>
    public const int WidestHead = 64;

    private const int LargestWeight = short.MaxValue;

    private float* _weights;
    private int* _row; // pairs of integers: a query, then weights
    private int* _sums;
    private int _room;

    /// <summary>Makes room for so many positions.</summary>
    public void MakeRoom(int positions)
    {
        if (_room >= positions) return;
        Dispose();
        _room = positions;
        var longest = (nuint)Math.Max(positions, WidestHead) + LaneProducts.Lanes;
        _weights = Allocate<float>(longest);
        _row = Allocate<int>(longest);
        _sums = Allocate<int>(longest);
    }

    /// <summary>Mixes the values of one head.</summary>
    /// <param name="query">[head size].</param>
    /// <param name="from">Keys and values.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="head">The head.</param>
    /// <param name="count">The positions that are attended to: those before.</param>
    /// <param name="mixed">Takes the outcome, [head size].</param>
    /// <param name="listened">Where each position's share is added; empty: nowhere.</param>
    /// <param name="scores">Takes each position's score, before shares are made of them; null for nobody.</param>
    public void Mix(float* query, KeysAndValues from, int layer, int head, int count, float* mixed, Span<float> listened = default, float* scores = null)
    {
        var size = sizes.HeadSize;
        var scale = Integers.Of(query, size, (short*)_row, Integers.Largest) / MathF.Sqrt(size);
        LaneProducts.Multiply(_row, size / 2, from.Keys(layer, head), size * LaneProducts.Lanes, (count + LaneProducts.Lanes - 1) / LaneProducts.Lanes, _sums);
        var weights = new Span<float>(_weights, count);
        TensorPrimitives.ConvertTruncating<int, float>(new(_sums, count), weights);
        TensorPrimitives.Multiply(weights, new ReadOnlySpan<float>(from.KeyScales(layer), count), weights);
        if (scores != null) TensorPrimitives.Multiply(weights, scale, new Span<float>(scores, count));
        SoftMax(weights, scale);
        if (!listened.IsEmpty) TensorPrimitives.Add(listened, weights, listened);
        TensorPrimitives.Multiply(weights, new ReadOnlySpan<float>(from.ValueScales(layer), count), weights);
        var sum = TensorPrimitives.Sum<float>(weights);
        ((short*)_row)[count] = 0; // the last pair's other half
        Integers.Round(_weights, count, sum == 0 ? 0 : LargestWeight / sum, (short*)_row);
        LaneProducts.Multiply(_row, (count + 1) / 2, from.Values(layer, head), from.ValueStride, (size + LaneProducts.Lanes - 1) / LaneProducts.Lanes, _sums);
        for (var i = 0; i < size; i++) mixed[i] = _sums[i] * (sum / LargestWeight);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.AlignedFree(_weights);
        NativeMemory.AlignedFree(_row);
        NativeMemory.AlignedFree(_sums);
        _weights = null;
        _row = _sums = null;
        _room = 0;
    }

    private static void SoftMax(Span<float> weights, float scale)
    {
        TensorPrimitives.Multiply(weights, scale, weights);
        TensorPrimitives.Subtract(weights, TensorPrimitives.Max<float>(weights), weights); // exponentials stay finite
        TensorPrimitives.SoftMax(weights, weights);
    }

    private static T* Allocate<T>(nuint count)
        where T : unmanaged => (T*)NativeMemory.AlignedAlloc(count * (nuint)sizeof(T), PackedFile.Alignment);
}
