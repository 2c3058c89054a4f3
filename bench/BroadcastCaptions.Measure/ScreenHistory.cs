namespace BroadcastCaptions.Measure;

/// <summary>What a screen showed from one moment on.</summary>
/// <param name="Seconds">When, on the clock of the audio: 0 is the file's first sample.</param>
/// <param name="Words">The normalised words.</param>
public sealed record ShownText(double Seconds, IReadOnlyList<string> Words);

/// <summary>Turns what was visible into everything said so far.</summary>
public static class ScreenHistory
{
    /// <summary>
    /// Words that rolled off the window are kept from earlier texts. An empty text ends a block: after it, words are new.
    /// A change that keeps no word is a rewrite.
    /// </summary>
    /// <param name="visible">What was on screen, one entry each time it changed, in order of time.</param>
    public static IReadOnlyList<ShownText> Unroll(IEnumerable<ShownText> visible)
    {
        IReadOnlyList<string> whole = [];
        IReadOnlyList<string> seen = [];
        var unrolled = new List<ShownText>();
        foreach (var (at, words) in visible)
        {
            if (words.Count > 0) whole = [.. whole.Take(whole.Count - seen.Count + RolledOff(seen, words)), .. words];
            seen = words;
            unrolled.Add(new ShownText(at, whole));
        }

        return unrolled;
    }

    /// <summary>How many leading words of <paramref name="seen"/> are gone: where <paramref name="words"/> fits best, earliest first.</summary>
    private static int RolledOff(IReadOnlyList<string> seen, IReadOnlyList<string> words)
    {
        var (best, fit) = (0, 0.0);
        for (var from = 0; from < seen.Count; from++)
        {
            var ratio = new SequenceMatch([.. seen.Skip(from).Take(words.Count)], words).Ratio();
            if (ratio > fit) (best, fit) = (from, ratio);
        }

        return best;
    }
}
