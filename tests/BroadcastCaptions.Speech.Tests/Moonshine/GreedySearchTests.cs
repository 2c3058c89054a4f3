using BroadcastCaptions.Speech.Moonshine;

namespace BroadcastCaptions.Speech.Tests.Moonshine;

public sealed class GreedySearchTests
{
    private readonly GreedySearch _search = new();
    private readonly List<ScoredToken> _found = [];

    [Fact]
    public void It_decodes_to_the_end_mark()
    {
        Assert.Equal([10, 11, 12], Run(new(10, 11, 12)));
    }

    [Fact]
    public void A_known_text_costs_one_pass()
    {
        var decoder = new ScriptedDecoder(10, 11, 12, 13);

        Assert.Equal([10, 11, 12, 13], Run(decoder, previous: [10, 11, 12, 13]));
        Assert.Equal(0, decoder.Steps);
    }

    [Fact]
    public void Only_what_is_new_is_decoded()
    {
        var decoder = new ScriptedDecoder(10, 11, 12, 13, 14);

        Assert.Equal([10, 11, 12, 13, 14], Run(decoder, previous: [10, 11, 20]));
        Assert.Equal(3, decoder.Steps); // takes in 12, 13 and 14
    }

    [Fact]
    public void Tokens_of_a_larger_vocabulary_are_no_known_text()
    {
        var decoder = new ScriptedDecoder(10, 11, 12);

        Assert.Equal([10, 11, 12], Run(decoder, previous: [10, 50_000, 12]));
        Assert.Equal(2, decoder.Steps); // takes in 11 and 12
    }

    [Fact]
    public void A_text_that_shrank_is_cut_back()
    {
        Assert.Equal([10], Run(new(10), previous: [10, 11, 12]));
    }

    [Fact]
    public void Where_words_are_expected_the_end_is_not_the_beginning()
    {
        Assert.Empty(Run(new(GreedySearch.End, 17)));
        Assert.Equal([17], Run(new(GreedySearch.End, 17, GreedySearch.End, GreedySearch.End), expectWords: true).Take(1));
    }

    [Theory]
    [InlineData(8, true)] // the word begins with 0.12
    [InlineData(7, false)] // with 0.05
    public void Where_they_are_not_a_word_that_is_near_is_believed_all_the_same(float score, bool believed)
    {
        var decoder = new ScriptedDecoder(GreedySearch.End, 17, GreedySearch.End, GreedySearch.End) { SecondScore = score };

        Assert.Equal(believed, Run(decoder).Length > 0);
    }

    [Fact]
    public void It_stops_at_the_cap()
    {
        Assert.Equal([10, 11], Run(new(10, 11, 12, 13), cap: 2));
        Assert.Equal([10, 11], Run(new(10, 11, 12, 13), previous: [10, 11, 12], cap: 2));
    }

    [Fact]
    public void A_loop_is_cut_to_one_round_and_told()
    {
        var script = new[] { 10 }.Concat(Enumerable.Repeat(new[] { 20, 21 }, 30).SelectMany(pair => pair)).ToArray();

        var looped = _search.Run(new ScriptedDecoder(script), [], 60, false, _found);

        Assert.True(looped);
        Assert.Equal([10, 20, 21], _found.Select(token => token.Id));
    }

    [Fact]
    public void People_may_say_a_word_five_times()
    {
        Assert.Equal(7, Run(new(10, 11, 11, 11, 11, 11, 12)).Length);
    }

    [Fact]
    public void Probabilities_are_the_softmax_of_the_scores()
    {
        Run(new(10));

        var expected = 10 - Math.Log(Math.Exp(10) + Math.Exp(5) + 38);
        Assert.Equal(expected, _found[0].LogProbability, 1e-4);
    }

    private int[] Run(ScriptedDecoder decoder, int[]? previous = null, int cap = 50, bool expectWords = false)
    {
        _search.Run(decoder, [.. (previous ?? []).Select(id => new ScoredToken(id, 0))], cap, expectWords, _found);
        return [.. _found.Select(token => token.Id)];
    }
}
