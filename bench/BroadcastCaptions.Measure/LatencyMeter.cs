namespace BroadcastCaptions.Measure;

/// <summary>A word of a reference, with its place in the audio.</summary>
/// <param name="Word">The normalised word.</param>
/// <param name="Start">Seconds from the file's first sample.</param>
/// <param name="End">Seconds from the file's first sample.</param>
public sealed record ReferenceWord(string Word, double Start, double End);

/// <summary>Counts latency and steadiness from what was on screen and when.</summary>
public static class LatencyMeter
{
    /// <summary>The figures of one file.</summary>
    /// <param name="reference">What was said, in order.</param>
    /// <param name="texts">
    /// Everything said so far, one entry each time it changed (from a window: <see cref="ScreenHistory.Unroll"/>). A word
    /// cannot be shown before its start in the audio: earlier look-alikes do not count.
    /// </param>
    public static LatencyFigures Measure(IReadOnlyList<ReferenceWord> reference, IReadOnlyList<ShownText> texts)
    {
        var shown = texts.SkipLast(texts.Reverse().TakeWhile(text => text.Words.Count == 0).Count()).ToArray(); // cleared at the end
        var last = shown.Length > 0 ? shown[^1].Words : [];
        var right = new SequenceMatch([.. reference.Select(word => word.Word)], last).Pairs()
            .Where(pair => pair.Same).ToDictionary(pair => pair.B, pair => reference[pair.A]);
        var first = new Dictionary<int, double>();
        var correct = new Dictionary<int, double>();
        var stable = new Dictionary<int, double>();
        var (erased, churned) = (0, 0);
        IReadOnlyList<string> before = [];
        foreach (var (at, words) in shown)
        {
            var here = new SequenceMatch(words, last).Pairs().ToDictionary(pair => pair.B, pair => pair.Same);
            foreach (var (place, word) in right)
            {
                if (at < word.Start) continue;
                var filled = here.TryGetValue(place, out var same);
                if (filled) first.TryAdd(place, at);
                if (same)
                {
                    correct.TryAdd(place, at);
                    stable.TryAdd(place, at);
                }
                else stable.Remove(place);
            }

            erased += before.Count - CommonStart(before, words);
            churned += before.Count - new SequenceMatch(before, words).Pairs().Count(pair => pair.Same);
            before = words;
        }

        Delays After(Dictionary<int, double> shownAt) => new(shownAt.Select(entry => entry.Value - right[entry.Key].End));
        return new LatencyFigures(reference.Count, right.Count, After(first), After(correct), After(stable), last.Count, erased, churned);
    }

    private static int CommonStart(IReadOnlyList<string> a, IReadOnlyList<string> b)
    {
        var kept = 0;
        while (kept < Math.Min(a.Count, b.Count) && a[kept] == b[kept]) kept++;
        return kept;
    }
}
