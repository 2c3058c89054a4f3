using System.Runtime.InteropServices;
using BroadcastCaptions.Measure;
using BroadcastCaptions.TestKit.Obs;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.EndToEnd.Tests;

/// <summary>What OBS records is the same with our filter and without it, sample for sample.</summary>
[Trait("Category", "EndToEnd")]
[Collection(Alone.Name)]
public sealed class PluginSoundTests
{
    private const string Anne = "Anne";
    private const int Channels = 2, Rate = 48_000;
    private const int Block = 1024; // frames: OBS itself leaves out what does not fill one when a source ends

    // Floats, as OBS mixes them, beside a picture that costs little.
    private const string Profile = """
        [General]
        Name=Untitled

        [Output]
        Mode=Advanced

        [AdvOut]
        RecType=FFmpeg
        FFOutputToFile=true
        FFFormat=matroska
        FFFormatMimeType=video/x-matroska
        FFExtension=mkv
        FFIgnoreCompat=true
        FFVEncoder=mpeg4
        FFVEncoderId=12
        FFAEncoder=pcm_f32le
        FFAEncoderId=65557
        FFAudioMixes=1

        [Video]
        BaseCX=320
        BaseCY=180
        OutputCX=320
        OutputCY=180
        """;

    [Fact]
    public async Task Lossless_recordings_with_and_without_the_filter_hold_the_same_samples()
    {
        await using var show = await PluginShow.BeginAsync(harness =>
        {
            ObsPlugin.Install(harness);
            harness.Settings = harness.Settings with { Profile = Profile.Replace("[AdvOut]", $"[AdvOut]\nFFFilePath={harness.Home}", StringComparison.Ordinal) };
            return Task.CompletedTask;
        });
        await show.Obs.RemoveAudioInputsAsync();
        var wav = Path.Combine(show.Harness.Home, "speech.wav");
        await RunFfmpegAsync("-i", Show.Brief.Path, "-ac", $"{Channels}", "-ar", $"{Rate}", wav);
        var said = (await SamplesAsync(show, wav))[..^(Block * Channels)];
        await show.Obs.AddMediaAsync(show.Scene, Anne, wav);
        await using var captions = await show.CaptionAsync();
        Assert.Equal("", await DifferencesAsync(show, said)); // or the test shows nothing
        await show.Obs.AddFilterAsync(Anne);
        Assert.Equal("", await DifferencesAsync(show, said));
        var status = await show.PluginStatusAsync(Anne);
        Assert.Contains("connected=True", status, StringComparison.Ordinal);
        Assert.Contains("allocated=0", status, StringComparison.Ordinal);
        Assert.NotEmpty(captions.Of("final"));
    }

    // OBS itself leaves a block out now and then where the machine is busy, without any filter too; a filter that touched the sound would do so every time.
    private static async Task<string> DifferencesAsync(PluginShow show, float[] said)
    {
        var differences = "";
        for (var attempt = 0; attempt < 3; attempt++)
        {
            differences = Differences(said, Said(await RecordAsync(show), said));
            if (differences.Length == 0) break;
        }

        return differences;
    }

    private static async Task<float[]> RecordAsync(PluginShow show)
    {
        await show.Obs.AskAsync("StartRecord");
        await Wait.UntilAsync(async () => (await show.Obs.AskAsync("GetRecordStatus")).GetProperty("outputDuration").GetDouble() > 1000, Wait.Generous, "the recording's first second");
        await show.Obs.RestartMediaAsync(Anne);
        await Task.Delay(TimeSpan.FromSeconds(Show.Brief.Seconds + 2));
        var file = (await show.Obs.AskAsync("StopRecord")).GetProperty("outputPath").GetString()!;
        await Wait.UntilAsync(async () => !(await show.Obs.AskAsync("GetRecordStatus")).GetProperty("outputActive").GetBoolean(), Wait.Generous, "the end of the recording");
        return await SamplesAsync(show, file);
    }

    // Aligned by correlation of the left channel.
    private static float[] Said(float[] recorded, float[] said)
    {
        var match = SignalMatch.Find(Left(said), Left(recorded));
        Assert.True(match.Likeness > 0.9, $"What was said is not in the recording of {recorded.Length / Channels / (double)Rate:0.0} s.");
        return recorded.AsSpan(match.Offset * Channels, said.Length).ToArray();
    }

    private static string Differences(float[] expected, float[] actual)
    {
        var places = Enumerable.Range(0, expected.Length).Where(place => !expected[place].Equals(actual[place])).ToArray();
        return places.Length == 0 ? "" : $"{places.Length} of {expected.Length} samples differ, from {places[0]} to {places[^1]}, by {places.Max(place => Math.Abs(expected[place] - actual[place]))} at most";
    }

    private static float[] Left(float[] samples) => [.. samples.Where((_, index) => index % Channels == 0)];

    private static async Task<float[]> SamplesAsync(PluginShow show, string file)
    {
        var raw = Path.Combine(show.Harness.Home, "samples.f32");
        await RunFfmpegAsync("-i", file, "-map", "0:a:0", "-f", "f32le", raw);
        return MemoryMarshal.Cast<byte, float>(await File.ReadAllBytesAsync(raw)).ToArray();
    }

    private static async Task RunFfmpegAsync(params string[] arguments)
    {
        await using var ffmpeg = await GuardedProcess.StartAsync(["ffmpeg", "-v", "error", "-nostdin", "-y", .. arguments]);
        Assert.Equal(0, await ffmpeg.Exited);
    }
}
