using System.Numerics.Tensors;

namespace BroadcastCaptions.Speech.Alignment;

/// <summary>
/// What cross attentions say of where tokens are heard, as the reference makes one matrix of several heads: Softmax over the sound,
/// each moment normalised over the tokens, a median filter along time, the mean over heads.
/// </summary>
internal static class AttentionCosts
{
    private const int Filter = 7; // the reference's medfilt_width, in positions of 20 ms

    /// <summary>The matrix's negative, for some of the rows.</summary>
    /// <param name="scores">Scores before Softmax, [heads, tokens, positions].</param>
    /// <param name="heads">Heads.</param>
    /// <param name="tokens">Tokens.</param>
    /// <param name="positions">Positions of the encoder's output.</param>
    /// <param name="heard">Positions that hold sound: those behind are left out.</param>
    /// <param name="rows">Rows that are wanted.</param>
    /// <returns>[rows, heard].</returns>
    public static float[] Of(ReadOnlySpan<float> scores, int heads, int tokens, int positions, int heard, Range rows)
    {
        var (first, count) = rows.GetOffsetAndLength(tokens);
        var costs = new float[count * heard];
        var weights = new float[tokens * heard];
        var filtered = new float[heard];
        for (var head = 0; head < heads; head++)
        {
            for (var token = 0; token < tokens; token++)
                TensorPrimitives.SoftMax(scores.Slice(((head * tokens) + token) * positions, heard), weights.AsSpan(token * heard, heard));
            Normalize(weights, tokens, heard);
            for (var row = 0; row < count; row++)
            {
                Smooth(weights.AsSpan((first + row) * heard, heard), filtered);
                var sum = costs.AsSpan(row * heard, heard);
                TensorPrimitives.Subtract(sum, filtered, sum);
            }
        }

        TensorPrimitives.Divide(costs, (float)heads, costs);
        return costs;
    }

    /// <summary>Each column to mean 0 and deviation 1.</summary>
    private static void Normalize(Span<float> weights, int rows, int columns)
    {
        var (mean, deviation) = (new float[columns], new float[columns]);
        for (var row = 0; row < rows; row++) TensorPrimitives.Add(mean, weights.Slice(row * columns, columns), mean);
        TensorPrimitives.Divide(mean, (float)rows, mean);
        for (var row = 0; row < rows; row++)
        {
            var values = weights.Slice(row * columns, columns);
            TensorPrimitives.Subtract(values, mean, values);
            TensorPrimitives.MultiplyAdd(values, values, deviation, deviation);
        }

        TensorPrimitives.Divide(deviation, (float)rows, deviation);
        TensorPrimitives.Sqrt<float>(deviation, deviation);
        TensorPrimitives.Max(deviation, float.Epsilon, deviation); // where all tokens look alike, nothing is learnt
        for (var row = 0; row < rows; row++)
        {
            var values = weights.Slice(row * columns, columns);
            TensorPrimitives.Divide(values, deviation, values);
        }
    }

    /// <summary>The median of each value and its neighbours; the edges mirror.</summary>
    private static void Smooth(ReadOnlySpan<float> values, Span<float> medians)
    {
        const int reach = Filter / 2;
        if (values.Length <= reach)
        {
            values.CopyTo(medians);
            return;
        }

        Span<float> window = stackalloc float[Filter];
        for (var i = 0; i < values.Length; i++)
        {
            for (var k = -reach; k <= reach; k++)
            {
                var at = Math.Abs(i + k);
                window[k + reach] = values[at < values.Length ? at : (2 * (values.Length - 1)) - at];
            }

            window.Sort();
            medians[i] = window[reach];
        }
    }
}
