namespace BroadcastCaptions.Speech.Segments;

/// <summary>The last samples that were heard, for the beginning of a word that the detector notices late.</summary>
/// <param name="capacity">Samples to keep.</param>
internal sealed class PreRoll(int capacity)
{
    private readonly float[] _ring = new float[Math.Max(1, capacity)];
    private int _next;

    /// <summary>Samples held.</summary>
    public int Count { get; private set; }

    /// <summary>Takes samples in; the oldest make room.</summary>
    public void Push(ReadOnlySpan<float> samples)
    {
        if (samples.Length > capacity) samples = samples[^capacity..];
        foreach (var sample in samples)
        {
            _ring[_next] = sample;
            _next = (_next + 1) % _ring.Length;
        }

        Count = Math.Min(capacity, Count + samples.Length);
    }

    /// <summary>Forgets all but the newest <paramref name="count"/> samples.</summary>
    public void Keep(int count) => Count = Math.Clamp(count, 0, Count);

    /// <summary>Forgets everything.</summary>
    public void Clear() => Count = 0;

    /// <summary>Puts the newest <paramref name="count"/> samples in front of a segment, oldest first.</summary>
    public void CopyTo(SpeechSegment segment, int count)
    {
        var first = (_next - count + _ring.Length) % _ring.Length;
        var straight = Math.Min(count, _ring.Length - first);
        segment.AppendLead(_ring.AsSpan(first, straight));
        segment.AppendLead(_ring.AsSpan(0, count - straight));
    }
}
