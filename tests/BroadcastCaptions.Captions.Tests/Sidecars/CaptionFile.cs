using System.Globalization;
using System.Text.RegularExpressions;

namespace BroadcastCaptions.Captions.Tests.Sidecars;

/// <summary>Reads caption files as strictly as a player may: anything that is not the format fails the test.</summary>
internal sealed partial record CaptionFile(double Start, double End, string[] Lines)
{
    public string Text => string.Join(' ', Lines);

    public static IReadOnlyList<CaptionFile> Srt(string content)
    {
        var cues = new List<CaptionFile>();
        foreach (var block in Blocks(content))
        {
            Assert.Equal((cues.Count + 1).ToString(CultureInfo.InvariantCulture), block[0]);
            cues.Add(Cue(block[1], block[2..], SrtTimes()));
        }

        return Checked(cues);
    }

    public static IReadOnlyList<CaptionFile> Vtt(string content)
    {
        var blocks = Blocks(content);
        Assert.Equal(["WEBVTT"], blocks[0]);
        return Checked([.. blocks.Skip(1).Where(block => !block[0].StartsWith("NOTE ", StringComparison.Ordinal)).Select(block => Cue(block[0], block[1..], VttTimes()))]);
    }

    private static List<string[]> Blocks(string content)
    {
        if (content.Length == 0) return [];
        Assert.EndsWith("\n\n", content, StringComparison.Ordinal);
        return [.. content[..^2].Split("\n\n").Select(block => block.Split('\n'))];
    }

    private static CaptionFile Cue(string times, string[] lines, Regex form)
    {
        var match = form.Match(times);
        Assert.True(match.Success, times);
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.NotEqual("", line.Trim()));
        return new CaptionFile(Seconds(match.Groups["from"].Value), Seconds(match.Groups["to"].Value), lines);
    }

    private static List<CaptionFile> Checked(List<CaptionFile> cues)
    {
        Assert.All(cues, cue => Assert.True(cue.End > cue.Start, $"{cue.Start} → {cue.End}"));
        Assert.Equal(cues.Select(cue => cue.Start).Order(), cues.Select(cue => cue.Start));
        return cues;
    }

    private static double Seconds(string time) => TimeSpan.Parse(time.Replace(',', '.'), CultureInfo.InvariantCulture).TotalSeconds;

    [GeneratedRegex(@"^(?<from>\d\d:\d\d:\d\d,\d{3}) --> (?<to>\d\d:\d\d:\d\d,\d{3})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SrtTimes();

    [GeneratedRegex(@"^(?<from>\d\d:\d\d:\d\d\.\d{3}) --> (?<to>\d\d:\d\d:\d\d\.\d{3})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VttTimes();
}
