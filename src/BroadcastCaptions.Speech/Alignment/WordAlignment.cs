namespace BroadcastCaptions.Speech.Alignment;

/// <summary>The reference's rules from aligned tokens to word times: marks belong to their words, and no word lasts beyond reason.</summary>
internal static class WordAlignment
{
    private const string Opening = "\"'“¿([{-";
    private const string Closing = "\"'.。,，!！?？:：”)]}、";
    private const string SentenceEnds = ".。!！?？";
    private const double LongestMedian = 0.7; // seconds: of a word, however slowly somebody speaks
    private const double Pause = 4; // medians: after so long a silence the first words are looked at
    private const double Slack = 0.5; // seconds by which a segment's own times may be further in than the words'

    /// <summary>Gives words their times.</summary>
    /// <param name="words">The words and how many tokens spell each.</param>
    /// <param name="starts">Seconds at which each token begins, and at last where the text ends.</param>
    /// <param name="probabilities">The tokens' probabilities.</param>
    /// <param name="segments">The segments whose text the words are, in order, without words; times of the recording.</param>
    /// <param name="offset">Seconds from the recording's start to the window's.</param>
    /// <param name="lastSpeech">Seconds of the recording at which the last word before these ended; 0 at first.</param>
    /// <returns>The segments with their words, merged and cut; times of the recording.</returns>
    public static List<TimedSegment> Of(
        IReadOnlyList<(string Text, int Tokens)> words, IReadOnlyList<double> starts, IReadOnlyList<double> probabilities,
        IReadOnlyList<TimedSegment> segments, double offset, double lastSpeech)
    {
        var timed = new List<AlignedWord>();
        foreach (var (text, count) in words)
        {
            var from = timed.Sum(word => word.Tokens);
            timed.Add(new AlignedWord(text, count, starts[from], starts[from + count], probabilities.Skip(from).Take(count).Average()));
        }

        var median = Math.Min(LongestMedian, Median([.. timed.Select(word => word.End - word.Start).Where(length => length > 0)]));
        if (median > 0) CutAtSentences(timed, 2 * median);
        Merge(timed);
        for (var i = 0; i < timed.Count; i++)
            timed[i] = timed[i] with { Start = Math.Round(offset + timed[i].Start, 2), End = Math.Round(offset + timed[i].End, 2) };
        return Share(timed, segments, median, lastSpeech);
    }

    private static double Median(List<double> lengths)
    {
        if (lengths.Count == 0) return 0;
        lengths.Sort();
        return (lengths[(lengths.Count - 1) / 2] + lengths[lengths.Count / 2]) / 2;
    }

    private static void CutAtSentences(List<AlignedWord> words, double longest)
    {
        for (var i = 1; i < words.Count; i++)
        {
            if (words[i].End - words[i].Start <= longest) continue;
            if (IsIn(SentenceEnds, words[i].Text)) words[i] = words[i] with { End = words[i].Start + longest };
            else if (IsIn(SentenceEnds, words[i - 1].Text)) words[i] = words[i] with { Start = words[i].End - longest };
        }
    }

    private static void Merge(List<AlignedWord> words)
    {
        for (var (i, j) = (words.Count - 2, words.Count - 1); i >= 0; i--)
            if (words[i].Text.StartsWith(' ') && IsIn(Opening, words[i].Text.Trim())) Join(words, i, j, into: j);
            else j = i;
        for (var (i, j) = (0, 1); j < words.Count; j++)
            if (!words[i].Text.EndsWith(' ') && IsIn(Closing, words[j].Text)) Join(words, i, j, into: i);
            else i = j;
    }

    private static void Join(List<AlignedWord> words, int first, int second, int into)
    {
        var (text, tokens) = (words[first].Text + words[second].Text, words[first].Tokens + words[second].Tokens);
        words[first + second - into] = words[first + second - into] with { Text = "", Tokens = 0 };
        words[into] = words[into] with { Text = text, Tokens = tokens };
    }

    private static List<TimedSegment> Share(List<AlignedWord> words, IReadOnlyList<TimedSegment> segments, double median, double lastSpeech)
    {
        var (result, next) = (new List<TimedSegment>(), 0);
        foreach (var segment in segments)
        {
            var own = new List<AlignedWord>();
            for (var tokens = 0; next < words.Count && tokens < segment.Tokens; tokens += words[next++].Tokens)
                if (words[next].Text.Length > 0) own.Add(words[next]);
            result.Add(own.Count == 0 ? segment with { Words = [] } : Rounded(Cut(segment, own, median, lastSpeech)));
            if (own.Count > 0) lastSpeech = result[^1].End;
        }

        return result;
    }

    private static TimedSegment Cut(TimedSegment segment, List<AlignedWord> words, double median, double lastSpeech)
    {
        var longest = 2 * median;
        bool TooLong(int last) => words[last].End - words[0].Start > longest * (last + 1);
        if (words[0].End - lastSpeech > Pause * median && (TooLong(0) || (words.Count > 1 && TooLong(1))))
        {
            if (words.Count > 1 && words[1].End - words[1].Start > longest)
            {
                var boundary = Math.Max(words[1].End / 2, words[1].End - longest);
                (words[0], words[1]) = (words[0] with { End = boundary }, words[1] with { Start = boundary });
            }

            words[0] = words[0] with { Start = Math.Max(0, words[0].End - longest) };
        }

        var (start, end) = (segment.Start, segment.End);
        if (start < words[0].End && start - Slack > words[0].Start) words[0] = words[0] with { Start = Math.Max(0, Math.Min(words[0].End - median, start)) };
        else start = words[0].Start;
        if (end > words[^1].Start && end + Slack < words[^1].End) words[^1] = words[^1] with { End = Math.Max(words[^1].Start + median, end) };
        else end = words[^1].End;
        return segment with { Start = start, End = end, Words = words };
    }

    private static TimedSegment Rounded(TimedSegment segment) => segment with
    {
        Words = [.. segment.Words.Select(word => word with { Start = Math.Round(word.Start, 2), End = Math.Round(word.End, 2) })],
    };

    /// <summary>As Python's "in": a part of the marks, the empty text included.</summary>
    private static bool IsIn(string marks, string text) => marks.Contains(text, StringComparison.Ordinal);
}
