using BroadcastCaptions.Speech.Words;

namespace BroadcastCaptions.Speech.Tests.Words;

public sealed class WordMatchTests
{
    [Theory]
    [InlineData("go for ten", "Go, for ten.", "0 1 2")]
    [InlineData("go four ten", "go for ten", "0 - 2")]
    [InlineData("the gold ring", "the gold-ring", "0 1-2")]
    [InlineData("the gold-ring", "the gold ring", "0 1 1")]
    [InlineData("the gold-rare", "the gold ring", "0 - -")] // half a compound is another word
    [InlineData("the gold", "the gold-ring", "0 -")]
    public void Words_are_compared_by_their_parts(string first, string second, string expected)
    {
        var spans = new WordMatch().Find(Of(first), Of(second)).ToArray();

        Assert.Equal(expected, string.Join(' ', spans.Select(span => span.First < 0 ? "-" : span.First == span.Last ? $"{span.First}" : $"{span.First}-{span.Last}")));
    }

    [Fact]
    public void Words_that_were_heard_apart_are_two()
    {
        var spans = new WordMatch().Find([("ten", 1.0, 1.2), ("ten", 3.0, 3.2)], [("ten", 3.4, 3.6)]).ToArray();

        Assert.Equal(new WordMatch.Span(1, 1), Assert.Single(spans));
    }

    [Fact]
    public void A_word_that_was_taken_to_be_as_long_as_the_silence_behind_it_is_the_same()
    {
        var spans = new WordMatch().Find([("words", 13.5, 17.0)], [("words", 13.5, 14.0)]).ToArray();

        Assert.Equal(new WordMatch.Span(0, 0), Assert.Single(spans));
    }

    private static IEnumerable<(string Text, double From, double To)> Of(string text) => text.Split(' ').Select(word => (word, double.NaN, double.NaN));
}
