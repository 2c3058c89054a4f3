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
        var pack = new SpeechPack(512 * 10);
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
    public void A_full_pack_is_cut_where_speech_dips_near_its_end()
    {
        var step = new float[512];
        var pack = new SpeechPack(512 * 100);
        pack.Begin(0);
        for (var i = 0; i < 99; i++) pack.Add(step, i is (> 40 and < 50) or (> 80 and < 88) ? 0 : 1);
        Assert.Equal(0, pack.Ready);
        pack.Add(step, 1);
        Assert.InRange(pack.Ready, 512 * 81, 512 * 88);
    }
}
