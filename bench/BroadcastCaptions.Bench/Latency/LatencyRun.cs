using BroadcastCaptions.Measure;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Measurement;
using BroadcastCaptions.TestKit.Obs;
using BroadcastCaptions.TestKit.Processes;
using BroadcastCaptions.TestKit.Product;

namespace BroadcastCaptions.Bench.Latency;

/// <summary>One captioner beside one OBS, and the files played to it one after the other.</summary>
internal static class LatencyRun
{
    private const string Source = "BroadcastCaptions";

    /// <summary>Measures each file.</summary>
    /// <param name="files">Files with word times.</param>
    /// <param name="arguments">More arguments for the product.</param>
    /// <param name="system">What plays and records.</param>
    /// <param name="keep">A folder for what was shown and the captioner's events; null: they are not kept.</param>
    /// <param name="progress">Where to say how far it is.</param>
    public static async Task<IReadOnlyList<FileResult>> MeasureAsync(
        IReadOnlyList<SpeechFile> files, IReadOnlyList<string> arguments, SoundSystem system, string? keep, TextWriter progress)
    {
        await using var harness = await ObsHarness.StartAsync(system: system);
        await using var captions = await CaptionsProgram.StartAsync(
            harness.Environment, ["live", "--tap", $"monitor:{SoundServer.Sink}", "--json", "--no-block-list", .. arguments]);
        await captions.StateAsync("obs", "ok");
        await captions.StateAsync("tap", "ok");
        var results = new List<FileResult>();
        foreach (var file in files)
        {
            await progress.WriteLineAsync($"{file.Name}, {file.Seconds:0} s …");
            var finalsBefore = captions.Of("final").Count();
            var screen = await OnScreen.WatchAsync(harness, Source, file.Path, quiet: TimeSpan.FromSeconds(15));
            var finals = captions.Of("final").Skip(finalsBefore).ToArray();
            if (keep is not null) await KeepAsync(keep, file, screen, captions);
            var said = SpokenWords.Of(file.Reference);
            results.Add(new FileResult(
                file.Name,
                screen.Figures(SpeechSet.WordTimes[file.Name]),
                new Delays(finals.Select(final => final.GetProperty("emitted").GetDouble() - final.GetProperty("end").GetDouble())),
                WordErrors.Of(said, SpokenWords.Of(string.Join(' ', finals.Select(final => final.GetProperty("recognized").GetProperty("text").GetString())))),
                WordErrors.Of(said, screen.Words),
                screen.Slip,
                screen.Polling));
        }

        var end = await captions.InterruptAsync();
        if (end.Code is not (0 or 130)) await progress.WriteLineAsync($"captions ended with {end.Code}: {end.Errors}");
        return results;
    }

    private static async Task KeepAsync(string folder, SpeechFile file, OnScreen screen, CaptionsProcess captions)
    {
        var name = Path.Combine(Directory.CreateDirectory(folder).FullName, file.Name);
        await File.WriteAllLinesAsync($"{name}.shown.tsv", screen.Shown.Select(text => $"{text.Seconds:0.0000}\t{text.Text.Replace('\n', ' ')}"));
        await File.WriteAllLinesAsync($"{name}.ndjson", captions.Events.Select(e => e.GetRawText()));
    }
}
