using System.Runtime.Intrinsics.X86;
using BroadcastCaptions.Speech.Moonshine.Decoding;

namespace BroadcastCaptions.Speech.Tests.Moonshine;

public sealed unsafe class AttentionTests
{
    private readonly Random _random = new(4);

    [Theory]
    [InlineData(1, 36)]
    [InlineData(207, 36)]
    [InlineData(50, 52)]
    [InlineData(3, 20)]
    [InlineData(5, 4)]
    public void It_mixes_values_by_how_near_their_keys_are(int count, int size)
    {
        var stride = (2 * size) + 12;
        var (query, both) = (Numbers(size, 2), Numbers(count * stride, 2));
        var (weights, mixed) = (new float[count], new float[size]);

        fixed (float* q = query, k = both, w = weights, m = mixed) Attention.Mix(q, k, k + size, count, stride, size, w, m);

        var shares = Enumerable.Range(0, count).Select(i => Math.Exp(Dot(query, both, i * stride, size) / Math.Sqrt(size))).ToArray();
        for (var column = 0; column < size; column++)
            Assert.Equal(Enumerable.Range(0, count).Sum(i => shares[i] * both[(i * stride) + size + column]) / shares.Sum(), mixed[column], 1e-4);
    }

    [Theory]
    [InlineData(36)]
    [InlineData(52)]
    public void Processors_agree(int size)
    {
        if (!Fma.IsSupported) return; // then only one way is there
        const int Count = 40;
        var (query, values) = (Numbers(size, 1), Numbers(Count * size, 1));
        var (anywhere, quick) = (new float[size], new float[size]);
        var (near, nearQuick) = (new float[Count], new float[Count]);

        fixed (float* q = query, v = values, a = anywhere, b = quick, n = near, o = nearQuick)
        {
            Attention.Compare(q, v, Count, size, size, n);
            FmaAttention.Compare(q, v, Count, size, size, o);
            Attention.Mix(v, Count, size, 0, size, n, a);
            FmaAttention.Mix(v, Count, size, size, n, b);
        }

        for (var i = 0; i < Count; i++) Assert.Equal(near[i], nearQuick[i], 1e-4);
        for (var i = 0; i < size; i++) Assert.Equal(anywhere[i], quick[i], 1e-4);
    }

    [Fact]
    public void Keys_that_are_very_near_do_not_overflow()
    {
        float[] query = [100, 100, 100, 100];
        float[] keys = [100, 100, 100, 100, 1, 2, 3, 4, 0, 0, 0, 0, 5, 6, 7, 8];
        var (weights, mixed) = (new float[2], new float[4]);

        fixed (float* q = query, k = keys, w = weights, m = mixed) Attention.Mix(q, k, k + 4, 2, 8, 4, w, m);

        Assert.Equal([1, 2, 3, 4], mixed);
    }

    private static double Dot(float[] query, float[] keys, int from, int size) => Enumerable.Range(0, size).Sum(i => (double)query[i] * keys[from + i]);

    private float[] Numbers(int count, float spread) => [.. Enumerable.Range(0, count).Select(_ => ((_random.NextSingle() * 2) - 1) * spread)];
}
