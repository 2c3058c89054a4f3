namespace BroadcastCaptions.Measure.Tests;

public sealed class DelaysTests
{
    [Fact]
    public void Quantiles_are_nearest_rank_and_keep_to_the_words_there_are()
    {
        var delays = new Delays([4, 1, 3, 2]);
        Assert.Equal((3, 4, 4), (delays.Quantile(.5), delays.Quantile(.95), delays.Max));
        Assert.Null(new Delays([]).Quantile(.5));
    }

    [Theory]
    [InlineData(0.0625, 0.062)] // a tie in binary goes to the even digit
    [InlineData(0.1875, 0.188)]
    [InlineData(1.0005, 1.0)] // just below the tie in binary
    [InlineData(-0.0625, -0.062)]
    public void Rounding_is_by_the_exact_value(double seconds, double rounded) => Assert.Equal(rounded, Delays.ToMilliseconds(seconds));

    [Fact]
    public void The_interval_holds_the_quantile_and_narrows_with_more_words()
    {
        var random = new Random(7);
        var many = new Delays(Enumerable.Range(0, 2000).Select(_ => random.NextDouble()));
        var few = new Delays(many.Seconds.Where((_, i) => i % 50 == 0));
        var (low, high) = many.Interval(.95)!.Value;
        Assert.InRange(many.Quantile(.95)!.Value, low, high);
        Assert.InRange(.95, low, high);
        var (fewLow, fewHigh) = few.Interval(.95)!.Value;
        Assert.True(high - low < fewHigh - fewLow);
        Assert.Equal(many.Interval(.95), many.Interval(.95));
    }
}
