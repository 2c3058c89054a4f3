using System.Numerics.Tensors;

namespace BroadcastCaptions.Speech.Whisper;

/// <summary>Rows of scores as probabilities. Keeps its memory.</summary>
internal sealed class TokenScores(int vocabulary)
{
    private readonly float[] _exponentials = new float[vocabulary];

    /// <summary>The most probable token.</summary>
    public ScoredToken Best(ReadOnlySpan<float> scores)
    {
        var best = TensorPrimitives.IndexOfMax(scores);
        return new(best, scores[best] - Normalizer(scores, best));
    }

    /// <summary>The most probable tokens, best first; none that may not be said.</summary>
    public List<ScoredToken> Best(ReadOnlySpan<float> scores, int count)
    {
        var best = new List<ScoredToken>(count + 1);
        var least = float.NegativeInfinity;
        for (var i = 0; i < scores.Length; i++)
        {
            if (!(scores[i] > least)) continue;
            var at = best.Count;
            while (at > 0 && best[at - 1].LogProbability < scores[i]) at--;
            best.Insert(at, new(i, scores[i]));
            if (best.Count > count) best.RemoveAt(count);
            if (best.Count == count) least = (float)best[^1].LogProbability;
        }

        if (best.Count == 0) return best;
        var normalizer = Normalizer(scores, best[0].Id);
        return best.ConvertAll(token => new ScoredToken(token.Id, token.LogProbability - normalizer));
    }

    /// <summary>A token drawn by its probability.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="temperature">Above 0: the higher, the more even the chances.</param>
    /// <param name="random">The lot.</param>
    public ScoredToken Draw(ReadOnlySpan<float> scores, float temperature, Random random)
    {
        var best = TensorPrimitives.IndexOfMax(scores);
        var normalizer = Normalizer(scores, best);
        TensorPrimitives.Subtract(scores, scores[best], _exponentials);
        TensorPrimitives.Divide<float>(_exponentials, temperature, _exponentials);
        TensorPrimitives.Exp<float>(_exponentials, _exponentials);
        var left = random.NextDouble() * TensorPrimitives.Sum<float>(_exponentials);
        for (var i = 0; i < _exponentials.Length; i++)
            if ((left -= _exponentials[i]) < 0) return new(i, scores[i] - normalizer);
        return new(best, scores[best] - normalizer);
    }

    /// <summary>The probability of one token, 0 … 1.</summary>
    public float Probability(ReadOnlySpan<float> scores, int token) =>
        MathF.Exp(scores[token] - Normalizer(scores, TensorPrimitives.IndexOfMax(scores)));

    private float Normalizer(ReadOnlySpan<float> scores, int best)
    {
        TensorPrimitives.Subtract(scores, scores[best], _exponentials);
        TensorPrimitives.Exp<float>(_exponentials, _exponentials);
        return scores[best] + MathF.Log(TensorPrimitives.Sum<float>(_exponentials));
    }
}
