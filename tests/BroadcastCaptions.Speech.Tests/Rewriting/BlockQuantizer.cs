using System.Numerics.Tensors;
using BroadcastCaptions.Speech.Rewriting.Emission;

namespace BroadcastCaptions.Speech.Tests.Rewriting;

/// <summary>A matrix in the layout of ONNX Runtime's MatMulNBits.</summary>
/// <param name="Packed">[N, blocks, block] bytes: the transposed matrix, value = (byte − 128) × scale.</param>
/// <param name="Scales">[N, blocks].</param>
/// <param name="Blocks">Blocks a column.</param>
internal sealed record BlockQuantized(byte[] Packed, float[] Scales, int Blocks);

/// <summary>Quantises weights to 8 bits in blocks along the inner dimension, symmetric, as an exporter does for MatMulNBits.</summary>
internal static class BlockQuantizer
{
    /// <summary>Elements a block.</summary>
    public const int Block = 32;

    private const int Zero = 128;
    private const int Largest = 127;

    /// <summary>Quantises a [K, N] matrix.</summary>
    /// <param name="matrix">The matrix.</param>
    public static BlockQuantized Quantize(Matrix matrix)
    {
        var blocks = (matrix.Rows + Block - 1) / Block;
        var result = new BlockQuantized(new byte[matrix.Columns * blocks * Block], new float[matrix.Columns * blocks], blocks);
        Span<float> values = stackalloc float[Block];
        for (var column = 0; column < matrix.Columns; column++)
            for (var block = 0; block < blocks; block++)
            {
                values.Clear();
                for (var i = 0; i < Block && (block * Block) + i < matrix.Rows; i++)
                    values[i] = matrix.Values[(((block * Block) + i) * matrix.Columns) + column];
                var index = (column * blocks) + block;
                result.Scales[index] = Quantize(values, result.Packed.AsSpan(index * Block, Block));
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
