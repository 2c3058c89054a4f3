using System.CommandLine;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Obs;
using BroadcastCaptions.TestKit.Processes;
using BroadcastCaptions.TestKit.Product;

namespace BroadcastCaptions.Bench.Memory;

/// <summary>bench/memory: does a long show cost more and more memory?</summary>
internal static class MemoryCommand
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>What is asked for: resident megabytes, and seconds from the program's start to its first moment of listening.</summary>
    private static readonly Dictionary<string, double> Megabytes = new() { ["moonshine-tiny"] = 200, ["moonshine-base"] = 300 };
    private const double ReadySeconds = 1.5;

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var product = new ProductOptions();
        var minutes = new Option<double>("--minutes") { Description = "How long (default 10).", DefaultValueFactory = _ => 10 };
        var starts = new Option<int>("--starts") { Description = "How often it is started to see how soon it listens.", DefaultValueFactory = _ => 5 };
        var command = new Command("memory", "Captions live speech in a real OBS for minutes on end, and samples the resident memory; before that, how soon after its start it listens.") { minutes, starts };
        product.AddTo(command);
        command.SetAction(async (result, cancellation) =>
        {
            await using var harness = await ObsHarness.StartAsync();
            var ready = await ReadyTimes.MeasureAsync(harness, Arguments(product.Arguments(result)), result.GetValue(starts));
            var samples = await RunAsync(harness, TimeSpan.FromMinutes(result.GetValue(minutes)), Arguments(product.Arguments(result)), cancellation);
            Console.WriteLine($"{product.Describe(result)}; {Machine.Describe()}");
            if (ready.Count > 0) Console.WriteLine($"start to ready {string.Join(", ", ready.Select(seconds => $"{seconds:0.00}"))} s, asked for ≤ {ReadySeconds} s: {(ready.Max() <= ReadySeconds ? "held" : "missed")}");
            if (samples.Count > 0) Report(samples, Megabytes.GetValueOrDefault(product.Model(result)));
            return 0;
        });
        return command;
    }

    private static IReadOnlyList<string> Arguments(IReadOnlyList<string> more) => ["live", "--tap", $"monitor:{SoundServer.Sink}", "--json", .. more];

    private static async Task<IReadOnlyList<MemorySample>> RunAsync(ObsHarness harness, TimeSpan length, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        await using var captions = await CaptionsProgram.StartAsync(harness.Environment, arguments);
        await captions.StateAsync("tap", "ok");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        stop.CancelAfter(length);
        var playing = PlayAsync(harness.Sound, stop.Token);
        var samples = new List<MemorySample>();
        while (!stop.IsCancellationRequested)
        {
            samples.Add(MemorySample.Of(captions.Id));
            await Console.Error.WriteLineAsync($"{samples.Count * Every.TotalSeconds,5:0} s  {samples[^1].Resident / 1e6:0.0} MB, {captions.Of("final").Count()} finals");
            await Task.Delay(Every, stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        await playing;
        return samples;
    }

    private static async Task PlayAsync(SoundServer sound, CancellationToken stop)
    {
        var demo = Path.Combine(Places.Repository, "src", "BroadcastCaptions", "assets", "demo.wav");
        try
        {
            while (!stop.IsCancellationRequested) await sound.PlayAsync(demo, stop);
        }
        catch (OperationCanceledException)
        {
            // The run is over in the middle of the recording.
        }
    }

    private static void Report(IReadOnlyList<MemorySample> samples, double target)
    {
        string Megabytes(MemorySample sample) => $"{sample.Resident / 1e6:0.0} MB";
        var half = samples.Skip(samples.Count / 2).ToArray();
        var middle = half.Select(sample => sample.Resident).Order().ElementAt(half.Length / 2) / 1e6;
        Console.WriteLine($"{samples.Count} samples over {samples.Count * Every.TotalMinutes:0.0} min: first {Megabytes(samples[0])}, "
            + $"after one minute {Megabytes(samples[Math.Min(samples.Count - 1, 12)])}, last {Megabytes(samples[^1])}, peak {samples.Max(sample => sample.Peak) / 1e6:0.0} MB, "
            + $"slope over the second half {MemorySample.Slope(half, Every) * 60 / 1e6:+0.00;-0.00} MB a minute");
        var verdict = target == 0 ? "" : $", asked for ≤ {target:0} MB: {(half.Max(sample => sample.Resident) / 1e6 <= target ? "held" : "missed")}";
        Console.WriteLine($"resident in the second half: median {middle:0.0} MB, most {half.Max(sample => sample.Resident) / 1e6:0.0} MB, of it of files (programs, shared) {half.Max(sample => sample.Files) / 1e6:0.0} MB{verdict}");
    }
}
