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
        var spans = new WordMatch().Find(first.Split(' '), second.Split(' ')).ToArray();

        Assert.Equal(expected, string.Join(' ', spans.Select(span => span.First < 0 ? "-" : span.First == span.Last ? $"{span.First}" : $"{span.First}-{span.Last}")));
    }
}
