using BroadcastCaptions.Speech.Arithmetic;

namespace BroadcastCaptions.Speech.Tests.Arithmetic;

public sealed class GeluTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(3001)]
    public void It_is_the_number_times_the_normal_distribution(int count)
    {
        float[] numbers = [.. Enumerable.Range(0, count).Select(i => (i - (count / 2)) * 0.005f)];
        var results = numbers.ToArray();

        Gelu.Apply(results);

        for (var i = 0; i < count; i++) Assert.Equal(numbers[i] * Normal(numbers[i]), results[i], 2e-6);
    }

    [Fact]
    public void It_holds_far_out()
    {
        float[] numbers = [-1e30f, -50, 50, 1e15f, 0, -0f];

        Gelu.Apply(numbers);

        Assert.Equal([0, 0, 50, 1e15f, 0, 0], numbers);
    }

    /// <summary>By its series: Φ(x) = 1/2 + φ(x) · (x + x³/3 + x⁵/15 + …).</summary>
    private static double Normal(double x)
    {
        var (sum, term) = (x, x);
        for (var i = 3; i < 400; i += 2) sum += term *= x * x / i;
        return 0.5 + (sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI));
    }
}
