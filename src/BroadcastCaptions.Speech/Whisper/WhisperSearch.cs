using BroadcastCaptions.Speech.Decoding;
using BroadcastCaptions.Speech.Moonshine;

namespace BroadcastCaptions.Speech.Whisper;

/// <summary>How a window is decoded.</summary>
/// <param name="Timestamps">Text with time marks?</param>
/// <param name="Most">Most tokens.</param>
internal sealed record SearchOptions(bool Timestamps, int Most)
{
    /// <summary>What was said of the same sound before: verified in one pass.</summary>
    public IReadOnlyList<ScoredToken> Draft { get; init; } = [];

    /// <summary>Ends the text where it begins to repeat itself. The reference does not: it tries again, warmer.</summary>
    public bool CutLoops { get; init; }

    /// <summary>0: the most probable token each time; above, tokens are drawn.</summary>
    public float Temperature { get; init; }

    /// <summary>Texts that are pursued side by side; 1: only the most probable token each time. For temperature 0, without a draft.</summary>
    public int BeamSize { get; init; } = 1;

    /// <summary>The lot that tokens are drawn by.</summary>
    public Random Random { get; init; } = new(0);
}

/// <summary>A decoded window.</summary>
/// <param name="Tokens">Text and time marks, without the end mark.</param>
/// <param name="SumLogProbability">Of the tokens and of the end mark.</param>
/// <param name="NoSpeech">Probability that nobody speaks, 0 … 1.</param>
/// <param name="Looped">It began to repeat itself and was cut.</param>
internal sealed record Decoded(IReadOnlyList<ScoredToken> Tokens, double SumLogProbability, float NoSpeech, bool Looped)
{
    /// <summary>Mean over the tokens, as the reference counts.</summary>
    public double AverageLogProbability => SumLogProbability / (Tokens.Count + 1);
}

/// <summary>
/// Token after token by Whisper's rules. It begins with what is known: a draft is verified in the pass that takes the prompt in, and
/// only what follows its last agreed token is decoded step by step.
/// </summary>
internal sealed class WhisperSearch(TokenRules rules, SpecialTokens marks, int vocabulary)
{
    private readonly BeamSearch _beams = new(rules, marks, vocabulary);
    private readonly TokenScores _scores = new(vocabulary);
    private readonly float[] _row = new float[vocabulary];
    private readonly List<ScoredToken> _found = [];
    private long[] _tokens = new long[64];

    /// <summary>Decodes.</summary>
    /// <param name="decoder">The decoder over the encoded window.</param>
    /// <param name="prompt">Earlier text, if any, and the marks that say what is asked for.</param>
    /// <param name="options">How.</param>
    public Decoded Run(ITokenDecoder decoder, IReadOnlyList<int> prompt, SearchOptions options)
    {
        _found.Clear();
        var draft = Math.Min(options.Draft.Count, options.Most);
        for (var i = 0; i < draft; i++)
            if (!MayBeSaid(options.Draft[i].Id, options.Timestamps)) draft = i; // another family's, or of another task
        var start = StartOf(prompt);
        var pursuesSeveral = options is { BeamSize: > 1, Temperature: 0 };
        if (pursuesSeveral && decoder is IForkingDecoder forking) forking.Use(0);
        var rows = decoder.Start(Prompt(prompt, options.Draft, draft), start);
        var noSpeech = marks.NoSpeech < 0 ? 0 : _scores.Probability(rows[..vocabulary], marks.NoSpeech);
        var first = prompt.Count - 1 - start;
        if (pursuesSeveral) return _beams.Run(decoder, [.. prompt.Select(id => (long)id)], rows.Slice(first * vocabulary, vocabulary), options, noSpeech);
        var sum = 0.0;
        var next = Next(rows.Slice(first * vocabulary, vocabulary), options);
        while (_found.Count < draft && next.Id == options.Draft[_found.Count].Id)
        {
            Take(next, ref sum);
            next = Next(rows.Slice((first + _found.Count) * vocabulary, vocabulary), options);
        }

        decoder.Keep(prompt.Count + _found.Count);
        while (next.Id != marks.End && _found.Count < options.Most)
        {
            Take(next, ref sum);
            if (options.CutLoops && Repetition.Cut(_found)) return new([.. _found], sum, noSpeech, Looped: true);
            if (_found.Count < options.Most) next = Next(decoder.Step(next.Id), options);
        }

        return new([.. _found], next.Id == marks.End ? sum + next.LogProbability : sum, noSpeech, Looped: false);
    }

    /// <summary>The language that is most probably spoken, and how probably among all.</summary>
    public (string Language, double Probability) Language(ITokenDecoder decoder)
    {
        var row = decoder.Start([marks.Start]);
        var (best, sum) = ("en", 0.0);
        var most = float.NegativeInfinity;
        foreach (var (language, id) in marks.Languages)
            if (row[id] > most) (most, best) = (row[id], language);
        foreach (var id in marks.Languages.Values) sum += Math.Exp(row[id] - most);
        return (best, 1 / sum);
    }

    private bool MayBeSaid(int token, bool timestamps) => marks.IsText(token) || (timestamps && marks.IsTimestamp(token) && token < vocabulary);

    private ScoredToken Next(ReadOnlySpan<float> scores, SearchOptions options)
    {
        scores.CopyTo(_row);
        rules.Apply(_row, _found, options.Timestamps);
        return options.Temperature == 0 ? _scores.Best(_row) : _scores.Draw(_row, options.Temperature, options.Random);
    }

    private void Take(ScoredToken token, ref double sum)
    {
        _found.Add(token);
        sum += token.LogProbability;
    }

    private int StartOf(IReadOnlyList<int> prompt)
    {
        var at = prompt.Count - 1;
        while (at > 0 && prompt[at] != marks.Start) at--;
        return at;
    }

    private ReadOnlySpan<long> Prompt(IReadOnlyList<int> prompt, IReadOnlyList<ScoredToken> draft, int known)
    {
        var count = prompt.Count + known;
        if (_tokens.Length < count) _tokens = new long[count * 2];
        for (var i = 0; i < prompt.Count; i++) _tokens[i] = prompt[i];
        for (var i = 0; i < known; i++) _tokens[prompt.Count + i] = draft[i].Id;
        return _tokens.AsSpan(0, count);
    }
}
