using BroadcastCaptions.Captions;
using BroadcastCaptions.Obs.Text;
using BroadcastCaptions.Options;

namespace BroadcastCaptions.Obs.Tests;

public class TextStyleTests
{
    [Theory]
    [InlineData(1280, 720, 2, 42)]
    [InlineData(1920, 1080, 2, 42)]
    [InlineData(1920, 1080, 4, 20)]
    [InlineData(1080, 1920, 2, 42)]
    [InlineData(3840, 2160, 1, 10)]
    [InlineData(640, 480, 10, 200)]
    public void Lines_and_columns_fit_on_the_canvas_and_are_as_large_as_they_can_be(int width, int height, int lines, int columns)
    {
        const double widest = 0.65; // a line of capitals in DejaVu Sans Bold, measured in OBS
        var style = TextStyle.For(width, height, new DisplayOptions { Lines = lines, Columns = columns });
        var block = style.EstimatedHeight(lines);
        var legible = style.FontSize == 8; // smaller nobody can read
        Assert.True(legible || style.Left + (columns * widest * style.FontSize) <= width);
        Assert.True(legible || style.Bottom - block >= height / 2.0);
        Assert.True(legible || columns * style.FontSize > width || block > height * 0.35, $"{style} could be larger");
    }

    [Theory]
    [InlineData("text_ft2_source_v2", "image_source", "text_ft2_source_v2", "text_ft2_source")]
    [InlineData("text_gdiplus_v3", "text_ft2_source_v2", "text_gdiplus_v2", "text_gdiplus_v3", "text_gdiplus")]
    [InlineData("text_gdiplus_v2", "text_gdiplus_v2", "text_ft2_source_v2")]
    [InlineData(null, "image_source", "browser_source")]
    public void Takes_the_best_kind_of_text_input(string? best, params string[] offered) => Assert.Equal(best, TextKind.Best(offered));

    [Fact]
    public void A_block_has_always_as_many_lines()
    {
        Assert.Equal("one\n ", CaptionBlock.From(Cue("one"), 2));
        Assert.Equal("one\ntwo", CaptionBlock.From(Cue("one", "two"), 2));
        Assert.Equal(" \ntwo\n ", CaptionBlock.From(Cue("", "two"), 3));
        Assert.Equal("", CaptionBlock.From(Cue("", " "), 2));
        Assert.Equal("", CaptionBlock.From(Cue(), 2));
    }

    private static CaptionCue Cue(params string[] lines) => new(1, 1, default, default, [.. lines.Select(line => new CaptionLine(line, "mic", 0))]);
}
