using BroadcastCaptions.Speech.Decoding;

namespace BroadcastCaptions.Speech.Whisper;

/// <summary>Several texts side by side, the most probable ones of each length, as the reference pursues them (patience 1).</summary>
/// <param name="rules">What may be said next.</param>
/// <param name="marks">The vocabulary's marks.</param>
/// <param name="vocabulary">Length of a row of scores.</param>
internal sealed class BeamSearch(TokenRules rules, SpecialTokens marks, int vocabulary)
{
    private readonly TokenScores _scores = new(vocabulary);
    private readonly float[] _row = new float[vocabulary];
    private readonly List<Candidate> _candidates = [];

    /// <summary>Decodes what follows a prompt that the decoder has taken in.</summary>
    /// <param name="decoder">The decoder.</param>
    /// <param name="prompt">The prompt's tokens.</param>
    /// <param name="first">Scores behind the prompt.</param>
    /// <param name="options">How.</param>
    /// <param name="noSpeech">Probability that nobody speaks.</param>
    public Decoded Run(ITokenDecoder decoder, long[] prompt, ReadOnlySpan<float> first, SearchOptions options, float noSpeech)
    {
        List<Beam> live = [new([], 0, 0)];
        var finished = new List<Beam>();
        Collect(live[0], first, options);
        for (var length = 1; ; length++)
        {
            live = Choose(decoder, live, finished, prompt.Length + length - 1, options.BeamSize);
            if (live.Count == 0 || finished.Count >= options.BeamSize || length >= options.Most) break;
            foreach (var beam in live) Collect(beam, Next(decoder, prompt, beam), options);
        }

        finished.AddRange(live.Take(options.BeamSize - finished.Count)); // the surest of those that did not come to an end
        var best = finished.MaxBy(beam => beam.Sum / Math.Max(1, beam.Tokens.Count))!;
        return new([.. best.Tokens], best.Sum, noSpeech, Looped: false);
    }

    /// <summary>Scores behind a text: by a step where the decoder remembers each text, else by hearing it from its begin.</summary>
    private static ReadOnlySpan<float> Next(ITokenDecoder decoder, long[] prompt, Beam beam)
    {
        var before = prompt.Length + beam.Tokens.Count - 1;
        if (decoder is not IForkingDecoder forking)
        {
            long[] all = [.. prompt, .. beam.Tokens.Select(token => (long)token.Id)];
            return decoder.Start(all, before);
        }

        forking.Use(beam.Slot);
        decoder.Keep(before);
        return decoder.Step(beam.Tokens[^1].Id);
    }

    private void Collect(Beam beam, ReadOnlySpan<float> scores, SearchOptions options)
    {
        scores.CopyTo(_row);
        rules.Apply(_row, beam.Tokens, options.Timestamps);
        foreach (var token in _scores.Best(_row, options.BeamSize + 1)) _candidates.Add(new(beam, token, beam.Sum + token.LogProbability));
    }

    /// <summary>The surest of what may follow; what ends a text goes to the finished ones.</summary>
    private List<Beam> Choose(ITokenDecoder decoder, List<Beam> parents, List<Beam> finished, int length, int width)
    {
        var chosen = new List<Candidate>();
        foreach (var candidate in _candidates.OrderByDescending(candidate => candidate.Sum))
        {
            if (candidate.Token.Id != marks.End) chosen.Add(candidate);
            else if (finished.Count < width) finished.Add(candidate.Parent with { Sum = candidate.Sum });
            if (chosen.Count == width) break;
        }

        _candidates.Clear();
        return Fork(decoder as IForkingDecoder, parents, chosen, length);
    }

    /// <summary>A text's first child takes its place; the others get copies, in the places of texts that are given up.</summary>
    private static List<Beam> Fork(IForkingDecoder? decoder, List<Beam> parents, List<Candidate> chosen, int length)
    {
        var kept = chosen.Select(candidate => candidate.Parent.Slot).ToHashSet();
        var free = new Queue<int>(Enumerable.Range(0, Math.Max(parents.Count, chosen.Count)).Where(slot => !kept.Contains(slot)));
        var children = new List<Beam>(chosen.Count);
        foreach (var (parent, token, sum) in chosen)
        {
            var slot = kept.Remove(parent.Slot) ? parent.Slot : free.Dequeue();
            if (slot != parent.Slot) decoder?.Copy(parent.Slot, slot, length);
            children.Add(new([.. parent.Tokens, token], sum, slot));
        }

        return children;
    }

    private sealed record Beam(List<ScoredToken> Tokens, double Sum, int Slot);

    private sealed record Candidate(Beam Parent, ScoredToken Token, double Sum);
}
