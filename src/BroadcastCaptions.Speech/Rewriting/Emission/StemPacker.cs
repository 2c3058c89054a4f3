using System.Numerics.Tensors;
using BroadcastCaptions.Speech.Moonshine.Convolving;
using BroadcastCaptions.Speech.Rewriting.Extraction;

namespace BroadcastCaptions.Speech.Rewriting.Emission;

/// <summary>Writes the convolutions before an encoder's layers as <see cref="Stem"/> reads them: each as a product over windows of what it hears.</summary>
internal static class StemPacker
{
    /// <summary>Writes them.</summary>
    public static void Write(StemWeights weights, string path)
    {
        using var file = new PackedWriter(path);
        file.Header(new StemSizes(StemSizes.Known, Window(weights.First), Window(weights.Second), Window(weights.Third), weights.Epsilon));
        file.Matrix(Product(weights.First), weights.First.Bias?.Read());
        var (scale, shift) = (weights.Scale.Read(), weights.Shift.Read());
        file.Vector(scale);
        var second = file.MatrixAsWritten(Product(weights.Second));
        file.Vector(Sums(second, scale));
        var shifts = Sums(second, shift);
        if (weights.Second.Bias is { } bias) TensorPrimitives.Add(shifts, bias.Read(), shifts);
        file.Vector(shifts);
        file.Matrix(Product(weights.Third), weights.Third.Bias?.Read());
    }

    private static StemWindow Window(Convolution convolution) =>
        new((int)convolution.Weight.Shape[1], (int)convolution.Weight.Shape[2], convolution.Stride, (int)convolution.Weight.Shape[0]);

    private static Matrix Product(Convolution convolution) // [outputs, inputs, kernel] → [kernel · inputs, outputs]
    {
        var turned = convolution.Weight.Transposed([2, 1, 0]);
        return new Matrix((int)(turned.Shape[0] * turned.Shape[1]), (int)turned.Shape[2], turned.Read());
    }

    /// <summary>What a product gives where every step of its window holds the same numbers, one a channel.</summary>
    private static float[] Sums(Matrix matrix, float[] channels)
    {
        var sums = new float[matrix.Columns];
        for (var row = 0; row < matrix.Rows; row++) TensorPrimitives.MultiplyAdd(matrix.Row(row), channels[row % channels.Length], sums, sums);
        return sums;
    }
}
