using System.Numerics.Tensors;

namespace BroadcastCaptions.Speech.Decoding;

/// <summary>Layer normalisation.</summary>
internal static unsafe class Norms
{
    /// <summary>Brings a vector to mean 0 and variance 1, then multiplies by the norm's scale and adds its shift.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="norm">Weights as long as it.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="normalized">Takes the outcome.</param>
    public static void Apply(ReadOnlySpan<float> vector, in PackedNorm norm, float epsilon, Span<float> normalized)
    {
        TensorPrimitives.Subtract(vector, TensorPrimitives.Sum(vector) / vector.Length, normalized);
        var variance = TensorPrimitives.SumOfSquares<float>(normalized) / vector.Length;
        TensorPrimitives.Multiply(normalized, 1 / MathF.Sqrt(variance + epsilon), normalized);
        TensorPrimitives.Multiply(normalized, new ReadOnlySpan<float>((float*)norm.Scale, vector.Length), normalized);
        if (norm.Shift != 0) TensorPrimitives.Add(normalized, new ReadOnlySpan<float>((float*)norm.Shift, vector.Length), normalized);
    }
}
