using BroadcastCaptions.Speech;

namespace BroadcastCaptions.Metrics;

/// <summary>
/// How much of what viewers read is taken back: normalised erasure, as bench/ counts it (words behind the first change, by words of the
/// finals), over the last segments. Case and punctuation do not count.
/// </summary>
internal sealed class ErasureGauge
{
    private const int Segments = 50;

    private readonly Dictionary<string, Shown> _shown = [];
    private readonly RecentValues _erased = new(Segments);
    private readonly RecentValues _words = new(Segments);

    /// <summary>Erased words for each final one; null before the first final.</summary>
    public double? Normalised => _words.Sum > 0 ? _erased.Sum / _words.Sum : null;

    /// <summary>Takes a transcript that has just left.</summary>
    public void Note(Transcript transcript)
    {
        string[] words = [.. transcript.Words.Select(word => Key(word.Text)).Where(key => key.Length > 0)];
        var before = _shown.GetValueOrDefault(transcript.Source);
        var erased = before?.Segment == transcript.Segment ? before.Erased + before.Words.Length - before.Words.AsSpan().CommonPrefixLength(words) : 0;
        _shown[transcript.Source] = new(transcript.Segment, words, erased);
        if (!transcript.IsFinal) return;
        _erased.Add(erased);
        _words.Add(words.Length);
    }

    private static string Key(string word) => string.Concat(word.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private sealed record Shown(long Segment, string[] Words, int Erased);
}
