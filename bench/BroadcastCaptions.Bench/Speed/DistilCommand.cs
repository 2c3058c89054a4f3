using System.CommandLine;
using System.Diagnostics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Catalogue;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Rewriting;
using BroadcastCaptions.Speech.Tests.Whisper;
using BroadcastCaptions.Speech.Whisper;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Bench.Speed;

/// <summary>
/// bench/distil: Distil-Whisper's speed and memory at its true sizes. The weights are random, for real ones could not be had: arithmetic costs the
/// same whatever the numbers are, and nothing is said of words.
/// </summary>
internal static class DistilCommand
{
    private const int TokensAWindow = 100; // fast English speech for 30 s

    /// <summary>By the published config.json of each: encoder layers, decoder layers, the rest.</summary>
    private static readonly Dictionary<string, (int Encoder, int Decoder, WhisperSizes Sizes)> Known = new()
    {
        ["distil-small.en"] = (12, 4, new(80, 768, 12, 1500, 448, 3072, 51864)),
        ["distil-large-v3.5"] = (32, 2, new(128, 1280, 20, 1500, 448, 5120, 51866)),
    };

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var size = new Option<string>("--size") { Description = "distil-small.en or distil-large-v3.5.", DefaultValueFactory = _ => Known.Keys.First() };
        var threads = new Option<int>("--threads") { Description = "Threads of one inference.", DefaultValueFactory = _ => 2 };
        var folder = new Option<string?>("--folder") { Description = "A model that lies there already: measure it, nothing else." };
        var keep = new Option<string?>("--keep") { Description = "Leave the imported model in this folder." };
        var command = new Command("distil", "Distil-Whisper at its true sizes, with random weights, imported in 8 bits.") { size, threads, folder, keep };
        size.AcceptOnlyFromAmong([.. Known.Keys]);
        command.SetAction(async (result, _) =>
        {
            if (result.GetValue(folder) is { } model) Measure(model, result.GetValue(threads));
            else await MakeAsync(result.GetValue(size)!, result.GetValue(threads), result.GetValue(keep));
        });
        return command;
    }

    private static async Task MakeAsync(string name, int threads, string? keep)
    {
        var (encoder, decoder, sizes) = Known[name];
        using var work = new TemporaryFolder();
        var watch = Stopwatch.StartNew();
        new TinyWhisper(work[name], isMultilingual: !name.EndsWith(".en", StringComparison.Ordinal), encoder, decoder) { Sizes = sizes, InHalves = true, ConvolvesWithGelu = true }.Write();
        Console.WriteLine($"{name}: random weights written in {watch.Elapsed.TotalSeconds:0} s");
        watch.Restart();
        var store = new ModelStore(new ModelOptions { Folder = keep ?? work["models"], Offline = true });
        var import = await store.ImportAsync(work[name], name, quantize: true);
        var quantized = import.Quantized.Single();
        Console.WriteLine($"  imported in {watch.Elapsed.TotalSeconds:0} s: {quantized.Before / 1e6:0} MB in 16 bits became {quantized.After / 1e6:0} MB");
        using var measure = Process.Start(Environment.ProcessPath!, ["distil", "--folder", await store.EnsureAsync(name), "--threads", $"{threads}"]);
        await measure.WaitForExitAsync(); // on its own: what writing took is no memory of the model's
    }

    private static void Measure(string folder, int threads)
    {
        var watch = Stopwatch.StartNew();
        var files = WhisperFiles.In(folder);
        using var engine = new WhisperEngine(files, threads, WhisperRewriter.Open(files).Files);
        GC.Collect();
        NativeHeap.Trim();
        Console.WriteLine($"  {Machine.Describe()}; {threads} threads; loaded in {watch.Elapsed.TotalSeconds:0.0} s, {Environment.WorkingSet / 1e6:0} MB resident");
        var random = new Random(1);
        float[] sound = [.. Enumerable.Range(0, 30 * 16_000).Select(_ => (random.NextSingle() - 0.5f) * 0.1f)];
        var (half, whole) = (Window(engine, sound, 15), Window(engine, sound, 30));
        engine.Decoder.Start([engine.Marks.Start, engine.Marks.NoTimestamps]);
        var steps = Enumerable.Range(0, TokensAWindow).Select(token => Timed(() => engine.Decoder.Step(token + 300))).Order().ToList();
        var step = steps[steps.Count / 2];
        Console.WriteLine($"  hearing 15 s: {half:0.00} s, 30 s: {whole:0.00} s; a step {step * 1000:0.0} ms; 30 s with {TokensAWindow} tokens: RTF {(whole + (TokensAWindow * step)) / 30:0.000}; {Environment.WorkingSet / 1e6:0} MB resident");
    }

    /// <summary>Seconds for features, encoder, and the decoder's keys and values of a window: the best of three.</summary>
    private static double Window(WhisperEngine engine, float[] sound, int seconds)
    {
        var times = new List<double>();
        for (var round = 0; round < 3; round++)
        {
            sound[0] += 0.001f; // else its features are known already
            times.Add(Timed(() => engine.Hear(sound.AsSpan(0, seconds * 16_000), seconds * LogMel.FramesASecond)));
        }

        return times.Min();
    }

    private static double Timed(Action action)
    {
        var watch = Stopwatch.StartNew();
        action();
        return watch.Elapsed.TotalSeconds;
    }
}
