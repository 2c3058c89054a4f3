using BroadcastCaptions.Speech.Rewriting.Emission;
using BroadcastCaptions.Speech.Rewriting.Extraction;

namespace BroadcastCaptions.Speech.Tests.Rewriting;

public sealed class BlockQuantizerTests
{
    [Fact]
    public void An_error_is_at_most_half_a_step_of_its_block()
    {
        var random = new Random(3);
        var matrix = new Matrix(70, 5, [.. Enumerable.Range(0, 350).Select(_ => random.NextSingle() - 0.5f)]); // 70: the last block is not full

        var quantized = BlockQuantizer.Quantize(matrix);

        Assert.Equal(3, quantized.Blocks);
        var packed = new Weight([quantized.Packed.Length], () => [.. quantized.Packed.Select(value => (float)value)]);
        var scales = new Weight([quantized.Scales.Length], () => quantized.Scales);
        var decoded = Quantization.DecodeBlocks(packed, scales, zero: null, matrix.Rows, matrix.Columns, bits: 8, BlockQuantizer.Block).Read();
        for (var row = 0; row < matrix.Rows; row++)
            for (var column = 0; column < matrix.Columns; column++)
            {
                var step = quantized.Scales[(column * quantized.Blocks) + (row / BlockQuantizer.Block)];
                var error = MathF.Abs(matrix.Row(row)[column] - decoded[(row * matrix.Columns) + column]);
                Assert.InRange(error, 0, step * 0.5001f);
            }
    }

    [Fact]
    public void Zeros_stay_zeros()
    {
        var quantized = BlockQuantizer.Quantize(new Matrix(32, 1, new float[32]));

        Assert.All(quantized.Packed, value => Assert.Equal(128, value));
        Assert.Equal(0, quantized.Scales[0]);
    }
}
