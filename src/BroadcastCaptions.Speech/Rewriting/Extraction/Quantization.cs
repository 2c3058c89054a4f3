namespace BroadcastCaptions.Speech.Rewriting.Extraction;

/// <summary>The arithmetic of quantised weights: (q − zero) × scale.</summary>
internal static class Quantization
{
    /// <summary>
    /// Decodes a tensor quantised as one, along an axis (one scale a slice), or in blocks along an axis (a scale tensor of the same
    /// rank): the three forms of ONNX's DequantizeLinear.
    /// </summary>
    /// <param name="quantized">Integers.</param>
    /// <param name="scale">One scale; one a slice of <paramref name="axis"/>; or one a block.</param>
    /// <param name="zero">As <paramref name="scale"/>; null for zero.</param>
    /// <param name="axis">The axis; negative from the end.</param>
    public static Weight Decode(Weight quantized, Weight scale, Weight? zero, int axis) => new(quantized.Shape, () =>
    {
        var values = quantized.Read();
        var scales = scale.Read();
        var zeros = zero?.Read();
        axis = axis < 0 ? axis + quantized.Rank : axis;
        var inner = axis < quantized.Rank ? quantized.Shape.Skip(axis + 1).Aggregate(1L, (product, size) => product * size) : 1;
        var length = axis < quantized.Rank ? quantized.Shape[axis] : 1;
        var slices = scales.Length == 1 ? 1 : scale.Rank == quantized.Rank ? scale.Shape[axis] : length;
        var blocked = scales.Length > 1 && scale.Rank == quantized.Rank && scale.Rank > 1;
        for (var i = 0L; i < values.LongLength; i++)
        {
            var slice = i / inner % length * slices / length;
            var index = scales.Length == 1 ? 0 : blocked ? ((i / inner / length * slices) + slice) * inner + (i % inner) : slice;
            values[i] = (values[i] - (zeros is null ? 0 : zeros[zeros.Length == 1 ? 0 : index])) * scales[index];
        }

        return values;
    });

    /// <summary>Decodes ONNX Runtime's MatMulNBits weight, [N, blocks, block·bits/8], into [K, N].</summary>
    /// <param name="packed">The packed integers, low bits first.</param>
    /// <param name="scale">One scale a block: N·blocks.</param>
    /// <param name="zero">Zero points: packed as the integers, or floats; null for 2^(bits−1).</param>
    /// <param name="rows">K.</param>
    /// <param name="columns">N.</param>
    /// <param name="bits">2, 4 or 8.</param>
    /// <param name="block">Elements of a block.</param>
    public static Weight DecodeBlocks(Weight packed, Weight scale, Weight? zero, int rows, int columns, int bits, int block) => new([rows, columns], () =>
    {
        var bytes = packed.Read();
        var scales = scale.Read();
        var zeros = zero?.Read();
        var blocks = (rows + block - 1) / block;
        var zeroBytes = ((blocks * bits) + 7) / 8;
        var zerosArePacked = zeros is not null && zeros.Length == (long)columns * zeroBytes;
        var result = new float[(long)rows * columns];
        for (var n = 0; n < columns; n++)
            for (var k = 0; k < rows; k++)
            {
                var index = (n * blocks) + (k / block);
                var offset = zeros is null ? 1 << (bits - 1) : zerosArePacked ? Unpack(zeros, n * zeroBytes, k / block, bits) : zeros[index];
                var value = Unpack(bytes, index * (block * bits / 8), k % block, bits);
                result[((long)k * columns) + n] = (value - offset) * scales[index];
            }

        return result;
    });

    private static int Unpack(float[] bytes, int start, int element, int bits) =>
        ((int)bytes[start + (element * bits / 8)] >> (element * bits % 8)) & ((1 << bits) - 1);
}
