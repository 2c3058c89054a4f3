using System.Numerics;
using System.Numerics.Tensors;

namespace BroadcastCaptions.Speech.Alignment;

/// <summary>
/// What cross attentions say of where tokens are heard, as the reference makes one matrix of several heads: Softmax over the sound,
/// each moment normalised over the tokens, a median filter along time, the mean over heads.
/// </summary>
internal static class AttentionCosts
{
    private const int Filter = 7; // the reference's medfilt_width, in positions of 20 ms
    private const int Reach = Filter / 2;

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
        var (filtered, mirrored) = (new float[heard], new float[heard + (2 * Reach)]);
        for (var head = 0; head < heads; head++)
        {
            for (var token = 0; token < tokens; token++)
                TensorPrimitives.SoftMax(scores.Slice(((head * tokens) + token) * positions, heard), weights.AsSpan(token * heard, heard));
            Normalize(weights, tokens, heard);
            for (var row = 0; row < count; row++)
            {
                Smooth(weights.AsSpan((first + row) * heard, heard), mirrored, filtered);
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
    /// <param name="values">Values, the same number as medians.</param>
    /// <param name="mirrored">Room for the values and <see cref="Reach"/> more at either end.</param>
    /// <param name="medians">Takes the medians.</param>
    private static void Smooth(ReadOnlySpan<float> values, Span<float> mirrored, Span<float> medians)
    {
        if (values.Length <= Reach)
        {
            values.CopyTo(medians);
            return;
        }

        values.CopyTo(mirrored[Reach..]);
        for (var k = 1; k <= Reach; k++) (mirrored[Reach - k], mirrored[Reach + values.Length - 1 + k]) = (values[k], values[^(k + 1)]);
        var i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count) Median(mirrored[i..]).CopyTo(medians[i..]);
        for (; i < values.Length; i++) medians[i] = Middle(mirrored.Slice(i, Filter));
    }

    /// <summary>Medians of neighbouring windows of seven, each lane another one: a network that sorts no more than it must.</summary>
    private static Vector<float> Median(ReadOnlySpan<float> values)
    {
        static void Sort(ref Vector<float> low, ref Vector<float> high) => (low, high) = (Vector.Min(low, high), Vector.Max(low, high));
        Vector<float> a = new(values), b = new(values[1..]), c = new(values[2..]), d = new(values[3..]), e = new(values[4..]), f = new(values[5..]), g = new(values[6..]);
        Sort(ref a, ref f);
        Sort(ref a, ref d);
        Sort(ref b, ref g);
        Sort(ref c, ref e);
        Sort(ref a, ref b);
        Sort(ref d, ref f);
        Sort(ref c, ref g);
        Sort(ref c, ref d);
        Sort(ref d, ref g);
        Sort(ref e, ref f);
        Sort(ref b, ref e);
        Sort(ref b, ref d);
        return Vector.Min(d, e);
    }

    private static float Middle(ReadOnlySpan<float> window)
    {
        Span<float> sorted = stackalloc float[Filter];
        window.CopyTo(sorted);
        sorted.Sort();
        return sorted[Reach];
    }
}
