using System.Globalization;
using System.Text.Json;
using BroadcastCaptions.Bench.Memory;
using BroadcastCaptions.TestKit.Processes;
using BroadcastCaptions.TestKit.Product;

namespace BroadcastCaptions.Bench.Files;

/// <summary>One run of 'captions transcribe'.</summary>
/// <param name="Duration">Seconds of the recording.</param>
/// <param name="Took">Seconds that it took, once loaded.</param>
/// <param name="Peak">Most resident memory, bytes.</param>
/// <param name="Words">Words that were recognised.</param>
internal sealed record FilesRun(double Duration, double Took, long Peak, int Words)
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs it, and watches its memory until it ends.</summary>
    public static async Task<FilesRun> OfAsync(string recording, string model, int threads)
    {
        using var home = new TemporaryFolder();
        await using var captions = await CaptionsProgram.StartAsync(
            new Dictionary<string, string?> { ["HOME"] = home.Path },
            "transcribe", recording, "--model", model, "--threads", threads.ToString(CultureInfo.InvariantCulture), "--format", "all", "--overwrite", "--json");
        var peak = 0L;
        while (!captions.HasExited)
        {
            if (Sample(captions.Id) is { } now) peak = Math.Max(peak, now);
            await Task.Delay(Every);
        }

        var result = await captions.ResultAsync();
        if (result.Code != 0) throw new InvalidOperationException(result.Errors);
        using var document = JsonDocument.Parse(result.Output);
        var file = document.RootElement.GetProperty("files")[0];
        return new(
            file.GetProperty("duration").GetDouble(), file.GetProperty("took").GetDouble(), peak,
            file.GetProperty("segments").EnumerateArray().Sum(segment => segment.GetProperty("words").GetArrayLength()));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Duration / 60:0.#} min in {Took:0.0} s, {Duration / Took:0.0} × real time; most resident memory {Peak / 1e6:0.0} MB; {Words} words");

    private static long? Sample(int process)
    {
        try
        {
            return MemorySample.Of(process).Peak;
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            return null; // it has just ended
        }
    }
}
