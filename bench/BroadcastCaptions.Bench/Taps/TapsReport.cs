using System.Globalization;
using BroadcastCaptions.Measure;
using BroadcastCaptions.Platform;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.TestKit.Product;

namespace BroadcastCaptions.Bench.Taps;

/// <summary>What many taps at once came to: all their words together, and the tap that fared worst.</summary>
internal static class TapsReport
{
    /// <summary>What a tap is called.</summary>
    public static string Label(int tap) => $"t{tap}";

    /// <summary>Writes it.</summary>
    public static void Write(IReadOnlyList<Talk> talks, CaptionsResult run, string product, double target)
    {
        using var vad = new SileroVad(Path.Combine(AppFolders.Cache, "models", "silero-vad-v6", "silero_vad_v6.onnx"));
        var taps = talks.Select((talk, tap) => Measure(talk, new TapEvents(run.Events, Label(tap)), vad)).ToArray();
        var all = taps.Aggregate(LatencyFigures.None, (sum, tap) => sum + tap.Figures);
        var finals = taps.Aggregate(new Delays([]), (sum, tap) => sum + tap.Finalisation);
        var errors = taps.Aggregate(WordErrors.None, (sum, tap) => sum + tap.Errors);
        var worst = taps.Max(tap => tap.Figures.Emission.Quantile(0.95));
        Console.WriteLine($"""
            {product}; {Machine.Describe()}
            {talks.Count} taps, {talks[0].Samples.Length / 16000.0:0} s, {all.Words} words, coverage {all.Coverage:0.0%} ({all.Right} words count)
              emission      {DelaysText.Of(all.Emission)}; the worst tap's p95 {worst:0.000} s
              correct       {DelaysText.Of(all.Correct)}
              finalisation  {DelaysText.Of(finals)}
              WER finals {errors.Percent:0.0} %
              {Load(run)}
            emission p95 {all.Emission.Quantile(0.95):0.00} s, asked for < {target.ToString(CultureInfo.InvariantCulture)} s: {(all.Emission.Quantile(0.95) < target ? "held" : "missed")}
            """);
    }

    private static (LatencyFigures Figures, Delays Finalisation, WordErrors Errors) Measure(Talk talk, TapEvents events, SileroVad vad) => (
        LatencyMeter.Measure(talk.Words, events.Shown(events.Zero(talk.SegmentStarts(vad)))),
        events.Finalisation,
        WordErrors.Of([.. talk.Words.Select(word => word.Word)], SpokenWords.Of(events.Finals)));

    /// <summary>What the product itself says of its load, without the first and the last seconds.</summary>
    private static string Load(CaptionsResult run)
    {
        var metrics = run.Events.Where(e => e.TryGetProperty("type", out var type) && type.GetString() == "metrics").Skip(3).SkipLast(2).ToArray();
        if (metrics.Length == 0) return "too short for its load to be told";
        double[] Of(string name) => [.. metrics.Where(e => e.TryGetProperty(name, out _)).Select(e => e.GetProperty(name).GetDouble())];
        var skipped = Of("speech.partials_skipped");
        return $"CPU {Of("cpu.cores").Average():0.00} cores, recognising {Of("cpu.recognising").Average():0%} of the time, a partial takes {Of("partial.cost_seconds").Average() * 1000:0} ms "
            + $"and comes every {Of("partial.interval_seconds").Average():0.00} s; queue at most {Of("queue.seconds").Max():0.00} s, {Of("queue.segments").Max():0} segments; "
            + $"{(skipped.Length > 0 ? skipped[^1] : 0):0} partials left out; {Of("memory.resident_bytes").Max() / 1e6:0} MB";
    }
}
