using BroadcastCaptions.Captions.Layout;

namespace BroadcastCaptions.Captions.Tests.Layout;

public class TextWidthTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("hello", 5)]
    [InlineData("naïve", 5)]
    [InlineData("nai\u0308ve", 5)] // combining diaeresis
    [InlineData("日本語", 6)]
    [InlineData("ｶﾅ", 2)] // halfwidth katakana
    [InlineData("ＡＢ", 4)] // fullwidth Latin
    [InlineData("한국", 4)]
    [InlineData("👍", 2)]
    [InlineData("👨‍👩‍👧", 2)] // a family of joined emoji
    [InlineData("🇩🇪", 2)] // a flag
    [InlineData("❤️", 2)] // emoji presentation
    [InlineData("❤", 1)]
    [InlineData("स्थ", 2)]
    [InlineData("…—", 2)]
    public void Counts_columns(string text, int columns) => Assert.Equal(columns, TextWidth.Of(text));

    [Theory]
    [InlineData(0x10FF, false)]
    [InlineData(0x1100, true)]
    [InlineData(0x115F, true)]
    [InlineData(0x1160, false)]
    [InlineData(0x4E00, true)]
    [InlineData(0x1F600, true)]
    [InlineData(0x3FFFD, true)]
    [InlineData(0x3FFFE, false)]
    public void Range_bounds_are_inclusive(int codePoint, bool wide) => Assert.Equal(wide, WideRanges.Contains(codePoint));
}
