using System.Numerics.Tensors;

namespace BroadcastCaptions.Speech.Moonshine.Decoding;

/// <summary>Layer normalisation without a shift.</summary>
internal static class Norms
{
    /// <summary>Brings a vector to mean 0 and variance 1, then multiplies by <paramref name="scale"/>.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="scale">As long as it.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="normalized">Takes the outcome.</param>
    public static void Apply(ReadOnlySpan<float> vector, ReadOnlySpan<float> scale, float epsilon, Span<float> normalized)
    {
        TensorPrimitives.Subtract(vector, TensorPrimitives.Sum(vector) / vector.Length, normalized);
        var variance = TensorPrimitives.SumOfSquares<float>(normalized) / vector.Length;
        TensorPrimitives.Multiply(normalized, 1 / MathF.Sqrt(variance + epsilon), normalized);
        TensorPrimitives.Multiply(normalized, scale, normalized);
    }
}
