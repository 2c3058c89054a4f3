namespace BroadcastCaptions.Measure.Tests;

public sealed class SequenceMatchTests
{
    [Fact]
    public void The_longest_run_is_taken_first_even_where_another_alignment_keeps_more()
    {
        // "a b" + "c d" keeps four words in order; the run "x y z" in the middle of b is longer than either, so it wins.
        var match = new SequenceMatch("a b x y z c d".Split(' '), "x y z a b c d".Split(' '));
        Assert.Equal([(2, 0), (3, 1), (4, 2), (5, 5), (6, 6)], match.Pairs().Where(pair => pair.Same).Select(pair => (pair.A, pair.B)));
    }

    [Fact]
    public void Replaced_runs_pair_up_from_their_start() => Assert.Equal(
        [(0, 0, true), (1, 1, false), (3, 2, true)],
        new SequenceMatch(["a", "x", "y", "b"], ["a", "z", "b"]).Pairs());

    [Theory]
    [InlineData("", "", 1)]
    [InlineData("a b", "b c", 0.5)]
    [InlineData("a", "b", 0)]
    public void Ratio_is_twice_the_common_words_over_all(string a, string b, double ratio) => Assert.Equal(
        ratio, new SequenceMatch(a.Split(' ', StringSplitOptions.RemoveEmptyEntries), b.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Ratio());
}
