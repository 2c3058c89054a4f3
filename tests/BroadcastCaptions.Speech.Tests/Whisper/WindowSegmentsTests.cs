using BroadcastCaptions.Speech.Whisper;

namespace BroadcastCaptions.Speech.Tests.Whisper;

public sealed class WindowSegmentsTests
{
    private static readonly SpecialTokens Marks = new(11, 10, 13, 12, 14, 15, 16, new Dictionary<string, int>());

    [Theory]
    [InlineData("<0> 1 2 <100>", "0-2", 30)] // one time mark at the end: the window is done
    [InlineData("<0> 1 <50> <60> 2 <100>", "0-1 1.2-2", 30)]
    [InlineData("<0> 1 <50> <60> 2", "0-1", 1)] // the last segment is not complete: heard again from the end of the one before
    [InlineData("<0> 1 <50> <50>", "0-1", 1)]
    [InlineData("<5> 1 2", "0.1-0.1", 30)]
    [InlineData("1 2", "0-30", 30)]
    [InlineData("", "0-30", 30)]
    public void Time_marks_part_a_window(string text, string segments, double consumed)
    {
        ScoredToken[] tokens = [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(item =>
            new ScoredToken(item[0] == '<' ? Marks.FirstTimestamp + int.Parse(item[1..^1], null) : int.Parse(item, null), 0))];
        var found = WindowSegments.Of(tokens, Marks, seconds: 30);
        Assert.Equal(segments, string.Join(' ', found.Segments.Select(part => FormattableString.Invariant($"{part.Start:0.##}-{part.End:0.##}"))));
        Assert.Equal(consumed, found.Consumed, 1e-9);
    }

    [Fact]
    public void A_pack_knows_where_its_stretches_were()
    {
        var pack = new SpeechPack(512 * 10, 512 * 10);
        var step = new float[512];
        pack.Begin(5120);
        for (var i = 0; i < 3; i++) pack.Add(step, 1);
        pack.Begin(51200);
        for (var i = 0; i < 5; i++) pack.Add(step, i == 2 ? 0 : 1);

        var joint = 3 * 0.032;
        var first = pack.Take(512 * 4);
        Assert.Equal(0.32 + joint, first.Media(joint, isEnd: true), 1e-9);
        Assert.Equal(3.2, first.Media(joint, isEnd: false), 1e-9);
        Assert.Equal(4 * 512, pack.Count);
        var rest = pack.Take(pack.Count);
        Assert.Equal(3.232, rest.Media(0, isEnd: false), 1e-9);
        Assert.Equal(3 * 0.032, rest.SpeechFrom(0), 1e-9);
        Assert.Equal(0, pack.Count);
    }

    [Fact]
    public void A_single_stretch_that_pauses_soon_is_left_whole_and_others_are_cut_where_speech_dips()
    {
        var step = new float[512];
        var single = new SpeechPack(512 * 100, 512 * 120);
        single.Begin(0);
        for (var i = 0; i < 110; i++) single.Add(step, i is > 85 and < 93 ? 0 : 1);
        Assert.Equal(0, single.Ready(goesOn: true));
        Assert.Equal(512 * 110, single.Ready(goesOn: false));
        for (var i = 110; i < 120; i++) single.Add(step, 1);
        Assert.InRange(single.Ready(goesOn: true), 512 * 86, 512 * 93);
        single.Begin(512 * 200);
        Assert.Equal(single.Ready(goesOn: true), single.Ready(goesOn: false));
    }
}
