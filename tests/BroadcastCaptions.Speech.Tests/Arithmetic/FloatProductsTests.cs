using BroadcastCaptions.Speech.Arithmetic;

namespace BroadcastCaptions.Speech.Tests.Arithmetic;

/// <summary>Products of floats: the same whatever computes them, but for rounding.</summary>
public sealed unsafe class FloatProductsTests
{
    private readonly Random _random = new(5);

    [Theory]
    [InlineData(256, 258, 4, 128)] // rows that overlap; a block that is not full
    [InlineData(387, 128, 4, 129)]
    [InlineData(384, 64, 2, 256)] // fewer rows than are taken at once
    [InlineData(256, 512, 1, 0)]
    [InlineData(7, 80, 6, 7)] // more rows; blocks that do not make up a wide one
    public void They_are_what_a_plain_loop_gives(int inputs, int outputs, int count, int distance)
    {
        var weights = Floats(inputs * outputs);
        var (bias, rows) = (Floats(outputs), Floats(inputs + (count * distance)));
        using var matrix = new FloatMatrix(inputs, outputs, (input, output) => weights[(output * inputs) + input], bias);
        float[] products = new float[count * matrix.Outputs], anywhere = new float[products.Length];
        fixed (float* from = rows, to = products, other = anywhere)
        {
            FloatProducts.Multiply(from, distance, count, matrix, to, least: -1);
            FloatProducts.MultiplyAnywhere(from, distance, count, matrix, other, least: -1);
        }

        for (var i = 0; i < products.Length; i++)
        {
            var (row, output) = (i / matrix.Outputs, i % matrix.Outputs);
            var sum = output < outputs ? (double)bias[output] : 0;
            for (var input = 0; output < outputs && input < inputs; input++) sum += (double)rows[(row * distance) + input] * weights[(output * inputs) + input];
            Assert.Equal(Math.Max(-1, sum), products[i], 1e-4);
            Assert.Equal(Math.Max(-1, sum), anywhere[i], 1e-4);
        }
    }

    private float[] Floats(int count) => [.. Enumerable.Range(0, count).Select(_ => (2 * _random.NextSingle()) - 1)];
}
