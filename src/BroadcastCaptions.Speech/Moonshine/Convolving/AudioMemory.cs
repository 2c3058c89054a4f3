namespace BroadcastCaptions.Speech.Moonshine.Convolving;

/// <summary>
/// The audio that was heard last, of every source: a segment that grows is found again by its samples, whoever asks. What nobody asks for any
/// more is given back.
/// </summary>
/// <param name="sizes">The stem's.</param>
internal sealed class AudioMemory(StemSizes sizes) : IDisposable
{
    /// <summary>Recognitions after which audio that was not asked for again is forgotten: each of twelve sources gets its turn before.</summary>
    private const int LongestUnused = 16;

    /// <summary>Bytes that are kept at most, the audio at hand excepted: twelve sources' segments with tiny, three of 10 s with base.</summary>
    private const long Most = 12 << 20;

    private readonly List<HeardAudio> _heard = [];
    private long _now;

    /// <summary>Pieces of audio that are kept.</summary>
    public int Count => _heard.Count;

    /// <summary>The audio that these samples go on with; empty where they were not heard before.</summary>
    /// <param name="samples">16 kHz mono.</param>
    /// <param name="known">How many of them it holds.</param>
    public HeardAudio Find(ReadOnlySpan<float> samples, out int known)
    {
        HeardAudio? best = null;
        known = 0;
        foreach (var audio in _heard)
        {
            var common = audio.CommonWith(samples);
            if (common <= known || common < audio.Count / 2) continue; // two segments may begin with the same silence
            (best, known) = (audio, common);
        }

        if (best is null) _heard.Add(best = new(sizes));
        best.Used = ++_now;
        return best;
    }

    /// <summary>Forgets what nobody asks for any more.</summary>
    public void Tidy()
    {
        for (var i = _heard.Count - 1; i >= 0; i--)
            if (_now - _heard[i].Used >= LongestUnused) Forget(i);
        while (_heard.Count > 1 && Bytes() > Most) Forget(Oldest());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_heard.Count > 0) Forget(_heard.Count - 1);
    }

    private long Bytes()
    {
        var bytes = 0L;
        foreach (var audio in _heard) bytes += audio.Bytes;
        return bytes;
    }

    private int Oldest()
    {
        var oldest = 0;
        for (var i = 1; i < _heard.Count; i++)
            if (_heard[i].Used < _heard[oldest].Used) oldest = i;
        return oldest;
    }

    private void Forget(int index)
    {
        _heard[index].Dispose();
        _heard.RemoveAt(index);
    }
}
