using BroadcastCaptions.Choosing;

namespace BroadcastCaptions.Tests.Choosing;

public sealed class FirstChoiceTests
{
    private const double Share = 0.7;
    private const double Quick = 0.05;
    private const double Slow = 0.3;

    [Theory]
    [InlineData(true, Quick, true, 0.02, "moonshine-base")]
    [InlineData(true, Slow, true, 0.1, "moonshine-tiny")]
    [InlineData(true, null, true, null, "moonshine-tiny")] // not measured: nobody waits for a measurement that is not there
    [InlineData(false, Quick, true, 0.02, "moonshine-tiny")] // to be fetched: not at the start
    [InlineData(true, Slow, false, null, "moonshine-base")] // all that is here
    [InlineData(false, null, false, null, "moonshine-tiny")] // the smaller download
    public void The_best_that_is_here_and_holds_the_target(bool baseHere, double? baseCost, bool tinyHere, double? tinyCost, string chosen) =>
        Assert.Equal(chosen, FirstChoice.Of(Two(baseHere, baseCost, tinyHere, tinyCost), Share).Name);

    [Theory]
    [InlineData(true, true, "moonshine-base")]
    [InlineData(false, true, "moonshine-tiny")]
    public void Recordings_get_the_best_that_is_here_however_slow(bool baseHere, bool tinyHere, string chosen) =>
        Assert.Equal(chosen, FirstChoice.Best(Two(baseHere, Slow, tinyHere, Quick)).Name);

    [Theory]
    [InlineData(false, 0.02, "moonshine-base")]
    [InlineData(false, null, "moonshine-base")]
    [InlineData(false, 0.12, null)] // twice the size would be too slow
    [InlineData(true, 0.02, null)] // it is here
    public void A_better_one_is_fetched_where_the_machine_would_hold_it(bool baseHere, double? tinyCost, string? fetched)
    {
        var candidates = Two(baseHere, null, true, tinyCost);
        Assert.Equal(fetched, FirstChoice.WorthFetching(candidates, candidates[1], Share)?.Name);
    }

    [Fact]
    public void Less_of_the_processor_is_a_smaller_model()
    {
        Assert.True(LatencyTarget.Holds(Quick, Share));
        Assert.False(LatencyTarget.Holds(Quick, Share / 4));
    }

    [Fact]
    public void The_best_comes_first() => Assert.Equal(["moonshine-base", "moonshine-tiny"], AutoModel.Choices.Select(model => model.Name));

    private static Candidate[] Two(bool baseHere, double? baseCost, bool tinyHere, double? tinyCost)
    {
        var models = AutoModel.Choices.ToArray();
        return [new(models[0], baseHere, baseCost), new(models[^1], tinyHere, tinyCost)];
    }
}
