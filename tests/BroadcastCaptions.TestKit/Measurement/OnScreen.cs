using BroadcastCaptions.Measure;
using BroadcastCaptions.TestKit.Obs;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.TestKit.Measurement;

/// <summary>What OBS showed while one file was played, on the file's own clock.</summary>
/// <param name="Shown">Every text with the second at which it was visible: one frame after OBS had it. 0 is the file's first sample.</param>
/// <param name="Slip">Seconds by which the file's end disagrees with its start on the recording.</param>
/// <param name="Polling">Seconds from each look at OBS to the next.</param>
public sealed record OnScreen(IReadOnlyList<(double Seconds, string Text)> Shown, double Slip, Delays Polling)
{
    /// <summary>Latency and steadiness against a reference.</summary>
    public LatencyFigures Figures(IReadOnlyList<ReferenceWord> reference) => LatencyMeter.Measure(reference, Unrolled);

    /// <summary>Everything that was on screen in the end, rolled-off words included.</summary>
    public IReadOnlyList<string> Words => Unrolled.Count > 0 ? Unrolled[^1].Words : [];

    private IReadOnlyList<ShownText> Unrolled => ScreenHistory.Unroll(Shown.Select(text => new ShownText(text.Seconds, SpokenWords.Of(text.Text))));

    /// <summary>Plays a file into the sink while a captioner listens, and watches OBS until the captions are gone again.</summary>
    /// <param name="harness">OBS and its sound server.</param>
    /// <param name="source">The text source that the captioner fills.</param>
    /// <param name="file">Anything that FFmpeg reads.</param>
    /// <param name="quiet">How long the captioner may leave captions on screen after the last word.</param>
    public static async Task<OnScreen> WatchAsync(ObsHarness harness, string source, string file, TimeSpan quiet)
    {
        using var folder = new TemporaryFolder();
        var wav = folder["played.wav"];
        await Ffmpeg.ToWavAsync(file, wav, SoundServer.LostAtStart);
        var samples = await Ffmpeg.SamplesAsync(file);
        await using var obs = await harness.ObserveAsync();
        var frame = await obs.FrameSecondsAsync();
        await using var recording = await MonitorRecording.StartAsync(harness.Sound);
        await using var watch = new ScreenWatch(obs, source);
        await Wait.UntilAsync(() => watch.Seen.Count > 0 && watch.Current.Trim().Length == 0, Wait.Generous, "an empty screen");
        var began = MonitorRecording.Now;
        await harness.Sound.PlayAsync(wav);
        var ended = MonitorRecording.Now;
        await Wait.UntilAsync(
            () => watch.Current.Trim().Length == 0 && MonitorRecording.Now > ended + 2 || MonitorRecording.Now > ended + quiet.TotalSeconds,
            quiet + Wait.Generous,
            "the captions to leave the screen");
        var (zero, slip) = recording.FindZero(samples, began);
        return new OnScreen([.. watch.Seen.Select(seen => (seen.At - zero + frame, seen.Text))], slip, new Delays(watch.Gaps));
    }
}
