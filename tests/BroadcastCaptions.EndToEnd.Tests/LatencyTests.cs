using BroadcastCaptions.Measure;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Measurement;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.EndToEnd.Tests;

/// <summary>The product's promise, from OBS's side: words on screen, in order, under 1.5 s after they were spoken.</summary>
[Trait("Category", "EndToEnd")]
[Collection(Alone.Name)]
public sealed class LatencyTests
{
    private const double Promise = 1.5;

    /// <summary>Share of the words that must hold the promise here: a busy machine delays one now and then, bench/latency shows the rest.</summary>
    private const double Share = 0.9;

    // With word times where eval/ is beside the checkout: every word of its clearly spoken file.
    // Without eval/: the repository's sentence, and the end of its last word.
    public static TheoryData<string> Files => [SpeechSet.WordTimes.Count == 0 ? Show.Sentence.Name : "gentle_harvard_list30.flac"];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Words_are_on_screen_in_order_and_in_time(string name)
    {
        var file = SpeechSet.Kept.Concat(SpeechSet.Evaluation).First(file => file.Name == name);
        await using var show = await Show.BeginAsync();
        await using var captions = await show.CaptionInObsAsync("--no-block-list");
        var screen = await show.PlayAsync(file);
        var figures = screen.Figures(SpeechSet.WordTimes.GetValueOrDefault(name) ?? await LastWordAsync(file));
        Assert.True(figures.Coverage >= 0.6, $"Only {figures.Coverage:0%} of {figures.Words} words are right: {string.Join(' ', screen.Words)}");
        var inTime = figures.Emission.Seconds.Count(delay => delay < Promise) / (double)figures.Emission.Seconds.Count;
        Assert.True(inTime >= Share, $"Only {inTime:0%} of the words came in time: {string.Join(' ', figures.Emission.Seconds)}");
        Assert.InRange(screen.Slip, -0.05, 0.05);
    }

    /// <summary>The last word of a file, ending where the file's sound does.</summary>
    private static async Task<IReadOnlyList<ReferenceWord>> LastWordAsync(SpeechFile file)
    {
        var samples = await Ffmpeg.SamplesAsync(file.Path);
        var end = Array.FindLastIndex(samples, sample => Math.Abs(sample) > 0.02) / (double)MonitorRecording.Rate;
        return [new ReferenceWord(SpokenWords.Of(file.Reference)[^1], end - 0.5, end)];
    }
}
