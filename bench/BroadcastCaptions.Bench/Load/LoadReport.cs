using BroadcastCaptions.Measure;

namespace BroadcastCaptions.Bench.Load;

/// <summary>The phases side by side, and whether those with captions lost frames beyond what those without did.</summary>
internal static class LoadReport
{
    /// <summary>One phase.</summary>
    public static string Line(LoadPhase phase) => string.Create(null,
        $"{(phase.WithCaptions ? "with   " : "without")} {phase.Seconds,5:0} s: rendered {phase.Frames.Rendered}, lagged {phase.Frames.Lagged} ({phase.Frames.LaggedShare:0.0} ‰); "
        + $"output {phase.Frames.Output}, skipped {phase.Frames.Skipped} ({phase.Frames.SkippedShare:0.0} ‰); {phase.Frames.Bytes / 1e6:0.0} MB; cores: OBS {phase.ObsCores:0.00}, captions {phase.CaptionsCores:0.00} (hurried {phase.Hurried})");

    /// <summary>Writes all of it.</summary>
    public static void Write(IReadOnlyList<LoadPhase> phases, string product)
    {
        var (without, with) = (phases.Where(phase => !phase.WithCaptions).ToArray(), phases.Where(phase => phase.WithCaptions).ToArray());
        var figures = with.Aggregate(LatencyFigures.None, (sum, phase) => sum + phase.Figures);
        Console.WriteLine($"""
            {product}; {Machine.Describe()}
            {string.Join('\n', phases.Select(Line))}
            beside the recording: {figures.Words} words, coverage {figures.Coverage:0.0%} ({figures.Right} words count), NE {figures.NormalisedErasure:0.000}
              emission  {DelaysText.Of(figures.Emission)}
              correct   {DelaysText.Of(figures.Correct)}
            {Verdict("lagged", without, with, phase => phase.Frames.LaggedShare)}
            {Verdict("skipped", without, with, phase => phase.Frames.SkippedShare)}
            """);
    }

    private static string Verdict(string what, LoadPhase[] without, LoadPhase[] with, Func<LoadPhase, double> share)
    {
        var (least, most, worst) = (without.Min(share), without.Max(share), with.Max(share));
        return $"frames {what}: without captions {least:0.0} … {most:0.0} ‰, with {with.Min(share):0.0} … {worst:0.0} ‰: {(worst <= most ? "within the spread of the runs without" : "beyond the spread of the runs without")}";
    }
}
