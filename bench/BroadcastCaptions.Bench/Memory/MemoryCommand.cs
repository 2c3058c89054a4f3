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

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var product = new ProductOptions();
        var minutes = new Option<double>("--minutes") { Description = "How long (default 10).", DefaultValueFactory = _ => 10 };
        var command = new Command("memory", "Captions live speech in a real OBS for minutes on end, and samples the resident memory.") { minutes };
        product.AddTo(command);
        command.SetAction(async (result, cancellation) =>
        {
            var samples = await RunAsync(TimeSpan.FromMinutes(result.GetValue(minutes)), product.Arguments(result), cancellation);
            Report(samples, product.Describe(result));
            return 0;
        });
        return command;
    }

    private static async Task<IReadOnlyList<MemorySample>> RunAsync(TimeSpan length, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        await using var harness = await ObsHarness.StartAsync();
        await using var captions = await CaptionsProgram.StartAsync(
            harness.Environment, ["live", "--tap", $"monitor:{SoundServer.Sink}", "--json", .. arguments]);
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

    private static void Report(IReadOnlyList<MemorySample> samples, string product)
    {
        string Megabytes(MemorySample sample) => $"{sample.Resident / 1e6:0.0} MB";
        var half = samples.Skip(samples.Count / 2).ToArray();
        Console.WriteLine($"{product}; {Machine.Describe()}");
        Console.WriteLine($"{samples.Count} samples over {samples.Count * Every.TotalMinutes:0.0} min: first {Megabytes(samples[0])}, "
            + $"after one minute {Megabytes(samples[Math.Min(samples.Count - 1, 12)])}, last {Megabytes(samples[^1])}, peak {samples.Max(sample => sample.Peak) / 1e6:0.0} MB, "
            + $"slope over the second half {MemorySample.Slope(half, Every) * 60 / 1e6:+0.00;-0.00} MB a minute");
    }
}
