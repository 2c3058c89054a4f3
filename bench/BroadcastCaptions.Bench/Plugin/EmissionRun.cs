using BroadcastCaptions.Measure;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Measurement;
using BroadcastCaptions.TestKit.Processes;
using BroadcastCaptions.TestKit.Product;

namespace BroadcastCaptions.Bench.Plugin;

/// <summary>
/// From a word's end to OBS's screen by two ways: the sound server's monitor, and a filter on OBS's microphone that listens to that monitor. The
/// same sound, the same zero, turn about.
/// </summary>
internal static class EmissionRun
{
    private const string Microphone = "Microphone", Text = "BroadcastCaptions";
    private const int Turns = 2;

    private static readonly (string Name, string Tap)[] Ways = [("monitor", $"monitor:{SoundServer.Sink}"), ("filter", "obs")];

    private static IReadOnlyList<SpeechFile> Files => SpeechSet.Evaluation.Where(file => SpeechSet.WordTimes.ContainsKey(file.Name)).ToList() is { Count: > 0 } files
        ? files
        : throw new InvalidOperationException($"No file with word times: eval/ is not beside the checkout ({Places.SharedVariable} names another place).");

    /// <summary>Measures monitor, filter, monitor, filter, each with every file that has word times: some thirteen minutes.</summary>
    public static async Task MeasureAsync(PluginRig rig, double seconds)
    {
        await rig.ListenAsync(Microphone, $"{SoundServer.Sink}.monitor");
        var sums = Ways.ToDictionary(way => way.Name, _ => LatencyFigures.None);
        for (var turn = 1; turn <= Turns; turn++)
        {
            foreach (var (name, tap) in Ways)
            {
                var figures = await TurnAsync(rig, tap);
                sums[name] += figures;
                Console.WriteLine($"turn {turn}, {name}: {Describe(figures)}");
            }
        }

        foreach (var (name, figures) in sums) Console.WriteLine($"both turns, {name}: {Describe(figures)}");
        double? Later(double quantile) => (sums["filter"].Emission.Quantile(quantile) - sums["monitor"].Emission.Quantile(quantile)) * 1000;
        Console.WriteLine($"filter − monitor: emission p50 {Later(0.5):+0;−0} ms, p95 {Later(0.95):+0;−0} ms");
    }

    private static async Task<LatencyFigures> TurnAsync(PluginRig rig, string tap)
    {
        await using var captions = await CaptionsProgram.StartAsync(rig.Harness.Environment, "live", "--tap", tap, "--json", "--no-block-list");
        await captions.StateAsync("obs:text", "ok");
        await captions.StateAsync(tap == "obs" ? "plugin" : "tap", "ok");
        var figures = LatencyFigures.None;
        foreach (var file in Files)
        {
            var screen = await OnScreen.WatchAsync(rig.Harness, Text, file.Path, quiet: TimeSpan.FromSeconds(15));
            figures += screen.Figures(SpeechSet.WordTimes[file.Name]);
        }

        await captions.InterruptAsync();
        return figures;
    }

    private static string Describe(LatencyFigures figures) =>
        $"{figures.Words} words, {figures.Right} count; emission {DelaysText.Of(figures.Emission)}; correct {DelaysText.Of(figures.Correct)}";
}
