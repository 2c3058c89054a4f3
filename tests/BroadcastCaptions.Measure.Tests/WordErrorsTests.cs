namespace BroadcastCaptions.Measure.Tests;

public sealed class WordErrorsTests
{
    [Fact]
    public void Substitutions_deletions_and_insertions_each_cost_one() =>
        Assert.Equal(3, WordErrors.FewestEdits(["a", "b", "c", "d"], ["a", "x", "d", "e"]));

    [Fact]
    public void Files_add_up_and_empty_output_is_counted()
    {
        var errors = WordErrors.Of(["a", "b", "c"], []) + WordErrors.Of(["d"], ["d"]) + WordErrors.Of([], []);
        Assert.Equal(new WordErrors(3, 4, 3, 1), errors);
        Assert.Equal(75, errors.Percent);
    }
}
