using System.Text.Json;
using BroadcastCaptions.Measure;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Measurement;
using BroadcastCaptions.TestKit.Processes;
using BroadcastCaptions.TestKit.Product;

namespace BroadcastCaptions.Bench.Load;

/// <summary>A stretch of the recording in which the files were played, with a captioner beside it or without.</summary>
/// <param name="WithCaptions">Was there one?</param>
/// <param name="Seconds">How long it was.</param>
/// <param name="Frames">What OBS says of its frames.</param>
/// <param name="ObsCores">Cores that OBS used.</param>
/// <param name="CaptionsCores">Cores that the captioner used.</param>
/// <param name="Hurried">Answers that the captioner could not wait for any longer: no core was to spare.</param>
/// <param name="Figures">Latency on screen.</param>
internal sealed record LoadPhase(bool WithCaptions, double Seconds, FrameCounts Frames, double ObsCores, double CaptionsCores, long Hurried, LatencyFigures Figures)
{
    private const string Source = "BroadcastCaptions";

    /// <summary>Plays the files. What loads the machine beside OBS and the captioner (the player, the looks at OBS) is the same with and without.</summary>
    /// <param name="studio">OBS.</param>
    /// <param name="files">Files with word times.</param>
    /// <param name="arguments">More arguments for the captioner; null: there is none.</param>
    /// <param name="unseen">Does it leave OBS alone?</param>
    public static async Task<LoadPhase> RunAsync(Studio studio, IReadOnlyList<SpeechFile> files, IReadOnlyList<string>? arguments, bool unseen)
    {
        await using var captions = arguments is null ? null : await StartAsync(studio, arguments, unseen);
        var (began, frames, obs, ours) = (MonitorRecording.Now, await studio.FramesAsync(), studio.Processor, Processor(captions));
        var figures = LatencyFigures.None;
        foreach (var file in files)
        {
            var screen = await OnScreen.WatchAsync(studio.Harness, Source, file.Path, quiet: TimeSpan.FromSeconds(8));
            figures += screen.Figures(SpeechSet.WordTimes[file.Name]);
        }

        var seconds = MonitorRecording.Now - began;
        var phase = new LoadPhase(captions is not null, seconds, await studio.FramesAsync() - frames, (studio.Processor - obs) / seconds, (Processor(captions) - ours) / seconds, HurriedOf(captions), figures);
        if (captions is not null) await captions.InterruptAsync();
        return phase;
    }

    private static async Task<CaptionsProcess> StartAsync(Studio studio, IReadOnlyList<string> arguments, bool unseen)
    {
        IReadOnlyList<string> obs = unseen ? ["--no-obs"] : [];
        var captions = await CaptionsProgram.StartAsync(
            studio.Harness.Environment, ["live", "--tap", $"monitor:{SoundServer.Sink}", "--json", "--no-block-list", .. obs, .. arguments]);
        if (!unseen) await captions.StateAsync("obs", "ok");
        await captions.StateAsync("tap", "ok");
        return captions;
    }

    private static long HurriedOf(CaptionsProcess? captions) =>
        captions?.Of("metrics").LastOrDefault() is { ValueKind: JsonValueKind.Object } latest && latest.TryGetProperty("speech.hurried", out var hurried)
            ? (long)hurried.GetDouble()
            : 0;

    private static double Processor(CaptionsProcess? captions) => captions is null ? 0 : ProcessorTime.Of(captions.Id);
}
