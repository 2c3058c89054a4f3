namespace BroadcastCaptions.Measure;

/// <summary>Full stops (question and exclamation marks too) between words that text and reference both have side by side.</summary>
/// <param name="Words">Words of the output.</param>
/// <param name="False">Full stops of the output where the reference has none between the same two words.</param>
/// <param name="Missed">Full stops of the reference where the output has none.</param>
/// <param name="Right">Full stops that both have.</param>
public sealed record SentenceEnds(int Words, int False, int Missed, int Right)
{
    /// <summary>Nothing compared yet.</summary>
    public static SentenceEnds None { get; } = new(0, 0, 0, 0);

    /// <summary>False full stops for each 100 words of the output.</summary>
    public double FalsePerHundred => 100.0 * False / Math.Max(1, Words);

    /// <summary>Compares a text with its reference, which must be punctuated. The last word's mark counts for nothing: no word follows it.</summary>
    public static SentenceEnds Of(string reference, string output)
    {
        var (said, written) = (Marked(reference), Marked(output));
        var partners = new SequenceMatch([.. said.Select(word => word.Word)], [.. written.Select(word => word.Word)]).Pairs()
            .Where(pair => pair.Same).ToDictionary(pair => pair.B, pair => pair.A);
        var ends = new SentenceEnds(written.Count, 0, 0, 0);
        for (var i = 0; i + 1 < written.Count; i++)
        {
            if (!partners.TryGetValue(i, out var here) || !partners.TryGetValue(i + 1, out var next) || next != here + 1) continue;
            ends = (said[here].Ends, written[i].Ends) switch
            {
                (false, true) => ends with { False = ends.False + 1 },
                (true, false) => ends with { Missed = ends.Missed + 1 },
                (true, true) => ends with { Right = ends.Right + 1 },
                _ => ends,
            };
        }

        return ends;
    }

    /// <summary>The sum of two counts.</summary>
    public static SentenceEnds operator +(SentenceEnds a, SentenceEnds b) =>
        new(a.Words + b.Words, a.False + b.False, a.Missed + b.Missed, a.Right + b.Right);

    private static List<(string Word, bool Ends)> Marked(string text)
    {
        var marked = new List<(string Word, bool Ends)>();
        foreach (var token in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var words = SpokenWords.Of(token);
            foreach (var word in words) marked.Add((word, Ends: false));
            if (words.Count > 0 && token.TrimEnd('"', '\'', '”', '’', ')')[^1..] is "." or "?" or "!" && !IsTitle(token)) marked[^1] = marked[^1] with { Ends = true };
        }

        return marked;
    }

    private static bool IsTitle(string token) => token is "Mr." or "Mrs." or "Dr." or "St.";
}
