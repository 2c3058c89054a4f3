using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Streaming;

namespace BroadcastCaptions.Speech.Tests.Streaming;

/// <summary>Between two words that both readings have, the more probable one is taken.</summary>
public sealed class ReadingBlendTests
{
    private readonly ReadingBlend _blend = new();

    [Theory]
    [InlineData("I=-1 drink=-4 so=-1", "I=-9 think=-1 so=-1", "I think so")] // what both have is no reason
    [InlineData("I=-1 think=-1 so=-1", "I=-1 drink=-4 so=-1", "I think so")]
    [InlineData("I=-1 think=-1 so=-1", "I=-1 drink=-1 so=-1", "I think so")]
    [InlineData("a=-1 bat=-5 and=-1 a=-1 hat=-1", "a=-1 cat=-1 and=-1 a=-1 cap=-5", "a cat and a hat")]
    [InlineData("the=-1 the=-2 cat=-1", "the=-1 cat=-1", "the cat")]
    [InlineData("the=-1 cat=-6", "the=-1 black=-1 cat=-1", "the black cat")] // the cat is foretold by what stands before it
    [InlineData("the=-1 cat=-2", "the=-1 black=-2 cat=-1", "the cat")]
    [InlineData("oh=-3 yes=-1", "yes=-1", "yes")]
    [InlineData("yes=-1 you=-3", "yes=-1", "yes you")] // how probable the end is nobody knows
    [InlineData("yes=-1", "yes=-1 you=-3", "yes")]
    [InlineData("yes=-1 shoe=-3", "yes=-1 you=-2", "yes you")]
    [InlineData("Well,=-1 so=-3 it=-1 is.=-1", "well=-1 though=-1 it=-1 is=-1", "Well, though it is.")]
    public void More_probable_stretches_are_taken(string better, string other, string expected) => Assert.Equal(expected, Text(_blend.Of(SpokenReading.Of(better), SpokenReading.Of(other))));

    [Fact]
    public void Tokens_follow_the_words()
    {
        var blended = _blend.Of(SpokenReading.Of("a=-1 bat=-5 and=-2 a=-1 hat=-1"), SpokenReading.Of("a=-1 cat=-1 and=-1 a=-1 cap=-5"));
        Assert.Equal([-1, -1, -1, -1, -1], blended.Tokens.Select(token => token.LogProbability));
        Assert.Equal(blended.Words.Select((_, i) => i..(i + 1)), blended.Words.Select(word => word.Tokens));
    }

    [Fact]
    public void Where_nothing_is_taken_the_reading_itself_comes_back()
    {
        var better = SpokenReading.Of("I=-1 think=-1 so=-1");
        Assert.Same(better, _blend.Of(better, SpokenReading.Of("I=-1 drink=-4 so=-1")));
        Assert.Same(better, _blend.Of(better, ModelText.Empty));
    }

    [Fact]
    public void A_word_that_begins_one_reading_has_a_space_within_the_other() =>
        Assert.Equal([false, true, true], _blend.Of(SpokenReading.Of("oh=-1 dear=-9 me=-1"), SpokenReading.Of("oh=-1 my=-1 me=-1")).Words.Select(word => word.SpaceBefore));

    private static string Text(ModelText text) => string.Join(' ', text.Words.Select(word => word.Text));
}
