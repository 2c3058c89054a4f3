namespace BroadcastCaptions.Measure.Tests;

public sealed class WordTimeErrorsTests
{
    private readonly ReferenceWord[] _spoken = [new("so", 0.5, 1), new("it", 1, 1.25), new("goes", 1.5, 2), new("so", 4, 4.5)];

    [Fact]
    public void Each_word_that_both_have_counts() =>
        Assert.Equal([0.25, 0, 0.5], WordTimeErrors.Of(_spoken, [("So,", 1.25), ("It", 1.25), ("flows", 1.75), ("so.", 5)]));

    [Fact]
    public void A_word_of_the_same_name_long_after_it_is_another() => Assert.Equal([0.5], WordTimeErrors.Of(_spoken, [("so", 4)]));

    [Fact]
    public void Nothing_heard_is_nothing_off() => Assert.Empty(WordTimeErrors.Of(_spoken, []));
}
