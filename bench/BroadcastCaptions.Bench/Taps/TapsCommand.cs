using System.CommandLine;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Processes;
using BroadcastCaptions.TestKit.Product;

namespace BroadcastCaptions.Bench.Taps;

/// <summary>bench/taps: many sources at once, all of them speaking.</summary>
internal static class TapsCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var product = new ProductOptions(policy: "fast");
        var taps = new Option<int>("--taps") { Description = "How many file taps, at real speed, speak at once.", DefaultValueFactory = _ => 12 };
        var seconds = new Option<double>("--seconds") { Description = "How long.", DefaultValueFactory = _ => 60 };
        var target = new Option<double>("--target") { Description = "Seconds that the emission's p95 is to stay below.", DefaultValueFactory = _ => 1.5 };
        var command = new Command("taps", """
            Captions many file taps at once, each with other speech of the files with word times, and counts emission as measure/latency.py does:
            from a word's end in the audio to the event (partial or final) that first fills its place. No OBS: a screen adds about a frame of its own.
            """) { taps, seconds, target };
        product.AddTo(command);
        command.SetAction(async (result, cancellation) =>
        {
            var talks = await TalksAsync(result.GetValue(taps), result.GetValue(seconds));
            var run = await RunAsync(talks, product.Arguments(result), cancellation);
            TapsReport.Write(talks, run, product.Describe(result), result.GetValue(target));
            return run.Code is 0 or 130 ? 0 : 1;
        });
        return command;
    }

    private static async Task<IReadOnlyList<Talk>> TalksAsync(int taps, double seconds)
    {
        var files = new List<(SpeechFile, float[])>();
        foreach (var file in SpeechSet.Evaluation.Where(file => SpeechSet.WordTimes.ContainsKey(file.Name))) files.Add((file, await Ffmpeg.SamplesAsync(file.Path)));
        if (files.Count == 0) throw new InvalidOperationException($"No file with word times: eval/ is not beside the checkout ({Places.SharedVariable} names another place).");
        return Talk.Of(files, taps, seconds);
    }

    private static async Task<CaptionsResult> RunAsync(IReadOnlyList<Talk> talks, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        using var folder = new TemporaryFolder();
        var sources = new List<string>();
        for (var tap = 0; tap < talks.Count; tap++)
        {
            await WavFile.WriteAsync(folder[$"{tap}.wav"], talks[tap].Samples, 16000);
            sources.AddRange(["--tap", $"{TapsReport.Label(tap)}=file:{folder[$"{tap}.wav"]}"]);
        }

        var home = new Dictionary<string, string?> { ["HOME"] = folder.Folder("home") };
        await using var captions = await CaptionsProgram.StartAsync(home, ["live", .. sources, "--json", "--no-obs", "--no-block-list", .. arguments]);
        await Console.Error.WriteLineAsync($"{talks.Count} taps, {talks[0].Samples.Length / 16000.0:0} s …");
        await using var stop = cancellation.Register(() => captions.Send(PosixSignalNumber.Interrupt));
        return await captions.ResultAsync();
    }
}
