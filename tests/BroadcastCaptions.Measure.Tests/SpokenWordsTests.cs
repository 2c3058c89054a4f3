namespace BroadcastCaptions.Measure.Tests;

public sealed class SpokenWordsTests
{
    [Theory]
    [InlineData("eighteen thirteen", "1 8 1 3")]
    [InlineData("1813", "1 8 1 3")]
    [InlineData("one eight one three", "1 8 1 3")]
    [InlineData("five million", "5 0 0 0 0 0 0")]
    [InlineData("5 million", "5 0 0 0 0 0 0")]
    [InlineData("twenty-first", "2 1 th")]
    [InlineData("21st", "2 1 th")]
    [InlineData("two hundred and five", "2 0 5")]
    [InlineData("one oh five", "1 0 5")]
    [InlineData("1,813 and 3.5%", "1 8 1 3 and 3 point 5 percent")]
    [InlineData("Uh, I won't; they’ve [laughter] GONE!", "i will not they have gone")]
    [InlineData("gold-ring 'quoted'", "gold ring quoted")]
    public void Text_is_levelled(string text, string words) => Assert.Equal(words, string.Join(' ', SpokenWords.Of(text)));

    [Fact]
    public void Other_languages_keep_their_number_words() =>
        Assert.Equal(["zwei", "und", "1813", "l'été"], SpokenWords.Of("Zwei und 1813, l’été!", english: false));
}
