using System.Runtime.InteropServices;
using BroadcastCaptions.Speech.Arithmetic;
using BroadcastCaptions.Speech.Decoding;

namespace BroadcastCaptions.Speech.Tests.Decoding;

public sealed unsafe class AttentionTests
{
    private readonly Random _random = new(4);

    [Theory]
    [InlineData(1, 36)]
    [InlineData(207, 36)]
    [InlineData(50, 52)]
    [InlineData(3, 20)]
    [InlineData(9, 2)]
    [InlineData(2000, 64)] // the widest, and 48 s
    public void It_mixes_values_by_how_near_their_keys_are(int count, int size)
    {
        var sizes = Sizes(size);
        var (query, both) = (Numbers(sizes.Width), Numbers(count * 2 * sizes.Width));

        var mixed = Mix(sizes, query, both, count);

        for (var head = 0; head < sizes.Heads; head++)
        {
            double[] shares = [.. Enumerable.Range(0, count).Select(i => Math.Exp(Dot(head * size, i * 2 * sizes.Width) / Math.Sqrt(size)))];
            for (var i = head * size; i < (head + 1) * size; i++)
                Assert.Equal(shares.Select((share, position) => share * both[(((position * 2) + 1) * sizes.Width) + i]).Sum() / shares.Sum(), mixed[i], 3e-3);
        }

        double Dot(int from, int position) => Enumerable.Range(from, size).Sum(i => (double)query[i] * both[position + i]);
    }

    [Theory]
    [InlineData(1, 36)]
    [InlineData(2, 52)]
    [InlineData(207, 36)]
    [InlineData(50, 20)]
    [InlineData(9, 2)]
    public void Positions_that_are_put_in_together_stand_as_if_one_by_one(int count, int size)
    {
        var sizes = Sizes(size);
        var (query, both) = (Numbers(sizes.Width), Numbers(count * 2 * sizes.Width));

        Assert.Equal(Mix(sizes, query, both, count), Mix(sizes, query, both, count, together: true));
    }

    [Fact]
    public void Keys_that_are_very_near_do_not_overflow()
    {
        var sizes = Sizes(2);
        float[] query = [100, 100, 100, 100];
        float[] both = [100, 100, -100, -100, 1, 2, 3, 4, -100, -100, 100, 100, 5, 6, 7, 8];

        var mixed = Mix(sizes, query, both, count: 2);

        Assert.Equal([1f, 2, 7, 8], mixed.Select(number => MathF.Round(number, 2)));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(18, 26)]
    [InlineData(103, 5)]
    public void Processors_agree(int pairs, int count)
    {
        var row = Integers(pairs);
        var blocks = MemoryMarshal.Cast<int, short>(Integers(pairs * count * LaneProducts.Lanes)).ToArray();
        var (anywhere, quick) = (new int[count * LaneProducts.Lanes], new int[count * LaneProducts.Lanes]);

        fixed (int* r = row, a = anywhere, q = quick)
        fixed (short* b = blocks)
        {
            LaneProducts.MultiplyAnywhere(r, pairs, b, pairs * LaneProducts.Lanes * 2, count, a);
            LaneProducts.Multiply(r, pairs, b, pairs * LaneProducts.Lanes * 2, count, q);
        }

        Assert.Equal(anywhere, quick);
        Assert.Equal(Enumerable.Range(0, 2 * pairs).Sum(i => MemoryMarshal.Cast<int, short>(row.AsSpan())[i] * blocks[(i / 2 * LaneProducts.Lanes * 2) + (i % 2)]), anywhere[0]);
    }

    private static DecoderSizes Sizes(int headSize) => new() { Layers = 2, Heads = 2, Width = 2 * headSize };

    /// <summary>All heads' attention to keys and values [position, key then value], in the second layer; in the first there are others.</summary>
    private static float[] Mix(DecoderSizes sizes, float[] query, float[] both, int count, bool together = false)
    {
        using var attention = new Attention(sizes);
        using var from = new KeysAndValues(sizes);
        attention.MakeRoom(count);
        from.MakeRoom(count);
        var mixed = new float[sizes.Width];
        fixed (float* b = both, q = query, m = mixed)
        {
            if (together) PutTogether(from, b, count, sizes.Width);
            else for (var i = 0; i < count; i++) from.Put(1, i, b + (i * 2 * sizes.Width));
            for (var i = 0; i < count; i++) from.Put(0, i, b);
            for (var head = 0; head < sizes.Heads; head++) attention.Mix(q + (head * sizes.HeadSize), from, 1, head, count, m + (head * sizes.HeadSize));
        }

        return mixed;
    }

    /// <summary>In two goes, as threads share them.</summary>
    private static void PutTogether(KeysAndValues from, float* both, int count, int width)
    {
        var integers = new short[2 * width];
        var first = count / 4 * 2;
        fixed (short* i = integers)
        {
            from.PutAll(1, first, both + (first * 2 * width), count - first, i);
            from.PutAll(1, 0, both, first, i);
        }
    }

    private float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => ((_random.NextSingle() * 2) - 1) * 2)];

    private int[] Integers(int count) => [.. Enumerable.Range(0, count).Select(_ => (_random.Next(-4000, 4000) << 16) | (_random.Next(-4000, 4000) & 0xFFFF))];
}
