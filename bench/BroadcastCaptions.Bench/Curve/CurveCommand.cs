using System.CommandLine;
using System.Globalization;
using BroadcastCaptions.Bench.Tuning;
using BroadcastCaptions.Measure;
using BroadcastCaptions.Options;
using BroadcastCaptions.Platform;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Moonshine;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Bench.Curve;

/// <summary>bench/curve: what steadiness costs in latency, as a picture.</summary>
internal static class CurveCommand
{
    /// <summary>Samples by which phases differ, as in bench/tune.</summary>
    private const int Phase = 197;

    /// <summary>Seconds that an answer is said to take, and again for each second that it hears, so that the picture is the same on every machine: about what one thread takes here.</summary>
    private static readonly (string Model, double Cost)[] Models = [("moonshine-tiny", 0.006), ("moonshine-base", 0.012)];

    private static readonly double[] Survivals = [0, 0.08, 0.16, 0.24, 0.32, 0.48];

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var output = new Option<string>("--out") { Description = "The picture.", DefaultValueFactory = _ => Path.Combine(Places.Repository, "docs", "latency-curve.svg") };
        var phases = new Option<int>("--phases") { Description = "Hears each file so many times, as bench/tune does.", DefaultValueFactory = _ => 3 };
        var command = new Command("curve", """
            Draws latency against normalised erasure for display policies and survival times, tiny and base. Simulated as bench/tune does,
            with computing time set (tiny 6 ms and 6 ms a second heard, base twice that) and 0.06 s for tap and screen.
            """) { output, phases };
        command.SetAction(async (result, cancellation) =>
        {
            var files = new List<(SpeechFile File, float[] Samples)>();
            foreach (var file in SpeechSet.Evaluation.Where(file => SpeechSet.WordTimes.ContainsKey(file.Name))) files.Add((file, await Ffmpeg.SamplesAsync(file.Path)));
            if (files.Count == 0) throw new InvalidOperationException($"No file with word times: eval/ is not beside the checkout ({Places.SharedVariable} names another place).");
            using var vad = new SileroVad(Path.Combine(AppFolders.Cache, "models", "silero-vad-v6", "silero_vad_v6.onnx"));
            var lines = Models.Select(model => new CurveLine(model.Model, [.. Points(model.Model, model.Cost, files, vad, result.GetValue(phases))])).ToArray();
            foreach (var (model, points) in lines)
                foreach (var point in points)
                    Console.WriteLine($"{model} {point.Name,-10} correct p50 {point.Median:0.000} s, p95 {point.Tail:0.000} s, NE {point.Erasure:0.000}, n {point.Words}");
            await File.WriteAllTextAsync(result.GetValue(output)!, CurvePicture.Draw(lines, $"{files.Count} files heard {result.GetValue(phases)} times, {lines[0].Points[0].Words} words; bench/curve"), cancellation);
            return 0;
        });
        return command;
    }

    private static IEnumerable<CurvePoint> Points(string model, double cost, List<(SpeechFile File, float[] Samples)> files, SileroVad vad, int phases)
    {
        using var recogniser = new MoonshineModel(MoonshineFiles.In(Path.Combine(AppFolders.Cache, "models", model)), new ModelOptions());
        var heard = Enumerable.Range(0, phases).SelectMany(phase => files.Select(file => (file.File, Shift: phase * Phase,
            Replay: Replay.Of([.. new float[phase * Phase], .. file.Samples], recogniser, vad, new SpeechOptions(), partials: true, cost)))).ToArray();
        CurvePoint Of(string name, DisplayOptions display)
        {
            var all = heard.Aggregate(LatencyFigures.None, (sum, file) =>
                sum + LatencyMeter.Measure(SpeechSet.WordTimes[file.File.Name], ScreenHistory.Unroll(file.Replay.Shown(display, file.Shift / 16000.0))));
            return new(name, all.Correct.Quantile(0.5) ?? 0, all.Correct.Quantile(0.95) ?? 0, all.NormalisedErasure, all.Right);
        }

        yield return Of("fast", new DisplayOptions { Policy = DisplayPolicy.Fast });
        foreach (var survival in Survivals)
            yield return Of(string.Create(CultureInfo.InvariantCulture, $"{survival:0.00} s"), new DisplayOptions { SteadyAfter = survival });
    }
}
