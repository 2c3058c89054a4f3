using System.Runtime.InteropServices;

namespace BroadcastCaptions.Speech.Moonshine.Decoding;

/// <summary>
/// Keys and values of every layer: of what was said, or of what was heard. They are integers, half of what floats take, for a step reads all of them;
/// each position has a scale of its own. They lie in the order in which <see cref="LaneProducts"/> reads them: eight positions' keys, or
/// eight numbers of the values, side by side.
/// </summary>
/// <param name="sizes">The decoder's.</param>
internal sealed unsafe class KeysAndValues(DecoderSizes sizes) : IDisposable
{
    /// <summary>So large that the sum of a head's products with a query still fits 32 bits.</summary>
    private static readonly int LargestKey = int.MaxValue / Integers.Largest / Attention.WidestHead;

    private const int LargestValue = short.MaxValue; // weights add up to one

    private readonly short* _integers = (short*)NativeMemory.AlignedAlloc((nuint)sizes.Width * sizeof(short), DecoderSizes.Alignment);
    private short* _memory;

    /// <summary>Positions that it has room for.</summary>
    public int Capacity { get; private set; }

    /// <summary>From eight numbers of a head's values to the next eight.</summary>
    public int ValueStride => Capacity * LaneProducts.Lanes;

    private int Pairs => sizes.HeadSize / 2;

    private int ValueBlocks => (sizes.HeadSize + LaneProducts.Lanes - 1) / LaneProducts.Lanes;

    private long KeySize => (long)Capacity * sizes.HeadSize;

    private long ValueSize => (long)ValueBlocks * ValueStride;

    private long LayerSize => sizes.Heads * (KeySize + ValueSize);

    /// <summary>Makes room; where there was less, what was kept is lost.</summary>
    public void MakeRoom(int positions)
    {
        if (Capacity >= positions) return;
        Return();
        Capacity = (positions + LaneProducts.Lanes - 1) / LaneProducts.Lanes * LaneProducts.Lanes;
        var scales = 2L * sizes.Layers * Capacity * sizeof(float);
        _memory = (short*)NativeMemory.AlignedAlloc((nuint)((sizes.Layers * LayerSize * sizeof(short)) + scales), DecoderSizes.Alignment);
    }

    /// <summary>A head's keys: [positions by eight, pairs of numbers, 8, 2].</summary>
    public short* Keys(int layer, int head) => _memory + (layer * LayerSize) + (head * KeySize);

    /// <summary>A head's values: [numbers by eight, pairs of positions, 8, 2].</summary>
    public short* Values(int layer, int head) => _memory + (layer * LayerSize) + (sizes.Heads * KeySize) + (head * ValueSize);

    /// <summary>What a step of each position's key is worth.</summary>
    public float* KeyScales(int layer) => (float*)(_memory + (sizes.Layers * LayerSize)) + (2L * layer * Capacity);

    /// <summary>What a step of each position's value is worth.</summary>
    public float* ValueScales(int layer) => KeyScales(layer) + Capacity;

    /// <summary>Puts a position's key and value in.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="position">The position.</param>
    /// <param name="both">Key, then value, each [heads, head size].</param>
    public void Put(int layer, int position, float* both)
    {
        KeyScales(layer)[position] = Integers.Of(both, sizes.Width, _integers, LargestKey);
        var (block, lane) = (position / LaneProducts.Lanes * Pairs * LaneProducts.Lanes, position % LaneProducts.Lanes);
        for (var head = 0; head < sizes.Heads; head++)
        {
            var from = (int*)_integers + (head * Pairs);
            var to = (int*)Keys(layer, head) + block + lane;
            for (var i = 0; i < Pairs; i++) to[i * LaneProducts.Lanes] = from[i];
        }

        ValueScales(layer)[position] = Integers.Of(both + sizes.Width, sizes.Width, _integers, LargestValue);
        for (var head = 0; head < sizes.Heads; head++)
        {
            var to = Values(layer, head) + (position / 2 * 2 * LaneProducts.Lanes) + (position % 2);
            for (var i = 0; i < sizes.HeadSize; i++)
                to[((long)(i / LaneProducts.Lanes) * ValueStride) + (i % LaneProducts.Lanes * 2)] = _integers[(head * sizes.HeadSize) + i];
        }
    }

    /// <summary>Gives the memory back.</summary>
    public void Return()
    {
        NativeMemory.AlignedFree(_memory);
        _memory = null;
        Capacity = 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Return();
        NativeMemory.AlignedFree(_integers);
    }
}
