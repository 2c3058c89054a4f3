using System.Numerics.Tensors;
using BroadcastCaptions.Speech.Decoding;

namespace BroadcastCaptions.Speech.Moonshine;

/// <summary>
/// Greedy decoding that begins with what is already known: the previous hypothesis is verified in one pass, and only what
/// follows its last agreed token is decoded step by step. The outcome is that of decoding from nothing; in the shipped graphs but for
/// near-ties, for many rows and one row go through different kernels there.
/// </summary>
internal sealed class GreedySearch
{
    /// <summary>Llama's mark of a text's beginning.</summary>
    public const int Begin = 1;

    /// <summary>Llama's mark of a text's end.</summary>
    public const int End = 2;

    /// <summary>
    /// Where nobody is sure of speech, the end mark still is not believed as the first token when a word comes in this
    /// close. Measured on eval/'s segments of weak evidence, tiny and base. Int8 products round differently by processor: words
    /// spoken softly begin with 0.13 … 0.98 with VNNI and with 0.097 at least without, noise reaches 0.07 and 0.090.
    /// </summary>
    private const float AudibleWord = 0.093f;

    private long[] _prompt = new long[64];
    private float[] _scratch = [];

    /// <summary>Was the end mark the first token of the last text, and not believed?</summary>
    public bool Urged { get; private set; }

    /// <summary>The most probable next token at each step until the end mark, the cap, or a loop.</summary>
    /// <param name="decoder">The decoder over the encoded segment.</param>
    /// <param name="previous">The previous hypothesis of the same segment, may be empty.</param>
    /// <param name="cap">Most tokens.</param>
    /// <param name="expectWords">Forbids the end mark as the first token; else it stands where no word is near.</param>
    /// <param name="found">Takes the tokens, cleared first.</param>
    /// <returns>True when the model had begun to repeat itself; the repetitions are left out.</returns>
    public bool Run(ITokenDecoder decoder, IReadOnlyList<ScoredToken> previous, int cap, bool expectWords, List<ScoredToken> found)
    {
        found.Clear();
        var size = decoder.VocabularySize;
        var known = Known(previous, Math.Min(previous.Count, cap), size);
        var rows = decoder.Start(Prompt(previous, known));
        var next = First(rows[..size], expectWords);
        while (found.Count < known && next.Id == previous[found.Count].Id)
        {
            found.Add(next);
            next = Best(rows.Slice(found.Count * size, size));
        }

        decoder.Keep(found.Count + 1);
        while (next.Id != End && found.Count < cap)
        {
            found.Add(next);
            if (Repetition.Cut(found)) return true;
            if (found.Count < cap) next = Best(decoder.Step(next.Id));
        }

        return false;
    }

    /// <summary>Leading tokens that this vocabulary has: a model of another family may have made the partials.</summary>
    private static int Known(IReadOnlyList<ScoredToken> previous, int count, int size)
    {
        var known = 0;
        while (known < count && previous[known].Id < size) known++;
        return known;
    }

    private ReadOnlySpan<long> Prompt(IReadOnlyList<ScoredToken> previous, int known)
    {
        if (_prompt.Length <= known) Array.Resize(ref _prompt, (known + 1) * 2);
        _prompt[0] = Begin;
        for (var i = 0; i < known; i++) _prompt[i + 1] = previous[i].Id;
        return _prompt.AsSpan(0, known + 1);
    }

    private ScoredToken First(ReadOnlySpan<float> scores, bool expectWords)
    {
        var best = Best(scores);
        Urged = false;
        if (best.Id != End) return best;
        var after = TensorPrimitives.IndexOfMax(scores[(End + 1)..]) + End + 1;
        var before = TensorPrimitives.IndexOfMax(scores[..End]);
        var word = scores[before] > scores[after] ? before : after;
        var probability = best.LogProbability + scores[word] - scores[End];
        Urged = expectWords || probability >= MathF.Log(AudibleWord);
        return Urged ? new(word, probability) : best;
    }

    private ScoredToken Best(ReadOnlySpan<float> scores)
    {
        var best = TensorPrimitives.IndexOfMax(scores);
        if (_scratch.Length < scores.Length) _scratch = new float[scores.Length];
        var exponentials = _scratch.AsSpan(0, scores.Length);
        TensorPrimitives.Subtract(scores, scores[best], exponentials);
        TensorPrimitives.Exp<float>(exponentials, exponentials);
        return new(best, -MathF.Log(TensorPrimitives.Sum<float>(exponentials)));
    }
}
