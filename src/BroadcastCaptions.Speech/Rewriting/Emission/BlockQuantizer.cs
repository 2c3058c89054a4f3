using System.Numerics.Tensors;

namespace BroadcastCaptions.Speech.Rewriting.Emission;

/// <summary>A matrix in the layout of ONNX Runtime's MatMulNBits.</summary>
/// <param name="Packed">[N, blocks, block] bytes: the transposed matrix, value = (byte − 128) × scale.</param>
/// <param name="Scales">[N, blocks].</param>
/// <param name="Blocks">Blocks a column.</param>
internal sealed record BlockQuantized(byte[] Packed, float[] Scales, int Blocks);

/// <summary>
/// Quantises weights to 8 bits in blocks along the inner dimension, symmetric (the only form that the fast kernels of
/// MatMulNBits take): a block's largest value maps to ±127, so an error is at most 1/254 of it.
/// </summary>
internal static class BlockQuantizer
{
    /// <summary>Elements a block, where nothing else is said; 16 is the least that ONNX Runtime takes, 128 costs accuracy (facts.md §2 measured 32).</summary>
    public const int Block = 32;

    private const int Zero = 128;
    private const int Largest = 127;

    /// <summary>Quantises a [K, N] matrix.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="size">Elements a block, a power of two.</param>
    public static BlockQuantized Quantize(Matrix matrix, int size = Block)
    {
        var blocks = (matrix.Rows + size - 1) / size;
        var result = new BlockQuantized(new byte[matrix.Columns * blocks * size], new float[matrix.Columns * blocks], blocks);
        Span<float> values = stackalloc float[size];
        for (var column = 0; column < matrix.Columns; column++)
            for (var block = 0; block < blocks; block++)
            {
                values.Clear();
                for (var i = 0; i < size && (block * size) + i < matrix.Rows; i++)
                    values[i] = matrix.Values[(((block * size) + i) * matrix.Columns) + column];
                var index = (column * blocks) + block;
                result.Scales[index] = Quantize(values, result.Packed.AsSpan(index * size, size));
            }

        return result;
    }

    private static float Quantize(ReadOnlySpan<float> values, Span<byte> packed)
    {
        var scale = Math.Abs(TensorPrimitives.MaxMagnitude(values)) / Largest;
        for (var i = 0; i < values.Length; i++)
            packed[i] = (byte)(Zero + (scale == 0 ? 0 : Math.Clamp((int)MathF.Round(values[i] / scale), -Largest, Largest)));
        return scale;
    }
}
