using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using BroadcastCaptions.Speech.Arithmetic;

namespace BroadcastCaptions.Speech.Decoding;

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

    private readonly short* _integers = (short*)NativeMemory.AlignedAlloc((nuint)sizes.Width * 2 * sizeof(short), PackedFile.Alignment);
    private short* _memory;

    /// <summary>Positions of what was heard; of what was said only who says it knows them.</summary>
    public int Count { get; private set; }

    /// <summary>Positions that it has room for.</summary>
    public int Capacity { get; private set; }

    /// <summary>From eight numbers of a head's values to the next eight.</summary>
    public int ValueStride => Capacity * LaneProducts.Lanes;

    private int Pairs => sizes.HeadSize / 2;

    private int ValueBlocks => (sizes.HeadSize + LaneProducts.Lanes - 1) / LaneProducts.Lanes;

    private long KeySize => (long)Capacity * sizes.HeadSize;

    private long ValueSize => (long)ValueBlocks * ValueStride;

    private long LayerSize => sizes.Heads * (KeySize + ValueSize);

    /// <summary>Bytes that it takes for so many positions, without their scales.</summary>
    public static long BytesOf(DecoderSizes sizes, int positions) => 2L * sizes.Layers * sizes.Width * positions * sizeof(short);

    /// <summary>Begins to hear so many positions.</summary>
    public void Hear(int positions)
    {
        MakeRoom(positions);
        Count = positions;
    }

    /// <summary>Makes room; where there was less, what was kept is lost.</summary>
    public void MakeRoom(int positions)
    {
        if (Capacity >= positions) return;
        Return();
        Capacity = (positions + LaneProducts.Lanes - 1) / LaneProducts.Lanes * LaneProducts.Lanes;
        var scales = 2L * sizes.Layers * Capacity * sizeof(float);
        _memory = (short*)NativeMemory.AlignedAlloc((nuint)((sizes.Layers * LayerSize * sizeof(short)) + scales), PackedFile.Alignment);
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
    public void Put(int layer, int position, float* both) => Put(layer, position, both, _integers);

    /// <summary>Puts many positions' keys and values in. Threads may do so side by side.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="first">The first position, an even number.</param>
    /// <param name="rows">As for one, [count, 2, heads, head size].</param>
    /// <param name="count">How many.</param>
    /// <param name="integers">Room for twice the model's width.</param>
    public void PutAll(int layer, int first, float* rows, int count, short* integers)
    {
        for (var i = 0; i + 1 < count; i += 2) PutTwo(layer, first + i, rows + (2L * i * sizes.Width), integers);
        if (count % 2 != 0) Put(layer, first + count - 1, rows + (2L * (count - 1) * sizes.Width), integers);
    }

    /// <summary>Copies the first positions to another of the same room.</summary>
    public void CopyTo(KeysAndValues other, int count)
    {
        var (keys, values) = ((count + LaneProducts.Lanes - 1) / LaneProducts.Lanes * LaneProducts.Lanes * sizes.HeadSize, (count + 1) / 2 * 2 * LaneProducts.Lanes);
        for (var layer = 0; layer < sizes.Layers; layer++)
        {
            for (var head = 0; head < sizes.Heads; head++)
            {
                Copy(Keys(layer, head), other.Keys(layer, head), keys);
                for (var block = 0; block < ValueBlocks; block++) Copy(Values(layer, head) + (block * ValueStride), other.Values(layer, head) + (block * ValueStride), values);
            }

            Copy(KeyScales(layer), other.KeyScales(layer), count);
            Copy(ValueScales(layer), other.ValueScales(layer), count);
        }

        static void Copy<T>(T* from, T* to, int count)
            where T : unmanaged => new ReadOnlySpan<T>(from, count).CopyTo(new(to, count));
    }

    /// <summary>Gives the memory back.</summary>
    public void Return()
    {
        NativeMemory.AlignedFree(_memory);
        _memory = null;
        Capacity = Count = 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Return();
        NativeMemory.AlignedFree(_integers);
    }

    private void Put(int layer, int position, float* both, short* integers)
    {
        KeyScales(layer)[position] = Integers.Of(both, sizes.Width, integers, LargestKey);
        var (block, lane) = (position / LaneProducts.Lanes * Pairs * LaneProducts.Lanes, position % LaneProducts.Lanes);
        for (var head = 0; head < sizes.Heads; head++)
        {
            var from = (int*)integers + (head * Pairs);
            var to = (int*)Keys(layer, head) + block + lane;
            for (var i = 0; i < Pairs; i++) to[i * LaneProducts.Lanes] = from[i];
        }

        ValueScales(layer)[position] = Integers.Of(both + sizes.Width, sizes.Width, integers, LargestValue);
        for (var head = 0; head < sizes.Heads; head++)
        {
            var to = Values(layer, head) + (position / 2 * 2 * LaneProducts.Lanes) + (position % 2);
            for (var i = 0; i < sizes.HeadSize; i++)
                to[((long)(i / LaneProducts.Lanes) * ValueStride) + (i % LaneProducts.Lanes * 2)] = integers[(head * sizes.HeadSize) + i];
        }
    }

    /// <summary>As for one, for an even position and the next: they stand side by side.</summary>
    private void PutTwo(int layer, int position, float* rows, short* integers)
    {
        var next = rows + (2L * sizes.Width);
        KeyScales(layer)[position] = Integers.Of(rows, sizes.Width, integers, LargestKey);
        KeyScales(layer)[position + 1] = Integers.Of(next, sizes.Width, integers + sizes.Width, LargestKey);
        for (var head = 0; head < sizes.Heads; head++) PlaceKeys(Keys(layer, head), head, position, integers);
        ValueScales(layer)[position] = Integers.Of(rows + sizes.Width, sizes.Width, integers, LargestValue);
        ValueScales(layer)[position + 1] = Integers.Of(next + sizes.Width, sizes.Width, integers + sizes.Width, LargestValue);
        for (var head = 0; head < sizes.Heads; head++) PlaceValues(Values(layer, head), head, position, integers);
    }

    private void PlaceKeys(short* keys, int head, int position, short* integers)
    {
        var one = (uint*)integers + (head * Pairs);
        var other = one + (sizes.Width / 2);
        var to = (ulong*)((int*)keys + (position / LaneProducts.Lanes * Pairs * LaneProducts.Lanes) + (position % LaneProducts.Lanes));
        for (var i = 0; i < Pairs; i++) to[i * LaneProducts.Lanes / 2] = one[i] | ((ulong)other[i] << 32);
    }

    private void PlaceValues(short* values, int head, int position, short* integers)
    {
        var one = (ushort*)integers + (head * sizes.HeadSize);
        var other = one + sizes.Width;
        var to = (uint*)values + (position / 2 * LaneProducts.Lanes);
        var i = 0;
        for (; i + LaneProducts.Lanes <= sizes.HeadSize; i += LaneProducts.Lanes, to += ValueStride / 2)
        {
            var (even, odd) = (Vector128.Load(one + i), Vector128.Load(other + i));
            (Vector128.WidenLower(even) | (Vector128.WidenLower(odd) << 16)).Store(to);
            (Vector128.WidenUpper(even) | (Vector128.WidenUpper(odd) << 16)).Store(to + (LaneProducts.Lanes / 2));
        }

        for (; i < sizes.HeadSize; i++) *to++ = one[i] | ((uint)other[i] << 16);
    }
}
