using BroadcastCaptions.Speech.Words;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Speech.Tests.Words;

public sealed class CutJointTests
{
    [Theory]
    [InlineData("lovely April of her prime.", "lovely April of her prime")]
    [InlineData("is it so?", "is it so?")]
    [InlineData("and then...", "and then...")]
    [InlineData("we saw Mr.", "we saw Mr.")]
    [InlineData("in the U.S.", "in the U.S.")]
    [InlineData(".", ".")]
    public void A_sentence_does_not_end_where_it_was_cut(string heard, string written) => Assert.Equal(written, Mended(heard, goesOn: true));

    [Theory]
    [InlineData("This thy golden time.", "this thy golden time.")]
    [InlineData("So, we go", "so, we go")]
    [InlineData("Anne was there", "Anne was there")]
    [InlineData("I was there", "I was there")]
    [InlineData("May came", "May came")]
    public void No_sentence_begins_behind_a_cut(string heard, string written) => Assert.Equal(written, Mended(heard, follows: true));

    [Fact]
    public void In_other_languages_capitals_stay() => Assert.Equal("Die Katze", Mended("Die Katze", follows: true, language: "de"));

    [Fact]
    public void Between_pauses_nothing_is_changed() => Assert.Equal("This is it.", Mended("This is it."));

    [Fact]
    public void Nothing_has_nothing_to_mend() => Assert.Equal("", Mended("", goesOn: true, follows: true));

    private static string Mended(string heard, bool goesOn = false, bool follows = false, string language = "en")
    {
        var words = heard.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => new TimedWord(text, MediaTime.Zero, MediaTime.Zero, 0.9)).ToList();
        CutJoint.Mend(words, language, goesOn, follows);
        return TimedWord.Join(words);
    }
}
