using BroadcastCaptions.Measure;

namespace BroadcastCaptions.Bench.Plugin;

/// <summary>Delays, for people.</summary>
internal static class DelayText
{
    /// <summary>Median, most, and of how many.</summary>
    public static string Of(Delays delays) => $"p50 {delays.Quantile(0.5) * 1000:0} ms, max {delays.Max * 1000:0} ms, n {delays.Count}";
}
