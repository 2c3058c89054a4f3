using BroadcastCaptions.Failures;
using BroadcastCaptions.Speech;

namespace BroadcastCaptions.Core.Tests;

public sealed class SpokenLanguageTests
{
    [Theory]
    [InlineData("de", "de")]
    [InlineData("DE", "de")]
    [InlineData("de-AT", "de")]
    [InlineData("pt_BR", "pt")]
    [InlineData(" German ", "de")]
    [InlineData("mandarin", "zh")]
    [InlineData("nb", "no")] // Whisper's one code for both Norwegians' most written form
    [InlineData("jv", "jw")] // and its own for Javanese
    [InlineData("yue", "yue")]
    [InlineData("Haitian Creole", "ht")]
    public void A_code_a_tag_and_a_name_are_understood(string given, string code) => Assert.Equal(code, SpokenLanguage.CodeOf(given));

    [Theory]
    [InlineData("xx")]
    [InlineData("klingon")]
    [InlineData("")]
    [InlineData("-de")]
    public void Anything_else_is_bad_usage(string given)
    {
        var failure = Assert.Throws<CaptionsException>(() => SpokenLanguage.CodeOf(given));
        Assert.Contains($"no language \"{given}\"", failure.Message);
        Assert.Equal(ExitCode.Usage, failure.Code);
    }
}
