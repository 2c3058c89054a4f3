namespace BroadcastCaptions.Speech.Whisper;

/// <summary>A stretch of a window's text between two time marks.</summary>
/// <param name="Start">Seconds from the window's start.</param>
/// <param name="End">Seconds from the window's start.</param>
/// <param name="Tokens">Its text, marks among it.</param>
internal sealed record WindowSegment(double Start, double End, IReadOnlyList<ScoredToken> Tokens);

/// <summary>A window's text by its time marks, as the reference reads them.</summary>
/// <param name="Segments">The stretches that are complete.</param>
/// <param name="Consumed">Seconds after which the next window begins: behind the last complete stretch, or the whole window.</param>
internal sealed record WindowSegments(IReadOnlyList<WindowSegment> Segments, double Consumed)
{
    /// <summary>Does the text end with a single time mark: the last stretch ends there, and nothing is said behind it?</summary>
    public bool EndsInSilence { get; init; }

    /// <summary>Reads the tokens of a window behind which nothing is heard again: what is said behind its last mark is a stretch, too.</summary>
    /// <param name="tokens">Text and time marks.</param>
    /// <param name="marks">The vocabulary's marks.</param>
    /// <param name="seconds">Length of what was heard in the window.</param>
    public static WindowSegments Whole(IReadOnlyList<ScoredToken> tokens, SpecialTokens marks, double seconds)
    {
        var complete = Of(tokens, marks, seconds);
        List<ScoredToken> rest = [.. tokens.Skip(complete.Segments.Sum(segment => segment.Tokens.Count))];
        if (!rest.Any(token => marks.IsText(token.Id))) return complete;
        return new([.. complete.Segments, new(complete.Consumed, seconds, rest)], seconds);
    }

    /// <summary>Reads a window's tokens.</summary>
    /// <param name="tokens">Text and time marks.</param>
    /// <param name="marks">The vocabulary's marks.</param>
    /// <param name="seconds">Length of what was heard in the window.</param>
    public static WindowSegments Of(IReadOnlyList<ScoredToken> tokens, SpecialTokens marks, double seconds)
    {
        bool IsTime(int at) => at >= 0 && at < tokens.Count && marks.IsTimestamp(tokens[at].Id);
        double At(int index) => Math.Min(seconds, marks.SecondsOf(tokens[index].Id)); // it may hear beyond the sound's end
        var cuts = Enumerable.Range(1, Math.Max(0, tokens.Count - 1)).Where(i => IsTime(i) && IsTime(i - 1)).ToList();
        var endsWithOne = IsTime(tokens.Count - 1) && !IsTime(tokens.Count - 2);
        if (cuts.Count == 0)
        {
            var last = tokens.LastOrDefault(token => marks.IsTimestamp(token.Id)).Id;
            var end = last > marks.FirstTimestamp ? Math.Min(seconds, marks.SecondsOf(last)) : seconds;
            return new([new(IsTime(0) ? At(0) : 0, end, tokens)], seconds) { EndsInSilence = endsWithOne };
        }

        if (endsWithOne) cuts.Add(tokens.Count);
        var segments = new List<WindowSegment>();
        var first = 0;
        foreach (var cut in cuts)
        {
            segments.Add(new(At(first), At(cut - 1), [.. tokens.Skip(first).Take(cut - first)]));
            first = cut;
        }

        return new(segments, endsWithOne ? seconds : At(first - 1)) { EndsInSilence = endsWithOne };
    }
}
