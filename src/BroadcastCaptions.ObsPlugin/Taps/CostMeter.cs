using System.Diagnostics;

namespace BroadcastCaptions.ObsPlugin.Taps;

/// <summary>
/// How long the audio thread was kept, block by block: a histogram of quarter microseconds. One writer; readers on other threads see
/// counts that may be a block old.
/// </summary>
internal sealed class CostMeter
{
    private const int BucketsAMicrosecond = 4;
    private const int Buckets = 4_000; // up to a millisecond; the last one holds all beyond

    private readonly int[] _counts = new int[Buckets];
    private long _longest;
    private long _allocated;
    private long _blocks;
    private long _carried;

    /// <summary>Blocks so far.</summary>
    public long Blocks => Volatile.Read(ref _blocks);

    /// <summary>The longest, in microseconds.</summary>
    public double Longest => Volatile.Read(ref _longest) * 1e6 / Stopwatch.Frequency;

    /// <summary>Bytes that were allocated on the managed heap by the audio thread, in all blocks.</summary>
    public long Allocated => Volatile.Read(ref _allocated);

    /// <summary>Begins to measure: keep what it returns for <see cref="End"/>.</summary>
    public static (long Time, long Bytes) Begin() => (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());

    /// <summary>A part of a block is done; the next <see cref="End"/> counts it in.</summary>
    public void Add((long Time, long Bytes) began)
    {
        _carried += Stopwatch.GetTimestamp() - began.Time;
        Volatile.Write(ref _allocated, _allocated + GC.GetAllocatedBytesForCurrentThread() - began.Bytes);
    }

    /// <summary>A block is done.</summary>
    public void End((long Time, long Bytes) began)
    {
        var took = Stopwatch.GetTimestamp() - began.Time + _carried;
        _carried = 0;
        var bucket = (int)Math.Min(Buckets - 1, took * (1_000_000 * BucketsAMicrosecond) / Stopwatch.Frequency);
        _counts[bucket]++;
        if (took > _longest) Volatile.Write(ref _longest, took);
        Volatile.Write(ref _allocated, _allocated + GC.GetAllocatedBytesForCurrentThread() - began.Bytes);
        Volatile.Write(ref _blocks, _blocks + 1);
    }

    /// <summary>The cost, in microseconds, that a share of all blocks stays within (0 … 1).</summary>
    public double Percentile(double share)
    {
        var wanted = (long)Math.Ceiling(Blocks * share);
        for (var bucket = 0; bucket < Buckets; bucket++)
            if ((wanted -= _counts[bucket]) <= 0) return (bucket + 1.0) / BucketsAMicrosecond;
        return Longest;
    }
}
