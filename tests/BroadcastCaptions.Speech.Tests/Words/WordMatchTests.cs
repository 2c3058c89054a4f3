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
        var spans = new WordMatch().Find([("ten", 1.0), ("ten", 3.0)], [("ten", 3.4)]).ToArray();

        Assert.Equal(new WordMatch.Span(1, 1), Assert.Single(spans));
    }

    private static IEnumerable<(string Text, double At)> Of(string text) => text.Split(' ').Select(word => (word, double.NaN));
}
