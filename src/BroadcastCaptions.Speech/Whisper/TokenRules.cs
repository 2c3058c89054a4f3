using System.Numerics.Tensors;

namespace BroadcastCaptions.Speech.Whisper;

/// <summary>What may be said next, by the rules that the reference decodes with.</summary>
internal sealed class TokenRules
{
    private const float Never = float.NegativeInfinity;

    private readonly SpecialTokens _marks;
    private readonly int[] _suppressed;
    private readonly int[] _atBegin;
    private readonly int _lastInitial;

    /// <summary>The rules of a model.</summary>
    public TokenRules(WhisperConfig config, SpecialTokens marks)
    {
        _marks = marks;
        _suppressed = [.. config.Suppressed.Where(id => id < config.Vocabulary)];
        _atBegin = [.. config.SuppressedAtBegin.Where(id => id < config.Vocabulary)];
        _lastInitial = marks.FirstTimestamp + config.MaximumInitialTimestamp;
    }

    /// <summary>Takes away the scores of what may not come.</summary>
    /// <param name="scores">The next token's scores, changed in place.</param>
    /// <param name="said">The tokens so far, the prompt not among them.</param>
    /// <param name="timestamps">Is text with time marks asked for?</param>
    public void Apply(Span<float> scores, List<ScoredToken> said, bool timestamps)
    {
        foreach (var id in _suppressed) scores[id] = Never;
        if (said.Count == 0)
            foreach (var id in _atBegin) scores[id] = Never;
        if (!timestamps) return;
        scores[_marks.NoTimestamps] = Never;
        Pair(scores, said);
        Rise(scores, said);
        if (said.Count == 0) Begin(scores);
        if (IsTimeDue(scores)) scores[.._marks.FirstTimestamp].Fill(Never);
    }

    /// <summary>Time marks come in pairs, the end of one segment and the start of the next, but for the first and the last.</summary>
    private void Pair(Span<float> scores, List<ScoredToken> said)
    {
        if (!IsTime(said, 1)) return;
        if (said.Count < 2 || IsTime(said, 2)) scores[_marks.FirstTimestamp..].Fill(Never);
        else scores[.._marks.End].Fill(Never);
    }

    /// <summary>Times never fall; only the two of a pair may be the same, so that no segment is empty.</summary>
    private void Rise(Span<float> scores, List<ScoredToken> said)
    {
        var last = said.FindLastIndex(token => _marks.IsTimestamp(token.Id));
        if (last < 0) return;
        var closesSegment = last == said.Count - 1 && said.Count >= 2 && !IsTime(said, 2);
        scores[_marks.FirstTimestamp..Math.Min(scores.Length, said[last].Id + (closesSegment ? 0 : 1))].Fill(Never);
    }

    private void Begin(Span<float> scores)
    {
        scores[.._marks.FirstTimestamp].Fill(Never);
        if (_lastInitial + 1 < scores.Length) scores[(_lastInitial + 1)..].Fill(Never);
    }

    /// <summary>Are all time marks together more probable than any text?</summary>
    private bool IsTimeDue(ReadOnlySpan<float> scores)
    {
        var times = scores[_marks.FirstTimestamp..];
        if (times.IsEmpty) return false;
        var best = TensorPrimitives.Max(times);
        if (float.IsNegativeInfinity(best)) return false;
        var sum = 0f;
        foreach (var score in times) sum += MathF.Exp(score - best);
        return best + MathF.Log(sum) > TensorPrimitives.Max(scores[.._marks.FirstTimestamp]);
    }

    private bool IsTime(List<ScoredToken> said, int fromEnd) => said.Count >= fromEnd && _marks.IsTimestamp(said[^fromEnd].Id);
}
